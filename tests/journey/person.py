"""A person before a screen: finds things by role and name (AT-SPI), uses pointer and keys (X), takes pictures.

Nothing here knows Accolade's insides. The caller runs inside a session bus of its own (dbus-run-session)."""
import atexit
import os
import pathlib
import re
import subprocess
import time

PATIENCE = 60  # seconds that a person waits for something to appear, where many other tests run
START = 60     # … and for a program to start, beside others that start
LOOK_AGAIN = 0.05  # … until the second look
SELDOM = 0.4   # … between looks in the end: each of them keeps the program and the machine busy


def import_atspi():
    """pyatspi, which looks for its bus when it is imported; a slow bus makes its library complain, which is no fault of
    the program that is looked at. Of a bus that did not answer in time it would know no program for ever."""
    debug = os.environ.pop("G_DEBUG", None)
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    Atspi.set_timeout(START * 1000, START * 1000)
    import pyatspi

    if debug is not None:
        os.environ["G_DEBUG"] = debug
    return pyatspi


class Screen:
    """A virtual X screen; AT-SPI and GTK are pointed at it."""

    def __init__(self, width, height):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        atexit.register(self.close)
        os.close(write)
        with os.fdopen(read) as answer:
            os.environ["DISPLAY"] = ":" + answer.readline().strip()
        os.environ.pop("WAYLAND_DISPLAY", None)
        os.environ.update(GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="atspi", NO_AT_BRIDGE="0",
                          GSETTINGS_BACKEND="memory")
        # The accessibility bus is there only for those who say that a screen reader runs.
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
                        "--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled", "<true>"],
                       check=True, stdout=subprocess.DEVNULL)

    def close(self):
        self.server.terminate()
        self.server.wait()


