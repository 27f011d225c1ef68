"""A banker at the desk by keys alone, who knows only what a screen reader would say of what has the focus."""
from branch import BUILD, PASSPHRASE
from journey import BUTTON, FIELD
from keys import Listener

WORDS = " I was there that afternoon."


class Banker(Listener):
    """Counts the keys that are pressed; what is typed into a field, the passphrase say, is not counted."""

    def __init__(self, branch, size="1366x768", pictures=None):
        super().__init__(BUILD / "ui/desk/accolade-desk", "--store", branch.store, "--size", size, pictures=pictures)
        self.keys = 0

    def press(self, *keys):
        self.keys += len(keys)
        super().press(*keys)

    def said(self):
        """The rows of a list have no name of their own in GTK 4.8: what stands in them is read."""
        role, name = super().said()
        thing = self.focused() if role == "list item" and not name else None
        if thing:
            name = ", ".join(filter(None, (self.text_of(child) for child in self._walk(thing) if child.getRoleName() == "label")))
        return role, name

    def sign_in(self):
        self.hear(FIELD, "Passphrase")
        self.type(PASSPHRASE)
        self.press("Return")

    def route(self, addressee):
        """From the first letter of the queue to where it is routed: read, claimed, a word added to the cover, sent."""
        self.hear("list item", addressee)
        self.press("F6")  # to the letter
        self.press("Page_Down")
        self.press("ctrl+l")  # works on it, in the first cover
        self.hear(FIELD, "Cover for ")
        self.press("ctrl+End")
        self.type(WORDS)
        self.press("ctrl+Return")
        self.hear(BUTTON, "Next letter")
