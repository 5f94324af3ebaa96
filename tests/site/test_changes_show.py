"""Whatever changes in public shows at once, through every door, and what was taken down never comes back."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from urllib.parse import urlencode, urlsplit

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.factories.forms import BROWSER, form_data
from tests.postgresql import fresh_database, run_sql
from tests.site.node import Node
from tests.site.visitors import HIDDEN, Door, Subject, Visitors

pytestmark = [pytest.mark.long, pytest.mark.in_order]

PAGES = ["alpha", "beta", "gamma", "delta", "place", "epsilon", "zeta", "eta"]
ROUNDS = 2
PATIENCE = 60
CSRF = "c" * 32


class Clinic:
    """The machines, the doors, and somebody who changes things on the first machine."""

    def __init__(self, nodes, editor, keys, cookies):
        self.nodes, self._editor = nodes, editor
        self._keys, self._cookies = keys, f"{cookies}; csrftoken={CSRF}"
        self.doors = [
            Door(node, port, is_home=node is nodes[0]) for node in nodes for port in (node.port, node.front)
        ]

    def by_command(self, *wish):
        """Do something from the command line; return the generation after it."""
        return tell(self._editor, *wish)[0]

    def by_form(self, slug, what, data=None):
        """Do something to a page in the admin; return the generation after it was acknowledged."""
        status, _headers, body = self.doors[0].ask(
            f"/admin/pages/{self._keys[slug]}/{what}/",
            "POST",
            urlencode(data or {}),
            **{
                "Cookie": self._cookies,
                "X-CSRFToken": CSRF,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        assert status in (200, 302), (what, status, body[:2000])
        # The files of before are gone by now; the number can be asked for in peace.
        return max(self.by_command("number"), 1)

    def edit(self, slug, action, title):
        """Send the form of a page."""
        fields = {"title": title, "slug": slug, "body": streamfield([]), action: "yes"}
        fields["share_pictures"] = inline_formset([])
        return self.by_form(slug, "edit", nested_form_data(fields))

    def move(self, slug, below):
        """Put a page below another one."""
        return self.by_form(slug, f"move/{self._keys[below]}/confirm")

    def add(self, slug, title):
        """Add a page anew, at an address that had one."""
        number = self.by_command("add", slug, title)
        self._keys[slug] = tell(self._editor, "key_of", slug)[1]
        return number

    def wait_for_files(self, number):
        """Return once every machine has all files of this generation or a later one."""
        until = time.monotonic() + PATIENCE
        while not all(node.finished() >= number for node in self.nodes):
            assert time.monotonic() < until, [(node.linked(), node.finished(), number) for node in self.nodes]
            time.sleep(0.05)


def tell(editor, *wish):
    editor.stdin.write(json.dumps(wish) + "\n")
    editor.stdin.flush()
    line = editor.stdout.readline()
    assert line, f"the editor failed at {wish}"
    return json.loads(line)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """One machine on SQLite; two on PostgreSQL."""
    folder = tmp_path_factory.mktemp("showing")
    with fresh_database() as url, contextlib.ExitStack() as stack:
        first = Node(folder / "first", url or f"sqlite:///{folder}/first/db.sqlite3", folder / "media")
        first.prepare()
        nodes = [first]
        if url:
            nodes.append(Node(folder / "second", url, folder / "media"))
            nodes[1].prepare(like=first)
        editor = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.site.editor"],
                env={**first.environment, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        _number, made = tell(editor, "begin", PAGES)
        for node in nodes:
            stack.enter_context(node.running())
        yield Clinic(nodes, editor, made["keys"], made["cookies"])
        editor.stdin.close()


def change(subject, version, do):
    """Do something that an address shows: the new version counts as soon as this returns."""
    changes([(subject, version)], do)


def changes(told, do):
    for subject, version in told:
        subject.versions.append(version)
    number = do()
    for subject, _version in told:
        subject.generations.append(number)


def test_each_change_shows_once_it_is_acknowledged(clinic):
    a = {slug: Subject(f"/{slug}/", slug) for slug in PAGES if slug != "place"}
    there = Subject("/place/delta/", "delta", versions=[HIDDEN])
    topic = Subject("/blog/topic/rest/", "Topic", is_asked_anew=False)
    name = Subject("/get-help-now/", "Name", is_asked_anew=False)
    picture = Subject("/team/person/", "Picture", is_asked_anew=False)
    clinic.wait_for_files(clinic.by_command("number"))
    visitors = Visitors(clinic.doors, [*a.values(), there, topic, name, picture])
    with visitors.looking():
        for k in range(1, ROUNDS + 1):
            version = k + 1
            change(a["alpha"], version, lambda k=k: clinic.edit("alpha", "action-publish", f"alpha{k}x"))
            clinic.wait_for_files(a["alpha"].generations[-1])
            change(a["beta"], HIDDEN, lambda: clinic.by_form("beta", "unpublish"))
            change(a["beta"], version, lambda k=k: clinic.by_command("publish", "beta", f"beta{k}x"))
            closing = {"restriction_type": "login"}
            change(a["gamma"], HIDDEN, lambda d=closing: clinic.by_form("gamma", "privacy", d))
            change(a["gamma"], version, lambda k=k: clinic.by_command("open_again", "gamma", f"gamma{k}x"))
            changes([(a["delta"], HIDDEN), (there, 1)], lambda: clinic.move("delta", "place"))
            change(a["epsilon"], HIDDEN, lambda: clinic.by_command("expire", "epsilon"))
            change(a["epsilon"], version, lambda k=k: clinic.by_command("revive", "epsilon", f"epsilon{k}x"))
            change(a["zeta"], version, lambda k=k: clinic.by_command("update", "zeta", f"zeta{k}x"))
            change(a["eta"], HIDDEN, lambda: clinic.by_form("eta", "delete"))
            change(a["eta"], version, lambda k=k: clinic.add("eta", f"eta{k}x"))
            change(topic, version, lambda k=k: clinic.by_command("topic", f"Topic{k}x"))
            change(name, version, lambda k=k: clinic.by_command("name", f"Name{k}x"))
            change(picture, version, lambda k=k: clinic.by_command("picture", f"Picture{k}x"))
            changes([(a["delta"], 1), (there, HIDDEN)], lambda: clinic.move("delta", "front"))
            clinic.wait_for_files(clinic.by_command("number"))
            time.sleep(0.5)
    assert not visitors.complaints, summary(visitors)
    for door in clinic.doors:
        # Or files were never tried.
        assert visitors.kept[door.port] > 20, (visitors.kept, visitors.answers)


def summary(visitors):
    """Return how many answers were wrong at each door and address, and the first ones in full."""
    counted = Counter((door, address) for door, address, *_rest in visitors.complaints)
    return "\n".join(map(str, [*counted.items(), *visitors.complaints[:9], visitors.answers]))


def test_what_editors_keep_to_themselves_starts_nothing(clinic):
    before = clinic.by_command("number")
    clinic.edit("alpha", "action-save", "Secret draft")
    clinic.by_command("draft", "alpha")
    assert clinic.by_command("number") == before
    assert all(b"Secret draft" not in door.ask("/alpha/")[2] for door in clinic.doors)


@pytest.mark.parametrize(
    "take_down",
    [
        lambda clinic: clinic.by_form("alpha", "unpublish"),
        lambda clinic: clinic.by_form("alpha", "privacy", {"restriction_type": "login"}),
        lambda clinic: clinic.by_command("update_live", "alpha"),
    ],
)
def test_what_was_taken_down_never_comes_back_though_all_stops_at_once(clinic, take_down):
    """Server and worker end in the moment in which the change is acknowledged."""
    home = clinic.nodes[0]
    clinic.by_command("open_again", "alpha", "alpha7x")
    clinic.wait_for_files(clinic.by_command("publish", "alpha", "alpha7x"))
    front = clinic.doors[1]
    assert b"alpha7x" in front.ask("/alpha/")[2]
    take_down(clinic)
    home.kill()
    try:
        status, _headers, body = front.ask("/alpha/")
        assert (status, b"alpha7x" in body) == (502, False)
        # An honest page: how to reach the clinic, and the crisis line.
        assert b"tel:988" in body
    finally:
        home.start()
    clinic.wait_for_files(clinic.by_command("number"))
    home.kill()
    try:
        assert b"alpha7x" not in front.ask("/alpha/")[2]
        assert front.ask("/zeta/")[0] == 200
    finally:
        home.start()


def test_without_the_database_every_page_stands_and_the_form_accepts(clinic):
    clinic.wait_for_files(clinic.by_command("number"))
    addresses = [*sitemap(clinic.doors[0]), "/sitemap.xml"]
    assert len(addresses) >= len(PAGES)
    with without_database(clinic.nodes[0]):
        for door in clinic.doors:
            # A process may have seen the folder of before last: then its next look finds this one.
            until = time.monotonic() + PATIENCE
            while door.ask("/")[0] != 200:
                assert time.monotonic() < until, door
                time.sleep(0.1)
        for door in clinic.doors:
            for address in addresses:
                assert door.ask(address)[0] == 200, (door, address)
        assert accepts(clinic.doors[0])
    clinic.wait_for_files(clinic.by_command("number"))


def sitemap(door):
    """Return all addresses that the site tells search engines of."""
    tree = ET.fromstring(door.ask("/sitemap.xml")[2])  # noqa: S314
    return [
        urlsplit(place.text).path for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]


def accepts(door):
    """Whether the form takes a request."""
    page = door.ask("/consultation/", **BROWSER)[2].decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    time.sleep(4)
    data = urlencode(form_data(token=token), doseq=True)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return door.ask("/consultation/", "POST", data, **BROWSER, **kind)[0] == 303


@contextlib.contextmanager
def without_database(node):
    """Let nobody in until the block ends."""
    if node.database_url.startswith("sqlite"):
        file = node.folder / "db.sqlite3"
        aside = file.rename(file.with_suffix(".aside"))
        # No empty one can be made in its place.
        file.mkdir()
        yield
        file.rmdir()
        aside.rename(file)
        return
    name = urlsplit(node.database_url).path.strip("/")
    url = os.environ["DATABASE_URL"]
    run_sql(url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    run_sql(url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
    yield
    run_sql(url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
