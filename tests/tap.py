"""unittest, reported as TAP, so that meson counts each test."""
import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def line(self, word, test, note=""):
        self.number += 1
        print(f"{word} {self.number} - {test.id().split('.', 1)[-1]}{note}", flush=True)

    def diagnose(self, test, err):
        for line in self._exc_info_to_string(err, test).splitlines():
            print(line, file=sys.stderr, flush=True)

    def addSuccess(self, test):
        self.line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.diagnose(test, err)
        self.line("not ok", test)

    def addError(self, test, err):
        super().addError(test, err)
        self.diagnose(test, err)
        if isinstance(test, unittest.TestCase):
            self.line("not ok", test)
        else:  # a class's or module's set-up: none of its tests ran
            self.number += 1
            print(f"not ok {self.number} - {test}", flush=True)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:  # the test itself is told neither as a success nor as a failure then
            self.diagnose(subtest, err)
            self.line("not ok", subtest)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("ok", test, f" # SKIP {reason}")


def main(module="__main__"):
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}", flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)
