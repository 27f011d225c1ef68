#!/usr/bin/python3
"""Letters on paper, by a real print service on loopback: what it prints, and each way in which it does not."""
import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

import tap
from ports import free_port
from print_server import BROKEN, EMPTY, OFF, FolderPrinter, Passage, PrintService, needs_cups, wait_until
from test_command import BUILD, LETTERS, STAFF, Branch

BANKER = "Ana Held"
N = 3  # supervisor, employee, the banker's own supervisor
ROLES = ("supervisor", "employee", "own-supervisor")
SHORT = 8  # seconds in which a printer has surely begun, even on a busy machine
PARTLY = "Some of it may be on paper."


@needs_cups
class Print(Branch):
    """A branch with one letter that is approved; there was no print service, so nothing has been printed yet."""

    @classmethod
    def fill_model(cls):
        super().fill_model()
        banker = next(line.split(",")[0] for line in STAFF.read_text().splitlines() if f",{BANKER}," in line)
        for words in (["staff", "import", STAFF], ["banker", "link", BANKER, banker]):
            cls.make(*words, "--passphrase-file", "passphrase")
        cls.number = cls.approve_in(cls.model, LETTERS / "two-sentences.json")

    @classmethod
    def make(cls, *words):
        done = cls.run_in(cls.model, *map(str, words))
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    @classmethod
    def approve_in(cls, home, letter):
        """The number of a letter that is on its way; no print service is there."""
        number = cls.run_in(home, "submit", letter).stdout.strip()
        cls.configure_in(home)
        for verb in ("take-in", "claim", "approve", "route"):
            subprocess.run([BUILD / "tests/test-banker", home / "store", home / "passphrase", BANKER, verb,
                            *([] if verb == "take-in" else [number])], capture_output=True, timeout=120, check=False,
                           env={**os.environ, "CUPS_SERVER": f"127.0.0.1:{free_port()}"})
        return number

    @staticmethod
    def configure_in(home, **keys):
        (home / "store/accolade.conf").write_text(
            "[branch]\nname=Market Street branch\n[print]\n"
            + "".join(f"{name}={value}\n" for name, value in {"printer": "Paper", **keys}.items()))

    def configure(self, **keys):
        self.configure_in(self.home, **keys)

    def serve(self, raw=False, **settings):
        """A print service with one printer, and the letter's settings for it."""
        home = pathlib.Path(tempfile.mkdtemp(prefix="accolade-cups-"))
        self.addCleanup(shutil.rmtree, home)
        self.service = PrintService(home, **settings)
        self.addCleanup(self.service.stop)
        self.service.start()
        self.printer = FolderPrinter(self.service, raw=raw, printer_error_policy="abort-job")
        self.configure()

    def words(self, verb, number=None):
        return [BUILD / "tests/test-postman", self.home / "store", self.home / "passphrase", BANKER, verb,
                number or self.number]

    def send(self, verb="now", port=None, number=None, server=None):
        """What test-postman does; each delivery's door, state, place and reason, in order."""
        server = server or f"127.0.0.1:{port or self.service.port}"
        done = subprocess.run(self.words(verb, number), text=True, capture_output=True, timeout=200,
                              env={**os.environ, "CUPS_SERVER": server})
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn("CRITICAL", done.stderr)
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.assertEqual(["printer"] * N, [row[2] for row in rows])
        return [(row[3], row[5]) for row in rows]

    def states(self, verb="now", **how):
        return [state for state, _ in self.send(verb, **how)]

    def waits(self, *words, **how):
        """Nothing has been printed, nothing is left that could be, and each says why with these words."""
        for state, reason in self.send(**how):
            self.assertEqual("waiting", state, reason)
            for word in words:
                self.assertIn(word, reason)
        self.assertEqual("approved", self.letter_state())
        self.call("verify")

    def letter_state(self):
        return next(line.split("\t")[2] for line in self.call("list").splitlines() if self.number in line)

    def titles(self):
        return [title for _, title, _, _ in self.printer.printed()]

    def all_titles(self):
        """Cover and letter of each delivery, one after the other."""
        short = self.printer.printed()[0][1].split()[1][:11]
        return [f"Accolade {short}-{position}-{role} {what}" for position, role in enumerate(ROLES, 1)
                for what in ("cover", "letter")]

    def expect_each_once(self):
        self.assertEqual(self.all_titles(), self.titles())

    def background(self, verb="now"):
        sending = subprocess.Popen(self.words(verb), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.service.environment)
        self.addCleanup(sending.communicate)
        self.addCleanup(sending.kill)
        return sending

    def occupy(self):
        """Gives the printer a job of somebody else's that it cannot end yet; its number."""
        self.printer.set(EMPTY)
        self.service.run("lp", "-d", "Paper", "-t", "Somebody's", "/usr/share/cups/data/classified.pdf")
        self.printer.waits()
        return self.printer.jobs()[0]

    def ours(self):
        """The jobs on the printer's list but the first."""
        return self.printer.jobs()[1:]

    def wait_for_ours(self):
        """Until cover and letter wait for their turn."""
        wait_until(lambda: len(self.ours()) == 2 and not self.printer.holds(), "our jobs")


