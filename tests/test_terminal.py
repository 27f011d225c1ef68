#!/usr/bin/python3
"""What the accolade command does at a terminal: it shows no secret that is typed, gives the terminal back as it was, and
shows what others have written without obeying it. Real terminals (pty), real stores."""
import os
import pty
import select
import signal
import subprocess
import termios
import unittest

import tap
from test_command import BUILD, DONE, REFUSED, Branch

CODE = "739154"
OBEYED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
ESCAPES = "\x1b[2J\x1b]0;hello\x07"


class Typed:
    """The command at a terminal of its own, which is where its standard input is."""

    def __init__(self, home, *arguments):
        self.terminal, child = pty.openpty()
        self.before = termios.tcgetattr(child)
        self.child = child
        self.process = subprocess.Popen([BUILD / "app/cli/accolade", *arguments], cwd=home, stdin=child, stdout=child, stderr=child,
                                        preexec_fn=self.control, env={**os.environ, "ACCOLADE_STORE": str(home / "store")})
        self.shown = b""

    @staticmethod
    def control():
        os.setsid()
        os.close(os.open(os.ttyname(0), os.O_RDWR))  # Ctrl+C reaches who is controlled by it

    def read_until(self, word):
        while word not in self.shown.decode(errors="replace"):
            ready, _, _ = select.select([self.terminal], [], [], 60)
            if not ready:
                raise AssertionError(f"{word} is not shown: {self.shown}")
            self.shown += os.read(self.terminal, 4096)

    def type(self, keys):
        os.write(self.terminal, keys)

    def end(self):
        status = self.process.wait(timeout=60)
        while select.select([self.terminal], [], [], 0)[0]:
            self.shown += os.read(self.terminal, 4096)
        after = termios.tcgetattr(self.child)
        os.close(self.child)
        os.close(self.terminal)
        return status, self.shown.decode(), after


class Typing(Branch):
    def test_an_exit_code_is_asked_for_and_not_shown(self):
        typed = Typed(self.home, "kiosk", "exit-code")
        typed.read_until("The exit code")
        typed.type(CODE.encode() + b"\r")
        status, shown, after = typed.end()
        self.assertEqual(DONE, status, shown)
        self.assertNotIn(CODE, shown)
        self.assertIn("is set", shown)
        self.assertEqual(typed.before, after)
        self.assertIn("exit_code=", (self.home / "store/accolade.conf").read_text())

    def test_a_password_is_asked_for_and_not_shown(self):
        typed = Typed(self.home, "secret", "set", "mail", "--passphrase-file", "passphrase")
        typed.read_until("The password for mail")
        typed.type(b"hidden words\r")
        status, shown, after = typed.end()
        self.assertEqual((DONE, typed.before), (status, after), shown)
        self.assertNotIn("hidden words", shown)

    def test_whoever_stops_it_gets_the_terminal_back(self):
        before = (self.home / "store/accolade.conf").read_text()
        typed = Typed(self.home, "kiosk", "exit-code")
        typed.read_until("The exit code")
        typed.type(CODE[:3].encode() + b"\x03")
        status, shown, after = typed.end()
        self.assertEqual(-signal.SIGINT, status, shown)
        self.assertEqual(typed.before, after)
        self.assertEqual(before, (self.home / "store/accolade.conf").read_text())

    def test_a_script_gives_it_as_a_line_or_a_file(self):
        (self.home / "code").write_text(CODE + "\n")
        for arguments, line in ((("--code-file", "code"), ""), ((), CODE + "\n"), ((), CODE)):
            done = subprocess.run([BUILD / "app/cli/accolade", "kiosk", "exit-code", "--store", "store", *arguments], cwd=self.home,
                                  input=line, text=True, capture_output=True, timeout=60)
            self.assertEqual((DONE, ""), (done.returncode, done.stderr))
        for line, told in (("", "there is no line"), ("\n", "6 to 12 digits"), ("12345\n", "6 to 12 digits"),
                           ("secret\n", "6 to 12 digits"), ("7" * 5000 + "\n", "6 to 12 digits")):
            done = subprocess.run([BUILD / "app/cli/accolade", "kiosk", "exit-code", "--store", "store"], cwd=self.home, input=line,
                                  text=True, capture_output=True, timeout=60)
            self.assertEqual((REFUSED, 1), (done.returncode, done.stderr.count("\n")))
            self.assertIn(told, done.stderr)
        (self.home / "code").write_text("")
        self.assertIn("code: there is no line", self.call("kiosk", "exit-code", "--code-file", "code", status=REFUSED))


class Shown(Branch):
    def test_a_folders_name(self):
        store = self.home / f"store {ESCAPES}\u202e"
        os.rename(self.home / "store", store)
        for arguments in (("doctor",), ("doctor", "--json"), ("verify",), ("list",), ("backup", "copy"), ("banker", "list"), ("staff", "status"),
                          ("setup", "--branch", "B", "--banker", "Ana Held"), ("restore", "copy"), ("submit", f"{ESCAPES}.json"),
                          ("letterhead", "check", str(store)), (ESCAPES,), ("banker", ESCAPES), ("list", f"--{ESCAPES}")):
            done = self.run_in(self.home, *arguments, *([] if "check" in arguments else ["--store", str(store)]),
                               *(["--passphrase-file", "passphrase"] if arguments[0] in ("staff", "setup") else []))
            self.assertNotRegex(done.stdout + done.stderr, OBEYED, arguments)

    def test_the_files_of_a_maildir(self):
        maildir = self.home / "answers"
        for name in ("new", "cur", "tmp"):
            (maildir / name).mkdir(parents=True)
        (maildir / "new" / f"1.{ESCAPES}.host").mkdir()
        conf = self.home / "store/accolade.conf"
        conf.write_text(conf.read_text() + f"\n[mail]\nreplies={maildir}\n")
        done = self.run_in(self.home, "receipt", "replies", "--passphrase-file", "passphrase")
        self.assertEqual(DONE, done.returncode, done.stderr)
        self.assertIn("Left alone: ", done.stdout)
        self.assertNotRegex(done.stdout + done.stderr, OBEYED)


if __name__ == "__main__":
    tap.main()
