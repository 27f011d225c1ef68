#!/usr/bin/python3
"""The kiosk's launcher: what a hostile environment sets is gone before GTK starts. Run on a copy outside the build tree,
which behaves as an installed kiosk does, and once in the tree."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ["ACCOLADE_BUILD"])
sys.path.insert(0, str(TOP / "tests/journey"))
import tap  # noqa: E402
from person import Screen  # noqa: E402

PATIENCE = 60  # seconds until a window is there
PRELOADED = "libeatmydata"
CALM = "fatal-criticals"

# What may be set, and what must be left of it: nothing, or the same.
HOSTILE = {
    "LD_PRELOAD": f"{PRELOADED}.so",
    "LD_LIBRARY_PATH": "/tmp/evil",
    "LD_AUDIT": "",
    "LD_DEBUG_OUTPUT": "/tmp/evil",
    "GLIBC_TUNABLES": "glibc.malloc.check=3",
    "GCONV_PATH": "/tmp/evil",
    "LOCPATH": "/tmp/evil",
    "GTK_DEBUG": "interactive",
    "GTK_MODULES": "evil",
    "GTK_PATH": "/tmp/evil",
    "GTK_EXE_PREFIX": "/tmp/evil",
    "GTK_DATA_PREFIX": "/tmp/evil",
    "GTK_THEME": "HighContrastInverse",
    "GTK_IM_MODULE": "evil",
    "GTK_IM_MODULE_FILE": "/tmp/evil",
    "GDK_DEBUG": "all",
    "GDK_PIXBUF_MODULE_FILE": "/tmp/evil",
    "GDK_PIXBUF_MODULEDIR": "/tmp/evil",
    "GDK_BACKEND": "broadway",
    "GSK_DEBUG": "all",
    "GSK_RENDERER": "broadway",
    "GTK_A11Y": "none",
    "GIO_EXTRA_MODULES": "/tmp/evil",
    "GIO_MODULE_DIR": "/tmp/evil",
    "GIO_USE_VFS": "evil",
    "GSETTINGS_BACKEND": "keyfile",
    "GSETTINGS_SCHEMA_DIR": "/tmp/evil",
    "G_MESSAGES_DEBUG": "all",
    "G_DEBUG": "gc-friendly",
    "G_SLICE": "debug-blocks",
    "G_RESOURCE_OVERLAYS": "/org/accolade=/tmp/evil",
    "G_ENABLE_DIAGNOSTIC": "1",
    "FONTCONFIG_FILE": "/tmp/evil",
    "FONTCONFIG_PATH": "/tmp/evil",
    "PANGOCAIRO_BACKEND": "evil",
    "XDG_CONFIG_HOME": "/tmp/evil",
    "XDG_DATA_HOME": "/tmp/evil",
    "XDG_CONFIG_DIRS": "/tmp/evil",
    "XDG_DATA_DIRS": "/tmp/evil",
    "XDG_CURRENT_DESKTOP": "evil",
    "XCURSOR_PATH": "/tmp/evil",
    "XCOMPOSEFILE": "/tmp/evil",
    "XKB_CONFIG_ROOT": "/tmp/evil",
    "VK_ICD_FILENAMES": "/tmp/evil",
    "LIBGL_DRIVERS_PATH": "/tmp/evil",
    "BASH_FUNC_evil%%": "() { :; }",
    "NAMELESS": "anything",
}
FRIENDLY = {
    "ACCOLADE_STORE": "/nonexistent",
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "TZ": "Europe/London",
    "G_DEBUG": CALM,
    "GDK_BACKEND": "x11",
    "GSK_RENDERER": "cairo",
}


class Launch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.screen = Screen(800, 600)
        cls.folder = tempfile.TemporaryDirectory(prefix="accolade-launch-")
        cls.installed = pathlib.Path(cls.folder.name) / "accolade-kiosk"
        cls.in_tree = BUILD / "ui/kiosk/accolade-kiosk"
        shutil.copy(cls.in_tree, cls.installed)

    @classmethod
    def tearDownClass(cls):
        cls.screen.close()
        cls.folder.cleanup()

    def start(self, program, variables):
        """Gives what the running program was started with at last, what it has loaded, and its windows."""
        with tempfile.TemporaryFile("w+") as told:
            kiosk = subprocess.Popen([program], env={"DISPLAY": os.environ["DISPLAY"], **FRIENDLY, **variables},
                                     stdout=subprocess.DEVNULL, stderr=told)
            try:
                deadline = time.monotonic() + PATIENCE
                while not (windows := self.windows_of(kiosk)) and kiosk.poll() is None and time.monotonic() < deadline:
                    time.sleep(0.05)
                told.seek(0)
                self.assertIsNone(kiosk.poll(), told.read())
                process = pathlib.Path("/proc") / str(kiosk.pid)
                entries = [entry.split("=", 1) for entry in (process / "environ").read_bytes().decode().split("\0") if entry]
                return dict(entries), (process / "maps").read_text(), windows
            finally:
                kiosk.kill()
                kiosk.wait()

    @staticmethod
    def windows_of(kiosk):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(kiosk.pid)], text=True,
                              capture_output=True).stdout.split()

    def started(self, variables):
        """The environments that it is started in, one after the other: with a wrong option it ends before any window."""
        with tempfile.NamedTemporaryFile("r") as told:
            subprocess.run(["strace", "-qq", "-v", "-s", "1000", "-e", "trace=execve", "-o", told.name, "env", "-i",
                            *(f"{name}={value}" for name, value in variables.items()), self.installed, "--size", "none"],
                           stderr=subprocess.DEVNULL)
            return [re.findall(r'"((?:[^"\\]|\\.)*)"', line.split("], [")[1]) for line in told][1:]

    def test_each_variable_alone_is_forgotten(self):
        for name, value in HOSTILE.items():
            with self.subTest(name):
                first, last = self.started({**FRIENDLY, name: value})
                self.assertIn(f"{name}={value}", first)
                self.assertEqual({f"{key}={word}" for key, word in FRIENDLY.items() if key != name}, set(last))

    def test_in_a_clean_environment_it_starts_once(self):
        self.assertEqual([[f"{name}={value}" for name, value in FRIENDLY.items()]], self.started(FRIENDLY))

    def test_all_together_are_forgotten_and_what_is_needed_stays(self):
        seen, maps, windows = self.start(self.installed, {**HOSTILE, "LANG": "es_MX.UTF-8", "LC_TIME": "C"})
        left = {name: value for name, value in seen.items() if name not in FRIENDLY and name not in ("LANG", "LC_TIME")}
        self.assertEqual({"DISPLAY": os.environ["DISPLAY"]}, left)
        self.assertEqual(("/nonexistent", "C.UTF-8", "es_MX.UTF-8"), (seen["HOME"], seen["LC_ALL"], seen["LANG"]))
        self.assertNotIn(PRELOADED, maps)
        self.assertEqual(1, len(windows))

    def test_without_need_no_graphics_driver_is_loaded(self):
        _, maps, _ = self.start(self.installed, {})
        self.assertIn("libgtk-4", maps)
        self.assertNotIn("_mesa", maps)

    def test_it_keeps_its_name_and_its_arguments(self):
        told = subprocess.run([self.installed, "--size", "7x7"], env={"LD_PRELOAD": f"{PRELOADED}.so", "ACCOLADE_STORE": "/nonexistent"}, text=True,
                              capture_output=True)
        self.assertEqual(2, told.returncode)
        self.assertIn("--size", told.stderr)

    def test_without_a_display_its_threads_end_before_it_does(self):
        with tempfile.NamedTemporaryFile("r") as told:
            ended = subprocess.run(["strace", "-f", "-qq", "-e", "trace=exit,exit_group", "-o", told.name, self.in_tree],
                                   env={"PATH": os.environ["PATH"], **FRIENDLY}, text=True, capture_output=True)
            calls = [re.search(r"exit\w*\(\d+", line)[0] for line in told if "exit" in line and "resumed" not in line]
        self.assertEqual(1, ended.returncode)
        self.assertIn("display", ended.stderr)
        self.assertGreaterEqual(calls[:calls.index("exit_group(1")].count("exit(0"), 2, "the store's and the paper's")

    def test_what_tests_are_made_with_works_in_the_build_tree_alone(self):
        preload = {"LD_PRELOAD": f"{PRELOADED}.so", "GTK_DEBUG": "interactive"}
        seen, maps, windows = self.start(self.in_tree, preload)
        self.assertIn(PRELOADED, maps)
        self.assertNotIn("GTK_DEBUG", seen)
        self.assertEqual(1, len(windows))


if __name__ == "__main__":
    tap.main()
