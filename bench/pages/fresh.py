"""How soon a change shows, and how soon every page is a file again."""

import json
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from bench.aims import at_most

TRIES, PAGES = 3, 100
FRESH_SECONDS, FILES_SECONDS = 1, 10
PATIENCE, PAUSE = 60, 0.01


@dataclass
class Freshness:
    """A site that is being changed while somebody looks."""

    folder: object
    url: str
    manage: object

    def aims(self):
        """Change a post of a site of a hundred pages, several times."""
        self.manage("bench.pages.inside", "fill", str(PAGES))
        path = self._publish("before")["path"]
        seen = [self._change(path, f"word{number}") for number in range(TRIES)]
        fresh, files = (median(each[place] for each in seen) for place in (0, 1))
        yield at_most("publish → the changed page, behind nginx", fresh, FRESH_SECONDS, " s")
        yield at_most(f"publish → {PAGES} pages all files again", files, FILES_SECONDS, " s")

    def _publish(self, word):
        return json.loads(self.manage("bench.pages.inside", "publish", word).splitlines()[-1])

    def _change(self, path, word):
        """Return after how many seconds the page bore the word, and all files were of its generation."""
        with ThreadPoolExecutor(1) as somebody:
            shown = somebody.submit(self._look, path, word.encode())
            done = self._publish(word)
            # Somebody may have seen it before the clock was read.
            return max(0, shown.result() - done["at"]), self._files(done["generation"]) - done["at"]

    def _look(self, path, word):
        def is_shown():
            with urllib.request.urlopen(self.url + path) as answer:  # noqa: S310
                return word in answer.read()

        return _wait(is_shown)

    def _files(self, generation):
        link = self.folder / "kept" / "current"

        def is_linked():
            return link.is_symlink() and int(link.readlink().name.partition("-")[0]) >= generation

        return _wait(is_linked)


def _wait(is_so):
    """Return when it was so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if is_so():
            return time.monotonic()
        time.sleep(PAUSE)
    raise RuntimeError("What was published did not show.")
