"""A person who sees nothing: presses keys, and knows only what a screen reader would say of the thing that has the focus."""
import re
import time

from person import Person

TABS_MOST = 60  # more than any page has: the focus goes round without the thing that is looked for
SETTLE = 1  # seconds within which a key moves the focus, if it does: of one pressed too early a group knows no way back


class Listener(Person):
    """Finds nothing by looking: the role, the name and the text of what has the focus are all there is."""

    def focused(self):
        """What has the focus, as assistive technology is told; None where nothing is said."""
        for thing in self._walk(self.window):
            if thing.getState().contains(self.atspi.STATE_FOCUSED):
                return thing
        return None

    def said(self):
        """The role and the name of what has the focus, both empty where nothing is said. Fails on a page that is just leaving."""
        thing = self.focused()
        return (thing.getRoleName(), thing.name or "") if thing else ("", "")

    def heard(self):
        """The same from a page that stands: one that left while it was listened to is asked again."""
        return self.wait_for(self.said, "what has the focus")

    def hear(self, role, name):
        """Waits until what has the focus is that."""
        def listen():
            said_role, said_name = self.said()
            return said_role in role.split("|") and re.search(name, said_name) and self.focused()

        return self.wait_for(listen, f"the focus on {role} “{name}”; heard: {self.heard()}")

    def go_to(self, role, name, key="Tab"):
        """Presses a key until what has the focus is that."""
        way = []
        for _ in range(TABS_MOST):
            said_role, said_name = self.heard()
            if said_role in role.split("|") and re.search(name, said_name):
                return self.wait_for(self.focused, f"the focus on {role} “{name}”")
            way.append((said_role, said_name))
            self.press(key)
            self.wait_for_move(way[-1])
        raise AssertionError(f"the keys do not reach {role} “{name}”: {way}")

    def wait_for_move(self, before):
        """Until the focus is somewhere; a key that moves nothing is waited for only shortly."""
        deadline = time.monotonic() + SETTLE
        while self.heard() == before and time.monotonic() < deadline:
            time.sleep(0.01)

    def say(self, role, name, text):
        """Types into the field that has the focus, and hears that it stands there."""
        field = self.hear(role, name)
        self.type(text)
        self.wait_for(lambda: text in self.text_of(field), f"“{text}” in {name}")