class Prints(Print):
    def test_cover_and_letter_are_printed_as_they_are_stored(self):
        self.serve()
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()
        self.signed_in("show", self.number, "--pdf", "letter.pdf")
        letter = (self.home / "letter.pdf").read_bytes()
        pages = [page for _, _, _, page in self.printer.printed()]
        self.assertEqual([letter] * N, pages[1::2])
        covers = self.home / "covers"
        covers.mkdir()
        for i, cover in enumerate(pages[::2]):
            (covers / f"{i}.pdf").write_bytes(cover)
            text = subprocess.run(["pdftotext", covers / f"{i}.pdf", "-"], text=True, capture_output=True, check=True).stdout
            self.assertIn(BANKER, text)
        self.assertEqual(N, len(set(pages[::2])))
        self.assertEqual("routed", self.letter_state())
        self.call("verify")
        self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(2 * N, len(self.printer.printed()))

    def test_titles_tell_nothing_of_a_person(self):
        self.serve()
        self.states()
        for title in self.titles():
            self.assertRegex(title, r"^Accolade [0-9A-Z]{5}-[0-9A-Z]{5}-\d-[a-z-]+ (cover|letter)$")

    def test_the_papers_of_the_letters(self):
        self.serve()
        for number, size in ((self.number, "Letter"), (self.approve_in(self.home, self.letter(paper="a4")), "A4")):
            self.send(number=number)
            for _, _, options, _ in self.printer.printed()[-2 * N:]:
                self.assertIn(f"PageSize={size} ", options + " ")

    def test_the_tray_of_the_configuration(self):
        self.serve()
        self.configure(tray="tray-2")
        self.assertEqual(["handed over"] * N, self.states())
        for _, _, options, _ in self.printer.printed():
            self.assertIn("InputSlot=Tray2", options.split())

    def test_a_printer_without_a_driver(self):
        self.serve(raw=True)
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()
        self.assertTrue(all(page.endswith(b"%%EOF\n") and page.count(b"%PDF-") == 1
                            for _, _, _, page in self.printer.printed()))

    def test_who_gets_no_mail_is_printed_for(self):
        self.serve()
        with (self.home / "store/accolade.conf").open("a") as configuration:
            configuration.write(f"[mail]\nserver=127.0.0.1\nport={free_port()}\nfrom=letters@harbourvale.example\n"
                                "allowed_domains=cards.harbourvale.example\n")
        number = self.submit()
        for verb in ("take-in", "claim", "approve", "route"):
            done = subprocess.run([BUILD / "tests/test-banker", self.home / "store", self.home / "passphrase", BANKER, verb,
                                   *([] if verb == "take-in" else [number])], text=True, capture_output=True, timeout=120,
                                  env=self.service.environment)
            self.assertEqual("", done.stderr)
        self.assertEqual(["handed over"] * N, self.states(number=number))
        self.expect_each_once()

    def test_a_policy_that_lets_nobody_print(self):
        self.serve()
        self.service.run("lpadmin", "-p", "Paper", "-u", "deny:root")
        for state, reason in self.send():
            self.assertEqual("waiting", state)
            self.assertRegex(reason, r"^The printer “Paper” does not take it: [^.]+\.$")
        self.service.run("lpadmin", "-p", "Paper", "-u", "allow:all")
        self.assertEqual(["handed over"] * N, self.states())

    def test_no_copy_stays_where_the_service_keeps_none(self):
        self.serve()
        self.states()
        wait_until(lambda: not list((self.service.home / "spool").glob("d*")), "the end of the copies")

    def test_a_letter_waits_for_its_turn(self):
        self.serve()
        self.occupy()
        sending = self.background()
        self.wait_for_ours()
        self.printer.mend()
        told, _ = sending.communicate(timeout=60)
        self.assertEqual(N, told.count("handed over"))
        self.assertEqual(1 + 2 * N, len(self.printer.printed()))

    def test_a_service_that_starts_anew_meanwhile(self):
        self.serve()
        self.occupy()
        sending = self.background()
        self.wait_for_ours()
        self.service.stop()
        self.service.start()
        self.printer.waits()
        self.printer.mend()
        told, _ = sending.communicate(timeout=60)
        self.assertEqual(N, told.count("handed over"), told)
        self.assertEqual(2 * N, len(set(self.titles()) - {"Somebody's"}))


