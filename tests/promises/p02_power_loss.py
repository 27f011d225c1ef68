"""P2: no submitted letter is lost when the power goes: the file system is shut down without flushing, and mounted."""
import os
import subprocess
import time

import harness

CONTROLS = 3
BEFORE_THE_CUT = (0.03, 0.15)  # seconds of sending


def send_until_the_cut(disk, branch, cases, environment):
    """Sends letters until the power goes: the numbers that were acknowledged."""
    letter = [harness.LETTERS / "two-sentences.json", branch.home / "ready.pdf"]
    with subprocess.Popen([harness.SENDER, branch.store, *letter, "1000000"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, env=environment) as sender:
        first = sender.stdout.readline()
        time.sleep(cases.random.uniform(*BEFORE_THE_CUT))  # the moment of the cut is what is tried
        disk.cut_power()
        return {first.strip(), *sender.stdout.read().split()}


def after_the_cut(disk, cases, environment):
    """One cycle on a branch of its own: (what was acknowledged, what is there, what verify says or "")."""
    with harness.branch(disk.where) as branch:
        harness.rendered(branch.home)
        os.sync()
        sent = send_until_the_cut(disk, branch, cases, environment)
        disk.restart()
        listed = branch.call("list")
        kept = [line.split("\t")[0] for line in listed.stdout.splitlines()]
        verified = branch.call("verify")
        return sent, kept, "" if verified.returncode == 0 else verified.stdout + verified.stderr


@harness.promise("P2", ci=20, deep=1000)
def power_is_lost_while_submitting(cases):
    """When the power goes while submitting, nothing acknowledged is missing, half there or there twice."""
    with harness.disk() as disk:
        for _ in range(cases.size):
            sent, kept, wrong = after_the_cut(disk, cases, None)
            cases.hold(sent <= set(kept) and len(kept) == len(set(kept)) and not wrong,
                       f"of {len(sent)} acknowledged {len(sent - set(kept))} are missing, of {len(kept)} kept "
                       f"{len(kept) - len(set(kept))} are twice; {wrong}")
        careless = {**os.environ, "LD_PRELOAD": "libeatmydata.so"}
        lost = 0
        for _ in range(CONTROLS):
            sent, kept, wrong = after_the_cut(disk, cases, careless)
            lost += len(sent - set(kept)) + bool(wrong)
        cases.hold(lost > 0, "a sender that never syncs lost nothing either: this proves nothing")
