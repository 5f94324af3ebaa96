"""Counting the taps that a piece of work costs beside typing."""

# A tap is a press of the pointer on a page: a click, a touch. Keys are typing: letters, Enter, End, and what
# pastes. Playwright presses again where something moved under its pointer; such a press it takes back at the
# window, so that it reaches no document and no page. It is none of the work's.
LISTEN = "document.addEventListener('pointerdown', (event) => event.isTrusted && countTap(), true)"


class Taps:
    """The presses in one window since this was made, across all pages it opens."""

    def __init__(self, window):
        self.count = 0
        context = window.page.context
        context.expose_binding("countTap", self._add)
        context.add_init_script(LISTEN)
        window.page.evaluate(LISTEN)

    def _add(self, _source):
        self.count += 1
