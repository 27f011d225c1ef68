#!/usr/bin/python3
"""One letter through both real windows: a client types it at the kiosk, a banker approves and routes it at the desk.

As a program it prints where everything lies (app/run without a display); test_journey.py looks at each outcome."""
import argparse
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from person import Person, Screen  # noqa: E402

NUMBER = r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b"  # as people see it
BUTTON = "push button|button|toggle button"
TICK = "check box|radio button|toggle button"
FIELD = "text|entry|password text"

NEED = "My mother's card was blocked on a Friday afternoon and we could not buy her groceries."
ACT = ("When I called, Jessica went through all of our statements line by line, so that every payment that was not ours "
       "was found. She stayed with us for a whole hour.")
DIFFERENCE = "The card worked the same evening, and my mother could shop for the weekend."
ADDED = "I was there that afternoon."
SIGNATURE = [[(0.06, 0.62), (0.12, 0.25), (0.17, 0.72), (0.24, 0.34), (0.30, 0.66), (0.38, 0.44), (0.46, 0.60)],
             [(0.50, 0.30), (0.55, 0.74), (0.63, 0.40), (0.71, 0.62), (0.80, 0.46), (0.92, 0.52)]]


def next_question(person, seen):
    person.click(BUTTON, "Next")
    person.sees(seen)


def write_letter(kiosk):
    """The client's part: every step from welcome to the number; gives the short number."""
    kiosk.sees("Has someone at the bank helped you?")
    kiosk.picture("welcome")
    kiosk.click(BUTTON, "Write a letter")

    # What is missing is said only after the client has tried.
    kiosk.find(FIELD, "Who helped you")
    assert kiosk.look(None, "Tell us the name") is None
    kiosk.click(BUTTON, "Next")
    kiosk.sees("Tell us the name")
    kiosk.picture("name-missing")
    kiosk.write(FIELD, "Who helped you", "Jessica Okafor")
    kiosk.picture("who")
    next_question(kiosk, "What should we call")
    kiosk.write(FIELD, "What should we call", "Jessica")
    next_question(kiosk, "Which department")
    kiosk.picture("department")
    kiosk.click(BUTTON, "Fraud Operations")
    next_question(kiosk, "How did you reach")
    kiosk.click(TICK, "By phone")
    kiosk.picture("reached")
    return tell_and_send(kiosk)


def tell_and_send(kiosk):
    """From the last question about whom the letter is for to the number; gives the short number."""
    next_question(kiosk, "What were you trying to do?")
    kiosk.type(NEED)
    kiosk.sees(NEED)
    kiosk.picture("story-need")
    next_question(kiosk, "What did Jessica do?")
    kiosk.type(ACT)
    kiosk.sees(ACT)
    kiosk.picture("story-act")
    next_question(kiosk, "What could you do afterwards?")
    kiosk.type(DIFFERENCE)
    kiosk.sees(DIFFERENCE)
    kiosk.picture("story-difference")

    # Nothing typed is lost by going back.
    kiosk.click(BUTTON, "Back")
    kiosk.sees("What did Jessica do?")
    kiosk.sees(ACT)
    next_question(kiosk, "What could you do afterwards?")
    kiosk.sees(DIFFERENCE)

    next_question(kiosk, "thank your banker")
    kiosk.picture("banker")
    next_question(kiosk, "What is your name?")
    kiosk.write(FIELD, "What is your name", "Gwen Achterberg")
    next_question(kiosk, "Sign your letter")
    pad = kiosk.find(None, "A place to sign")
    for stroke in SIGNATURE:
        kiosk.draw(pad, stroke)
    kiosk.picture("signature")
    next_question(kiosk, "Did someone at the bank ask you to write?")
    kiosk.click(TICK, "No, nobody did")
    kiosk.picture("asked")
    next_question(kiosk, "What may the bank do with your letter?")
    kiosk.click(TICK, "personnel file")
    kiosk.picture("consent")
    next_question(kiosk, "Read your letter")
    kiosk.find(BUTTON, "Send")
    kiosk.click(BUTTON, "Larger")
    kiosk.click(BUTTON, "Whole width")
    kiosk.picture("read")
    kiosk.click(BUTTON, "Send")
    kiosk.sees("Your letter is sent")
    kiosk.picture("sent")
    number = re.search(NUMBER, kiosk.text_of(kiosk.find_pattern("number.*" + NUMBER))).group()
    kiosk.click(BUTTON, "Back to the start")
    kiosk.find(BUTTON, "Write a letter")
    return number


def route_letter(desk, passphrase):
    """The banker's part: sign in, open, claim, approve and route."""
    desk.find(FIELD, "Passphrase")
    desk.picture("sign-in")
    desk.write_secret(FIELD, "Passphrase", passphrase)
    desk.click(BUTTON, "Sign in")
    desk.sees("Jessica Okafor")
    desk.find(BUTTON, "Work on this")
    desk.picture("queue")
    desk.click(BUTTON, "Work on this")
    desk.sees("Priya Raman")
    cover = desk.click(FIELD, "Cover for Priya Raman")
    desk.press("ctrl+End")
    desk.type(" " + ADDED)
    desk.wait_for(lambda: desk.text_of(cover).endswith(ADDED), "the banker's own words in the cover")
    desk.picture("review")
    desk.click(BUTTON, "Approve and route")
    desk.sees("Routed to 3 people")
    desk.picture("routed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--store", type=pathlib.Path, required=True)
    parser.add_argument("--passphrase-file", type=pathlib.Path, required=True)
    parser.add_argument("--pictures", type=pathlib.Path, required=True)
    parser.add_argument("--size", default="1920x1080")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    screen = Screen(width, height)

    print("A client writes a letter at the kiosk.", flush=True)
    kiosk = Person(options.build / "ui/kiosk/accolade-kiosk", "--store", options.store, pictures=options.pictures)
    number = write_letter(kiosk)
    kiosk.close()
    print(f"It was sent as {number}. A banker reads and routes it at the desk.", flush=True)
    desk = Person(options.build / "ui/desk/accolade-desk", "--store", options.store, "--size", options.size,
                  pictures=options.pictures)
    route_letter(desk, options.passphrase_file.read_text().strip())
    desk.close()
    screen.close()

    pdf = options.pictures / f"{number}.pdf"
    subprocess.run([options.build / "app/cli/accolade", "show", number, "--store", options.store, "--banker", "Ana Held",
                    "--passphrase-file", options.passphrase_file, "--pdf", pdf], check=True, stdout=subprocess.DEVNULL)
    print(f"The letter's PDF:         {pdf}")
    print(f"The outbox:               {options.store}-outbox")
    print(f"A picture of every step:  {options.pictures}")


if __name__ == "__main__":
    main()
