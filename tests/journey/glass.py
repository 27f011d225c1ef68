"""A virtual screen that is only looked at and touched: what runs on it need speak neither X's language nor AT-SPI's, and
may be another user's."""
import atexit
import os
import re
import subprocess


class Glass:
    """@width and @height: a compositor's window on it, which is 1024 by 768, begins in its upper left corner."""

    def __init__(self, width=1024, height=768):
        self.width, self.height = width, height
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset", "-ac"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        atexit.register(self.close)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()

    def close(self):
        self.server.terminate()
        self.server.wait()

    def _run(self, *words):
        return subprocess.run(words, env={**os.environ, "DISPLAY": self.display}, check=True, capture_output=True).stdout

    def touch(self, x, y):
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def rows(self):
        """What is seen: a bytes of red, green and blue for each row."""
        pixels = self._run("import", "-window", "root", "-depth", "8", "rgb:-")
        return [pixels[start:start + 3 * self.width] for start in range(0, len(pixels), 3 * self.width)]

    def find_middle(self, colour, run):
        """The middle of what is filled with @colour ("#RRGGBB") over at least @run pixels in each of its rows, or None."""
        wanted = re.compile(b"(?:" + re.escape(bytes.fromhex(colour[1:])) + b"){%d,}" % run)
        found = [(y, match.start() // 3, match.end() // 3) for y, row in enumerate(self.rows())
                 if (match := wanted.search(row))]
        if not found:
            return None
        y, left, right = found[len(found) // 2]
        return (left + right) // 2, y
