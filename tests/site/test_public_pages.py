"""What holds for every page of the running demo that a visitor can reach."""

import json
import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.site.http import fetch

LIST_LIVE_PAGES = """
import json
from wagtail.models import Page
live = Page.objects.live().public().specific()
print("PAGES", json.dumps({page.url: page.specific_class.__name__ for page in live if page.url}))
"""


def live_pages(demo_site):
    """Return ``{path: page type}`` of every live page, asked from the demo's own database."""
    said = demo_site.manage("shell", "-c", LIST_LIVE_PAGES)
    pages = json.loads(re.search(r"^PAGES (.*)$", said, re.MULTILINE)[1])
    return {urlsplit(url).path: name for url, name in pages.items()}


def test_every_internal_link_answers(crawl):
    broken = {
        f"{address} (on {crawl.found_on[address]})": answer.status
        for address, answer in crawl.answers.items()
        if answer.status != 200
    }
    assert broken == {}


def test_every_live_page_can_be_reached(crawl, demo_site):
    assert set(live_pages(demo_site)) - set(crawl.pages) == set()


def test_sitemap_lists_every_live_page_under_the_address_of_the_site(crawl, demo_site):
    sitemap = fetch(f"{demo_site.url}/sitemap.xml").body.decode()
    listed = set(re.findall(r"<loc>(.*?)</loc>", sitemap))
    assert {demo_site.url + path for path in live_pages(demo_site)} - listed == set()
    assert {address for address in listed if not address.startswith(demo_site.url)} == set()


def test_every_fragment_leads_somewhere(crawl):
    lost = set()
    targets = {address: anchors(answer.tree) for address, answer in crawl.answers.items() if answer.is_html}
    for path, answer in crawl.pages.items():
        for element in answer.tree.iter("a"):
            address, fragment = urldefrag(urljoin(answer.url, element.get("href", "")))
            if fragment and address in targets and fragment not in targets[address]:
                lost.add(f"{path} → {element.get('href')}")
    assert lost == set()


def anchors(tree):
    return {element.get("id") for element in tree.iter()}


def test_every_id_is_used_once(crawl):
    twice = {}
    for path, answer in crawl.pages.items():
        ids = Counter(element.get("id") for element in answer.tree.iter() if element.get("id"))
        if repeated := [name for name, number in ids.items() if number > 1]:
            twice[path] = repeated
    assert twice == {}


def test_every_page_has_one_main_heading(crawl):
    headings = {path: len(list(answer.tree.iter("h1"))) for path, answer in crawl.pages.items()}
    assert {path: number for path, number in headings.items() if number != 1} == {}


def test_every_page_parses_without_errors(crawl):
    errors = {path: answer.document.errors for path, answer in crawl.pages.items()}
    assert {path: found for path, found in errors.items() if found} == {}


def test_every_page_has_a_title_of_its_own(crawl):
    titles = Counter(
        answer.tree.findtext(".//title")
        for address, answer in crawl.answers.items()
        if answer.is_html and not urlsplit(address).query and "/admin/" not in answer.url
    )
    assert [title for title, number in titles.items() if number > 1] == []


def test_no_public_answer_sets_a_cookie(crawl):
    cookies = {path: answer.headers.get("Set-Cookie") for path, answer in crawl.pages.items()}
    assert {path: cookie for path, cookie in cookies.items() if cookie} == {}


def test_unknown_address_helps(demo_site):
    answer = fetch(f"{demo_site.url}/no-such-place/")
    page = answer.body.decode()
    assert answer.status == 404
    assert len(list(answer.tree.iter("h1"))) == 1
    assert answer.document.errors == []
    assert "What would you like to find?" in page
    assert 'href="tel:988"' in page
    assert "(555) 555-01" in page
    assert answer.headers.get("Set-Cookie") is None


def test_demo_says_that_it_is_one_and_stays_out_of_search_engines(demo_site):
    answer = fetch(demo_site.url)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Demonstration site" in answer.body.decode()