class Person:
    """Uses one program, from its start to its end."""

    def __init__(self, program, *arguments, pictures=None, environment=None):
        self.atspi = import_atspi()
        self.pictures = pathlib.Path(pictures) if pictures else None
        self.pictures_taken = 0
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen([str(program), *map(str, arguments)], env={**os.environ, **(environment or {})})
        atexit.register(self.process.kill)
        self.name = pathlib.Path(program).name
        self.window = None
        self.window = self.wait_for(self._find_window, f"the window of {self.name}", START)
        self._focus_window()

    # Waiting and finding

    def wait_for(self, look, what, patience=PATIENCE):
        """The first true answer of look(), which is asked again until then."""
        deadline, pause = time.monotonic() + patience, LOOK_AGAIN
        while True:
            try:
                answer = look()
                if answer:
                    return answer
            except Exception as error:  # an object that went away while it was looked at
                if time.monotonic() > deadline:
                    raise AssertionError(f"waiting for {what}: {error}") from error
            if self.process.poll() is not None:
                raise AssertionError(f"{self.name} ended with {self.process.returncode} while waiting for {what}")
            if time.monotonic() > deadline:
                self.picture("not-found")
                raise AssertionError(f"{what} did not appear. There is:\n" + "\n".join(self.describe()))
            time.sleep(pause)
            pause = min(pause * 1.5, SELDOM)

    def _find_window(self):
        for application in self.atspi.Registry.getDesktop(0):
            if application and application.get_process_id() == self.process.pid:
                # Whoever asked a program before it was ready to answer would believe for ever that it has no window.
                application.clearCache()
                for window in application:
                    if window and window.getRole() in (self.atspi.ROLE_FRAME, self.atspi.ROLE_WINDOW):
                        return window
        return None

    def _focus_window(self):
        # There is no window manager to give the focus.
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid), "windowfocus"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _walk(self, top):
        """Everything that is on the screen. What is hidden has no size, such as the other pages of a stack: nobody looks
        into them."""
        for child in top:
            if child is None or not child.getState().contains(self.atspi.STATE_VISIBLE):
                continue
            if child.childCount == 0:
                yield child
            elif self._has_size(child) is not False:
                yield child
                yield from self._walk(child)

    def text_of(self, thing):
        try:
            text = thing.queryText()
            return text.getText(0, text.characterCount)
        except NotImplementedError:
            return thing.name or ""

    def _fits(self, thing, role, name):
        if role and thing.getRoleName() not in role.split("|"):
            return False
        return name is None or name in (thing.name or "") or name in self.text_of(thing)

    def _has_size(self, thing):
        """None of what is no widget: the page of a stack, in which a widget is."""
        try:
            box = thing.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        except NotImplementedError:
            return None
        return box.width > 0 and box.height > 0

    def look(self, role, name=None):
        """What has that role and holds that name or text, or None; waits for nothing but a page that stands still."""
        return self.wait_for(lambda: [self._look(role, name)], f"a look at {role} “{name}”")[0]

    def _look(self, role, name):
        """The same, once; fails where something goes away while it is looked at."""
        for thing in self._walk(self.window):
            if self._fits(thing, role, name) and self._has_size(thing):
                return thing
        return None

    def find(self, role, name=None):
        return self.wait_for(lambda: self._look(role, name), f"{role} “{name}”")

    def sees(self, text):
        """Waits until that text stands somewhere on the screen."""
        return self.find(None, text)

    def find_pattern(self, pattern):
        """What shows a text that the regular expression matches."""
        def look():
            return next((thing for thing in self._walk(self.window) if re.search(pattern, self.text_of(thing))), None)

        return self.wait_for(look, f"something like {pattern}")

    def describe(self):
        for thing in self._walk(self.window or self.atspi.Registry.getDesktop(0)):
            text = self.text_of(thing)
            if text:
                yield f"  {thing.getRoleName()}: {text[:80]!r}"

    # Doing

    def click(self, role, name=None):
        thing = self.find(role, name)
        self.wait_for(lambda: thing.getState().contains(self.atspi.STATE_SENSITIVE), f"“{name}” to be usable")
        box = self.wait_for(lambda: self._standing(thing), f"“{name}” to stand still")
        self.point(box.x + box.width // 2, box.y + box.height // 2)
        return thing

    def _standing(self, thing):
        """Where it is, if it is there a moment later too: what is seen already may still be laid out."""
        before = thing.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        time.sleep(LOOK_AGAIN)
        now = thing.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        same = all(getattr(before, key) == getattr(now, key) for key in ("x", "y", "width", "height"))
        return now if same and now.width > 0 else None

    def point(self, x, y):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def draw(self, thing, points):
        """A stroke over a thing, through points in 0…1 of its box, as fast as a hand."""
        box = thing.queryComponent().getExtents(self.atspi.WINDOW_COORDS)
        where = [(box.x + x * box.width, box.y + y * box.height) for x, y in points]
        steps = ["mousemove", *self._at(*where[0]), "mousedown", "1"]
        for (x0, y0), (x1, y1) in zip(where, where[1:]):
            for part in (0.25, 0.5, 0.75, 1):
                steps += ["mousemove", *self._at(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), "sleep", "0.012"]
        subprocess.run(["xdotool", *steps, "mouseup", "1"], check=True)

    @staticmethod
    def _at(x, y):
        return str(round(x)), str(round(y))

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "4", "--", text], check=True)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "20", *keys], check=True)

    def write(self, role, name, text):
        """Clicks into a field, types, and sees that it holds what was typed."""
        field = self.click(role, name)
        self.type(text)
        self.wait_for(lambda: text in self.text_of(field), f"“{text}” in {name}")

    def write_secret(self, role, name, text):
        """The same for a field that shows dots."""
        field = self.click(role, name)
        self.type(text)
        self.wait_for(lambda: len(self.text_of(field)) == len(text), f"{len(text)} characters in {name}")

    # Showing

    def picture(self, what):
        """A picture of the whole screen, numbered in the order of the story."""
        if not self.pictures:
            return
        self.pictures_taken += 1
        path = self.pictures / f"{self.name}-{self.pictures_taken:02}-{what}.png"
        subprocess.run(["import", "-window", "root", str(path)], check=True)

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
