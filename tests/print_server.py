"""A print service of one's own on loopback, by cupsd, and a printer that writes what it prints into a folder."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

from ports import free_port

CUPSD = "/usr/sbin/cupsd"
SERVER_BIN = pathlib.Path("/usr/lib/cups")
OFF, EMPTY, BROKEN = "off", "empty", "broken"  # what a printer may be: out of reach, out of paper, failing each job

needs_cups = unittest.skipUnless(os.geteuid() == 0 and os.path.exists(CUPSD), "needs root and cups-daemon")

# CUPS starts it for each document, and believes what it says of the printer on standard error. Where it waits it hears the
# signal at once: of a pipe that nobody writes into.
BACKEND = """#!/usr/bin/python3
import os, pathlib, sys
if len(sys.argv) == 1:
    sys.exit(0)
folder = pathlib.Path(os.environ["DEVICE_URI"].partition(":")[2])
job, user, title, copies, options, *files = sys.argv[1:]
def mood():
    return (folder / "mood").read_text() if (folder / "mood").exists() else ""
def wait(reason):
    print(f"STATE: +{reason}", file=sys.stderr, flush=True)
    (folder / f"waits-{job}").touch()
    (folder / "gate").open("rb").read()
    print(f"STATE: -{reason}", file=sys.stderr, flush=True)
if mood() == "off":
    wait("connecting-to-device")
documents = [pathlib.Path(file).read_bytes() for file in files] or [sys.stdin.buffer.read()]
if mood() == "broken":
    sys.exit(1)
if mood() == "empty":
    wait("media-empty-error")
for document in documents:
    n = len(list(folder.glob("*.pdf")))
    (folder / f"{n:03}.part").write_bytes(document)
    (folder / f"{n:03}.txt").write_text(f"{job}\\n{title}\\n{options}\\n{user}")
    (folder / f"{n:03}.part").rename(folder / f"{n:03}.pdf")
"""

# PDFs are given to it as they are, each by itself, as to the printers that need no driver.
PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "FOLDER.PPD"
*Manufacturer: "Accolade"
*Product: "(Folder)"
*ModelName: "Folder"
*ShortNickName: "Folder"
*NickName: "Folder"
*PSVersion: "(3010.000) 0"
*cupsVersion: 2.4
*cupsSingleFile: True
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: Letter
*PageSize Letter: ""
*PageSize A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: Letter
*PageRegion Letter: ""
*PageRegion A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter: "0 0 612 792"
*ImageableArea A4: "0 0 595 842"
*DefaultPaperDimension: Letter
*PaperDimension Letter: "612 792"
*PaperDimension A4: "595 842"
*OpenUI *InputSlot: PickOne
*DefaultInputSlot: Tray1
*InputSlot Tray1: ""
*InputSlot Tray2: ""
*CloseUI: *InputSlot
"""