class PutsOff(Print):
    def test_no_service(self):
        self.configure()
        self.waits("does not answer", port=free_port())

    def shut(self, *words, **how):
        """The door is shut for all: each delivery says why with these words, and none of them has used up a try."""
        for _ in range(11):  # a delivery has ten tries
            self.waits(*words, **how)
        with contextlib.closing(sqlite3.connect(self.home / "store/desk.db")) as desk:
            self.assertEqual([(0, None)], desk.execute("SELECT DISTINCT tries, next_try FROM delivery").fetchall())

    def test_no_service_is_a_shut_door(self):
        self.configure()
        self.shut("does not answer", port=free_port())
        self.serve()
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()

    def test_a_printer_that_nobody_knows_is_a_shut_door(self):
        self.serve()
        self.configure(printer="Nowhere")
        self.shut("knows no printer “Nowhere”", "[print] printer")
        self.configure()
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()

    def test_a_paused_printer_is_a_shut_door(self):
        self.serve()
        self.service.run("cupsdisable", "Paper")
        self.shut("“Paper” is paused")
        self.service.run("cupsenable", "Paper")
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()

    def test_a_service_elsewhere_is_never_asked(self):
        self.configure()
        self.waits("this machine only", server="192.0.2.1")

    def test_a_printer_that_nobody_knows(self):
        self.serve()
        self.configure(printer="Nowhere")
        self.waits("knows no printer “Nowhere”", "[print] printer")

    def test_a_tray_that_the_printer_has_not(self):
        self.serve()
        self.configure(tray="tray-9")
        self.waits("no tray “tray-9”", "tray-1, tray-2")
        self.assertEqual([], self.printer.jobs("all"))

    def test_a_tray_of_a_printer_without_a_driver(self):
        self.serve(raw=True)
        self.configure(tray="tray-1")
        self.waits("lets no tray be chosen")

    def test_a_printer_that_takes_no_jobs(self):
        self.serve()
        self.service.run("cupsreject", "Paper")
        self.waits("“Paper” takes no jobs")

    def test_a_printer_that_is_set_up_no_more(self):
        self.serve()
        (self.home / "store/accolade.conf").write_text("[branch]\nname=Market Street branch\n")
        self.waits("no longer sets up")

    def test_a_printer_that_is_paused_and_resumed(self):
        self.serve()
        self.service.run("cupsdisable", "Paper")
        self.waits("“Paper” is paused")
        self.assertEqual([], self.printer.jobs("all"))
        self.assertEqual(["waiting"] * N, self.states("round"))  # it is not time yet
        self.service.run("cupsenable", "Paper")
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()
        self.assertEqual("routed", self.letter_state())
        self.call("verify")

    def test_a_printer_that_is_paused_before_the_letter_has_its_turn(self):
        self.serve()
        self.occupy()
        sending = self.background()
        self.wait_for_ours()
        self.service.run("cupsdisable", "Paper")
        told, _ = sending.communicate(timeout=60)
        self.assertEqual(N, told.count("\twaiting\t"), told)
        self.assertEqual(1, len(self.printer.jobs()))
        self.printer.mend()
        self.service.run("cupsenable", "Paper")
        self.printer.idle()
        self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(2 * N, len(set(self.titles()) - {"Somebody's"}))

    def test_a_letter_that_does_not_get_its_turn(self):
        self.serve()
        self.configure(timeout=1)
        self.occupy()
        self.waits("out of paper")
        self.assertEqual(1, len(self.printer.jobs()))  # theirs
        self.printer.mend()
        self.configure()
        self.printer.idle()
        self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(1 + 2 * N, len(self.printer.printed()))

    def test_a_printer_that_is_switched_off(self):
        self.serve()
        self.configure(timeout=SHORT)
        self.printer.set(OFF)
        self.waits("“Paper” cannot be reached", "switched on")
        self.assertEqual([], self.printer.jobs())
        self.printer.mend()
        self.configure()
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()

    def test_a_service_that_ends_before_it_has_both(self):
        """After the printer's jobs were looked at, the printer was, the cover was given, the letter was."""
        self.serve()
        for answers in range(6):
            with self.subTest(answers), contextlib.closing(Passage(answers, self.service.port)) as passage:
                self.waits("", port=passage.port)
            self.assertEqual([], self.printer.printed())
        self.assertEqual(["handed over"] * N, self.states())
        self.expect_each_once()
        self.assertEqual([], self.printer.jobs())


