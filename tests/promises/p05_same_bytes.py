"""P5: the PDF that the client read is, byte for byte, the one that is stored, shown, approved, sent and restored."""
import email
import email.policy
import uuid

import canaries
import harness

# Letters whom the demonstration's directory knows: a thanked banker, a long one, one with other scripts' accents.
LETTERS = ("two-sentences.json", "full-page.json", "banker.json")


def shown(branch, number, *arguments):
    branch.signed_in("show", number, "--pdf", branch.home / "shown.pdf", *arguments)
    return (branch.home / "shown.pdf").read_bytes()


def attached(message):
    """The attachments of a message by their names."""
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    return {part.get_filename(): part.get_content() for part in parsed.iter_attachments()}


def packages(branch, number):
    return sorted((branch.home / "store-outbox").glob(f"{number}-*"))


def hold_routed(cases, branch, number, pdf):
    """The letter in each package, and in each message; and a cover that is a file of its own."""
    routes = packages(branch, number)
    cases.hold(len(routes) >= 2, f"{number} went {len(routes)} ways")
    for route in routes:
        cover = (route / f"{number}-cover.pdf").read_bytes()
        message = attached((route / f"{number}.eml").read_bytes())
        cases.hold((route / f"{number}.pdf").read_bytes() == pdf, f"{route.name}: the package has another PDF")
        cases.hold(pdf in message.values(), f"{route.name}: the message has another PDF")
        cases.hold(cover in message.values() and cover != pdf and len(message) == 2, f"{route.name}: {list(message)}")
        verified = branch.call("verify", route / f"{number}.pdf")
        cases.hold(verified.returncode == 0 and number in verified.stdout, f"{route.name}: {verified.stderr}")


def hold_restored(cases, branch, letters):
    """A backup, restored elsewhere: with the pepper beside it the same banker opens the same bytes."""
    restored = branch.home / "restored"
    branch.done("backup", branch.home / "letters.backup")
    branch.done("restore", branch.home / "letters.backup", "--store", restored)
    (restored / "pepper").write_bytes((branch.store / "pepper").read_bytes())
    for number, pdf in letters.items():
        cases.hold(shown(branch, number, "--store", restored) == pdf, f"{number}: the restored PDF is another one")


@harness.promise("P5", ci=1, deep=1)
def the_same_bytes_everywhere(cases):
    """What the client read is, byte for byte, what is queued, taken in, approved, sent on each route and restored."""
    with harness.branch() as branch:
        branch.import_staff()
        letters = {}
        for letter in LETTERS:
            number, read = str(uuid.uuid4()), branch.home / "read.pdf"
            # What is on the screen before "Send": acc_ready_letter_new, as the kiosk calls it.
            branch.done("render", harness.LETTERS / letter, "-o", read, "--number", number)
            branch.done("submit", harness.LETTERS / letter, "--number", number)
            letters[number] = read.read_bytes()
        for verb in (None, "take-in", "claim", "approve", "route", "acknowledge"):
            if verb:
                branch.decide(verb, *(letters if verb != "take-in" else ()))
            for number, pdf in letters.items():
                cases.hold(shown(branch, number) == pdf, f"{number}: another PDF after {verb}")
        for number, pdf in letters.items():
            hold_routed(cases, branch, number, pdf)
        hold_restored(cases, branch, letters)


@harness.promise("P5", ci=1, deep=1)
def no_one_changes_the_words(cases):
    """A number stands for its words for ever: the same number with others is refused, and the first stay."""
    with harness.branch() as branch:
        letter, _ = canaries.write_files(branch.home)
        number = branch.done("submit", letter).strip()
        first = shown(branch, number)
        for when in ("waiting", "taken in"):
            other = branch.call("submit", harness.LETTERS / "full-page.json", "--number", number)
            cases.hold(other.returncode == 1 and number in other.stderr, f"{when}: {other.returncode}: {other.stderr}")
            cases.hold(shown(branch, number) == first, f"{when}: the words have changed")
            branch.decide("take-in")
