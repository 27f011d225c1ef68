"""P15: what recipients say. Killed at every call that changes a file, a receipt is there whole or not at all."""
import json
import shutil
import tempfile
import pathlib

import harness

CALLS = "fsync,fdatasync,pwrite64,unlink,unlinkat,rename,rmdir"
EMPLOYEE = "employee"
WORDS = "Thank you, from all of us."


def shown(branch, number):
    return json.loads(branch.signed_in("show", number, "--json"))


def record(branch, number, position, around=()):
    """The command, run to its end or to its kill."""
    words = branch.home / "words"
    words.write_text(WORDS)
    return harness.run([*around, harness.ACCOLADE, "receipt", "record", number, str(position), "--message-file", words,
                        "--store", branch.store, "--passphrase-file", branch.passphrase, "--banker", harness.BANKER])


def state_of(branch, number, position):
    """What there is of the receipt: (the letter, the delivery, its messages, its package in the outbox)."""
    letter = shown(branch, number)
    delivery = next(delivery for delivery in letter["deliveries"] if delivery["position"] == position)
    outbox = branch.home / "store-outbox"
    packages = [path.name for path in outbox.iterdir() if f"-{position}-" in path.name and not path.name.startswith(".")]
    return letter["state"], delivery["state"], [receipt["message"] for receipt in letter["receipts"]], len(packages)


def routed(branch):
    branch.import_staff()
    number = branch.done("submit", harness.LETTERS / "two-sentences.json").split()[0]
    for verb in ("take-in", "claim", "approve", "route"):
        branch.decide(verb, *([] if verb == "take-in" else [number]))
    position = next(delivery["position"] for delivery in shown(branch, number)["deliveries"]
                    if delivery["role"] == EMPLOYEE)
    return number, position


@harness.promise("P15", ci=12, deep=1_000)
def killed_while_recording(cases):
    """Killed anywhere while a receipt is recorded, it is there with all that goes with it, or not at all."""
    before, after = ("routed", "handed over", []), ("acknowledged", "acknowledged", [WORDS])
    with harness.branch() as model:
        number, position = routed(model)
        found, n = set(), 0
        while n < cases.size * 20:
            n += 1 if cases.size > 100 else cases.random.randint(1, 4)
            with tempfile.TemporaryDirectory(prefix="accolade-") as home:
                shutil.copytree(model.home, home, dirs_exist_ok=True)
                branch = harness.Branch(pathlib.Path(home))
                configure(branch)
                ended = record(branch, number, position,
                               ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e",
                                f"inject={CALLS}:signal=KILL:when={n}"))
                *state, packages = state_of(branch, number, position)
                cases.hold(tuple(state) in (before, after), f"call {n}: {state}")
                found.add(tuple(state[:2]))
                verified = branch.call("verify")
                cases.hold(verified.returncode == 0, f"call {n}: {verified.stdout}{verified.stderr}")
                if tuple(state) == before:
                    again = record(branch, number, position)
                    cases.hold(again.returncode == 0, f"call {n}, again: {again.stderr}")
                    *state, packages = state_of(branch, number, position)
                else:  # what a kill has left in the outbox goes with the next thing recorded
                    other = record(branch, number, 1 if position != 1 else 2)
                    cases.hold(other.returncode == 0, f"call {n}, another: {other.stderr}")
                    *state, packages = state_of(branch, number, position)
                cases.hold(state[:2] == ["acknowledged", "acknowledged"] and packages == 0,
                           f"call {n}, in the end: {state}, {packages} packages")
                if ended.returncode == 0:
                    break
        cases.hold(len(found) == 2, f"only {found} were met in {n} calls")


def configure(branch):
    """The outbox of a copy is its own."""
    (branch.store / "accolade.conf").write_text(
        f"[branch]\nname=Market Street branch\n[folder]\noutbox={branch.home / 'store-outbox'}\n")