class Refuses(Print):
    def test_a_job_that_somebody_takes_off_the_list(self):
        self.serve()
        self.occupy()
        sending = self.background()
        self.wait_for_ours()
        self.service.run("cancel", *self.ours())
        self.wait_for_ours()  # of the next one
        self.printer.mend()
        told, _ = sending.communicate(timeout=60)
        first, *others = [line.split("\t") for line in told.splitlines()]
        self.assertEqual("refused", first[3])
        self.assertIn("taken it off the list of the printer “Paper”", first[5])
        self.assertEqual(["handed over"] * 2, [other[3] for other in others])
        self.assertEqual(["refused", "handed over", "handed over"], self.states())
        self.assertEqual(["prepared", "handed over", "handed over"], self.states("again"))
        self.assertEqual(["handed over"] * N, self.states("round"))
        self.assertEqual(2 * N, len(set(self.titles()) - {"Somebody's"}))
        self.assertEqual("routed", self.letter_state())
        self.call("verify")


class Unsure(Print):
    def expect_unsure(self, *words, **how):
        """Only the first; a job that has begun keeps the printer."""
        (state, reason), *others = self.send(**how)
        self.assertEqual("unsure", state, reason)
        for word in (*words, PARTLY):
            self.assertIn(word, reason)
        return others

    def test_a_job_that_fails(self):
        self.serve()
        self.printer.set(BROKEN)
        for state, reason in self.send():
            self.assertEqual(("unsure", True), (state, "could not print it on “Paper”" in reason), reason)
        self.assertEqual([], self.printer.jobs())
        self.assertEqual(["unsure"] * N, self.states())  # never again by itself
        self.assertEqual([], self.printer.printed())
        self.printer.mend()
        self.assertEqual(["prepared"] * N, self.states("again"))
        self.assertEqual(["handed over"] * N, self.states("round"))
        self.expect_each_once()
        self.call("verify")

    def test_a_printer_that_runs_out_of_paper(self):
        self.serve()
        self.configure(timeout=SHORT)
        self.printer.set(EMPTY)
        others = self.expect_unsure("“Paper” is out of paper")
        self.assertEqual({"waiting"}, {state for state, _ in others})
        self.assertEqual(1, len(self.printer.jobs()))  # the cover, which may still come out
        self.assertEqual("prepared", self.states("again")[0])
        self.expect_unsure("An earlier try is still on the list", verb="round")
        self.assertEqual(1, len(self.printer.jobs()))
        self.printer.mend()
        self.configure()
        self.printer.idle()
        self.assertEqual(1, len(self.printer.printed()))
        self.assertEqual(["unsure", "handed over", "handed over"], self.states())
        self.states("again")
        self.assertEqual(["handed over"] * N, self.states("round"))
        self.assertEqual(1 + 2 * N, len(self.printer.printed()))  # the cover twice, by order
        self.call("verify")

    def test_somebody_cancels_what_is_being_printed(self):
        self.serve()
        self.printer.set(EMPTY)
        sending = self.background()
        self.printer.waits()
        self.printer.set("")
        self.service.run("cancel", self.printer.jobs()[0])
        told, _ = sending.communicate(timeout=60)
        first, *others = [line.split("\t") for line in told.splitlines()]
        self.assertEqual(("unsure", True), (first[3], "Somebody has taken it" in first[5] and PARTLY in first[5]))
        self.assertEqual(["handed over"] * 2, [other[3] for other in others])

    def test_killed_while_it_is_printed(self):
        self.serve()
        self.printer.set(EMPTY)
        desk = self.background()
        self.printer.waits()
        desk.kill()
        desk.wait()
        self.printer.mend()
        self.configure()
        self.printer.idle()
        self.assertEqual(2, len(self.printer.printed()))
        self.assertEqual(["unsure", "handed over", "handed over"], self.states())
        self.expect_each_once()
        self.assertEqual("handed over", self.states("sent")[0])
        self.expect_each_once()
        self.assertEqual("routed", self.letter_state())
        self.call("verify")

    def test_killed_before_its_turn_and_sent_again(self):
        self.serve()
        self.occupy()
        desk = self.background()
        self.wait_for_ours()
        desk.kill()
        desk.wait()
        self.configure(timeout=1)
        self.assertEqual(["unsure", "waiting", "waiting"], self.states("round"))
        self.assertEqual("prepared", self.states("again")[0])
        self.assertEqual("waiting", self.states("round")[0])  # what the first try left was taken back
        self.assertEqual([], self.ours())
        self.printer.mend()
        self.configure()
        self.printer.idle()
        self.assertEqual(["handed over"] * N, self.states())
        self.assertEqual(1 + 2 * N, len(self.printer.printed()))

    def test_a_held_job_that_somebody_releases_is_not_printed_twice(self):
        """The service ended after it had both, so they are held there, and tried again; but somebody was faster."""
        self.serve(LogLevel="debug", MaxLogSize="0")
        with contextlib.closing(Passage(5, self.service.port)) as passage:
            self.assertEqual(["waiting"] * N, self.states(port=passage.port))
        self.assertEqual(2, len(self.printer.jobs()))
        for job in self.printer.jobs():
            self.service.run("lp", "-i", job, "-H", "resume")
        self.printer.idle()
        log = self.service.home / "error"
        wait_until(lambda: log.read_text().count("Unloading") >= 2, "a service that has the titles in its files only")
        others = self.expect_unsure("“Paper” has printed it already")
        self.assertEqual({"handed over"}, {state for state, _ in others})
        self.expect_each_once()

    def test_a_service_that_ends_after_it_has_both(self):
        """After the cover was released, the letter was, and while they are printed."""
        for answers in range(6, 11):
            with self.subTest(answers):
                self.setUp()
                self.serve()
                self.configure(timeout=1)
                with contextlib.closing(Passage(answers, self.service.port)) as passage:
                    self.assertIn(self.states(port=passage.port)[0], ("unsure", "handed over"))
                wait_until(lambda: "idle" in self.service.run("lpstat", "-p", "Paper").stdout, "the printer")
                self.configure()
                before = self.titles()
                self.assertEqual(["handed over"] * 2, self.states()[1:])
                self.assertEqual(before, self.titles()[:len(before)])
                self.assertEqual(len(before) + 4, len(set(self.titles())))

    def test_a_service_that_remembers_nothing(self):
        """A cover that it has forgotten may as well have failed: the letter is taken back, if it is not on paper yet."""
        self.serve(PreserveJobHistory="No")
        states = self.send()
        for state, reason in states:
            self.assertTrue(state == "handed over" or "no longer knows" in reason, (state, reason))
        self.states()
        self.printer.idle()
        printed, wanted = self.titles(), self.all_titles()
        self.assertEqual([title for title in wanted if title in printed], printed)  # none twice
        for (state, _), cover, letter in zip(states, wanted[::2], wanted[1::2]):
            self.assertIn(cover, printed)
            self.assertTrue(letter in printed or state == "unsure", (letter, state))