def wait_until(holds, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come")
        time.sleep(0.05)


class PrintService:
    """Its files are all below @home."""

    def __init__(self, home, **settings):
        self.home, self.port, self.daemon = home, free_port(), None
        self.environment = {**os.environ, "CUPS_SERVER": f"127.0.0.1:{self.port}"}
        home.chmod(0o755)
        for name in ("spool", "spool/tmp", "cache", "state", "ppd", "bin/backend"):
            (home / name).mkdir(parents=True)
            (home / name).chmod(0o755 if name.startswith("bin") else 0o777)
        for folder in SERVER_BIN.iterdir():
            if folder.name != "backend":
                (home / "bin" / folder.name).symlink_to(folder)
        for backend in (SERVER_BIN / "backend").iterdir():
            shutil.copy(backend, home / "bin/backend")  # with its rights: who runs it goes by them
        (home / "bin/backend/folder").write_text(BACKEND)
        (home / "bin/backend/folder").chmod(0o700)
        (home / "folder.ppd").write_text(PPD)
        self.write_settings({"PreserveJobFiles": "No", **settings})

    def write_settings(self, settings):
        (self.home / "cups-files.conf").write_text(
            f"ServerRoot {self.home}\nServerBin {self.home}/bin\nRequestRoot {self.home}/spool\n"
            f"TempDir {self.home}/spool/tmp\nCacheDir {self.home}/cache\nStateDir {self.home}/state\n"
            f"AccessLog {self.home}/access\nErrorLog {self.home}/error\nPageLog {self.home}/pages\n"
            "SystemGroup root lpadmin\n")
        (self.home / "cupsd.conf").write_text(
            f"Listen 127.0.0.1:{self.port}\nBrowsing Off\nDefaultAuthType None\nLogLevel warn\n"
            + "".join(f"{name} {value}\n" for name, value in settings.items())
            + "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n")

    def start(self):
        self.daemon = subprocess.Popen([CUPSD, "-f", "-c", self.home / "cupsd.conf", "-s", self.home / "cups-files.conf"],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self.answers, "the print service")

    def stop(self):
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGTERM)
            self.daemon.wait()
            self.daemon = None

    def answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def run(self, *words, check=True):
        return subprocess.run(list(map(str, words)), env=self.environment, text=True, capture_output=True, timeout=60,
                              check=check)

    def add(self, name, device, ppd=None, **options):
        self.run("lpadmin", "-p", name, "-v", device, "-E", *(["-P", ppd] if ppd else ["-m", "raw"]),
                 *(word for option in options.items() for word in ("-o", "=".join(option).replace("_", "-"))))
        if not ppd:
            self.run("cupsenable", name)
            self.run("cupsaccept", name)


class FolderPrinter:
    """A printer of @service; what it has printed, in order."""

    def __init__(self, service, name="Paper", raw=False, **options):
        self.service, self.name, self.folder = service, name, service.home / name
        self.folder.mkdir()
        os.mkfifo(self.folder / "gate")
        service.add(name, f"folder:{self.folder}", None if raw else service.home / "folder.ppd", **options)

    def set(self, mood):
        (self.folder / "mood").write_text(mood)

    def waits(self):
        """Waits until it cannot go on with a job."""
        wait_until(lambda: list(self.folder.glob("waits-*")), "a job that waits at the printer")

    def mend(self):
        """Lets it go on."""
        (self.folder / "mood").unlink()
        for waiting in self.folder.glob("waits-*"):
            waiting.unlink()
        with contextlib.suppress(OSError):  # nobody waits any more
            os.close(os.open(self.folder / "gate", os.O_WRONLY | os.O_NONBLOCK))

    def jobs(self, which="not-completed"):
        """The numbers of its jobs."""
        listed = self.service.run("lpstat", "-W", which, "-o", self.name).stdout
        return [line.split()[0].rpartition("-")[2] for line in listed.splitlines()]

    def holds(self):
        """Whether a job is held."""
        return "job-hold-until-specified" in self.service.run("lpstat", "-l", "-o", self.name).stdout

    def idle(self):
        wait_until(lambda: not self.jobs(), "the end of the jobs")

    def printed(self):
        """(job, title, options, bytes) of each document."""
        return [(*page.with_suffix(".txt").read_text().split("\n")[:3], page.read_bytes())
                for page in sorted(self.folder.glob("*.pdf"))]


class Passage:
    """Stands before the print service at @port: passes on so many of its answers, and then ends what it was told and listens
    no more."""

    def __init__(self, answers, port):
        self.answers, self.service = answers, port
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.open = [self.listener]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self.listener.accept()
                service = socket.create_connection(("127.0.0.1", self.service))
                self.open += [client, service]
                threading.Thread(target=self.pass_on, args=(client, service, False), daemon=True).start()
                threading.Thread(target=self.pass_on, args=(service, client, True), daemon=True).start()

    def pass_on(self, source, target, answers):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                with self.lock:
                    self.answers -= answers * data.count(b"HTTP/1.1 200")
                    if answers and self.answers < 0:
                        break
                target.sendall(data)
        self.close()

    def close(self):
        for one in self.open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
