"""P1: no submitted letter is lost. Judged by the acknowledgements that were read from the sender, outside the store."""
import subprocess
import time

import harness


def acknowledged(branch, pdf, moment):
    """Sends letters until @moment seconds have gone, then kills the sender: the numbers it acknowledged."""
    with subprocess.Popen([harness.SENDER, branch.store, harness.LETTERS / "two-sentences.json", pdf, "1000000"],
                          stdout=subprocess.PIPE, text=True) as sender:
        time.sleep(moment)  # the moment of the kill is what is tried, not something to wait for
        sender.kill()
        return sender.stdout.read().splitlines()


@harness.promise("P1", ci=200, deep=10_000)
def killed_while_submitting(cases):
    """Killed at random moments while submitting, nothing acknowledged is missing, half there or there twice."""
    with harness.branch() as branch:
        pdf = harness.rendered(branch.home)
        sent = set()
        for _ in range(cases.size):
            told = acknowledged(branch, pdf, cases.random.uniform(0.005, 0.08))
            sent.update(told)
            kept = branch.numbers()
            cases.hold(sent <= set(kept) and len(kept) == len(set(kept)),
                       f"missing {sorted(sent - set(kept))}, {len(kept) - len(set(kept))} twice")
        verified = branch.call("verify")
        cases.hold(verified.returncode == 0, f"half a letter: {verified.stdout[:500]}")
        cases.hold(len(sent) > cases.size, f"only {len(sent)} letters were acknowledged before a kill")