class Doctor(Print):
    def doctor(self, port=None):
        done = subprocess.run([BUILD / "app/cli/accolade", "doctor", "--json", "--store", self.home / "store"], text=True,
                              capture_output=True, timeout=60,
                              env={**os.environ, "CUPS_SERVER": f"127.0.0.1:{port or self.service.port}"})
        return [(finding["state"], finding["sentence"]) for finding in json.loads(done.stdout)
                if finding["check"] == "printer"]

    def test_a_printer_that_is_ready(self):
        self.serve()
        for tray in ({}, {"tray": "tray-2"}):
            self.configure(**tray)
            self.assertEqual([("ok", "The printer Paper is ready. Its trays: tray-1, tray-2.")], self.doctor())
        self.assertEqual([], self.printer.jobs("all"))

    def test_no_printer(self):
        (self.home / "store/accolade.conf").write_text("[branch]\nname=Market Street branch\n")
        self.assertEqual([("ok", "No printer is set: nothing is printed.")], self.doctor(free_port()))

    def test_what_keeps_a_letter_from_being_printed(self):
        self.serve()
        for words, keys in (("knows no printer “Nowhere”", {"printer": "Nowhere"}),
                            ("It has: tray-1, tray-2", {"tray": "tray-9"})):
            with self.subTest(words):
                self.configure(**keys)
                (state, sentence), = self.doctor()
                self.assertEqual(("act", True), (state, words in sentence), sentence)
        self.configure()
        self.service.run("cupsdisable", "Paper")
        (state, sentence), = self.doctor()
        self.assertEqual(("act", True), (state, "“Paper” is paused" in sentence), sentence)
        self.service.stop()
        (state, sentence), = self.doctor()
        self.assertEqual(("act", True), (state, "does not answer" in sentence), sentence)


if __name__ == "__main__":
    tap.main()
