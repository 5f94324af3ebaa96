"""The demo's public pages, found as a visitor finds them: by following links from the front page."""

from collections import deque
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.site.http import fetch, is_on, links_in

# A crawl that goes on for ever has found a trap, not a site.
MOST_PAGES = 600


class Crawl:
    """Every answer by its address, and where each address was found."""

    def __init__(self, site, starts):
        self.answers = {}
        self.found_on = dict.fromkeys((site + start for start in starts), "the start")
        waiting = deque(self.found_on)
        while waiting:
            assert len(self.answers) < MOST_PAGES, f"no end in sight: {list(self.answers)[-5:]}"
            address = waiting.popleft()
            answer = self.answers[address] = fetch(address)
            if answer.is_html and not self._belongs_to_staff(answer.url):
                new = {link for link in links_in(answer) if is_on(site, link)} - set(self.found_on)
                self.found_on.update(dict.fromkeys(new, address))
                waiting.extend(sorted(new))

    @property
    def pages(self):
        """The HTML pages for visitors, by path and query."""
        return {
            _on_site(address): answer
            for address, answer in self.answers.items()
            if answer.is_html and not self._belongs_to_staff(answer.url)
        }

    @staticmethod
    def _belongs_to_staff(address):
        return urlsplit(address).path.startswith("/admin/")


def _on_site(address):
    return urlunsplit(urlsplit(address)._replace(scheme="", netloc=""))


@pytest.fixture(scope="session")
def crawl(demo_site):
    """The crawl of the whole public site, made once."""
    return Crawl(demo_site.url, ["/", "/sitemap.xml", "/search/?query=treatment", "/search/?query=qzxwv"])
