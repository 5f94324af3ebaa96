"""Cards of shared links: drawn by the worker for what everybody may see, and for nothing else."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import PageViewRestriction

from clinic.core import generation
from clinic.core.kept_pages import folders, writer
from clinic.core.models import ClinicImage, SharePicture
from clinic.core.share_cards import cards, drawing, icons, keeping
from clinic.core.share_cards.keeping import CardKeeper
from consults.management import steps
from tests.core.picture_files import encoded
from tests.factories.pages import BlogIndexPageFactory, BlogPageFactory, HomePageFactory, StandardPageFactory

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SITE_URL = "https://clinic.test"
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "name": "Quiet Clinic"}


@pytest.fixture
def home(db):
    return HomePageFactory.make_site(title="Front")


def files():
    return {path.name for path in cards.folder().iterdir()} if cards.folder().exists() else set()


def meta_of(client, address):
    found = re.findall(
        r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">',
        client.get(address).content.decode(),
    )
    assert len(found) == len(dict(found))
    return dict(found)


def draw_all():
    keeper = CardKeeper()
    while keeper.go_on():
        pass
    return keeper


def test_each_page_has_a_card_with_its_title_once_the_worker_drew_it(client, home):
    page = StandardPageFactory(parent=home, title="What we do", slug="about")
    before = meta_of(client, page.url)
    assert "og:image" not in before and before["twitter:card"] == "summary"
    draw_all()
    told = meta_of(client, page.url)
    assert told["og:image:alt"] == "What we do – Quiet Clinic"
    assert told["twitter:card"] == "summary_large_image"
    name = told["og:image"].removeprefix("https://clinic.test/media/images/")
    with Image.open(cards.folder() / name) as card:
        assert card.size == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)
        assert told["og:image:type"] == Image.MIME[card.format] == "image/png"
    assert (cards.folder() / name).stat().st_size < 60_000
    for no_page in ("/get-help-now/", "/consultation/", "/consultation/es/"):
        assert meta_of(client, no_page)["og:image:alt"] == "Quiet Clinic"


def test_pages_that_are_files_already_are_written_anew_with_their_cards(home):
    number = generation.current()
    draw_all()
    assert generation.current() == number
    StandardPageFactory(parent=home, title="Later")
    number = generation.current()
    folders.link(folders.new_folder(number, folders.About("", frozenset(), ())))
    draw_all()
    assert generation.current() > number


@pytest.fixture
def worker(home, monkeypatch, settings, tmp_path):
    """A round of a worker that has just started; it returns which generation is kept, if one is."""
    settings.SITE_URL = "http://testserver"
    settings.KEPT_PAGES_DIR = tmp_path / "kept"
    monkeypatch.setattr(keeping, "_keeper", CardKeeper())
    monkeypatch.setattr(writer, "_writer", writer.Writer())
    monkeypatch.setattr(writer, "SECONDS_AT_ONCE", 600)

    def work():
        try:
            keeping.keep_cards()
        finally:
            steps.write_public_pages()
        return folders.linked() and folders.number_of(folders.linked())

    return work


def test_pages_become_files_once_their_cards_are_drawn(worker, monkeypatch):
    number = generation.current()
    monkeypatch.setattr(keeping, "SECONDS_AT_ONCE", -1)
    assert worker() is None
    monkeypatch.setattr(keeping, "SECONDS_AT_ONCE", 60)
    assert worker() == number == generation.current()


def test_pages_do_not_wait_for_ever_for_cards(worker, monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS_AT_ONCE", -1)
    rounds = [worker() for _round in range(keeping.PATIENCE_IN_ROUNDS + 1)]
    assert rounds == [None] * keeping.PATIENCE_IN_ROUNDS + [generation.current()]


def test_pages_do_not_wait_for_cards_that_find_no_room(worker, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_put", full)
    with pytest.raises(OSError, match="No space"):
        worker()
    assert folders.number_of(folders.linked()) == generation.current()


def test_a_visitor_waits_for_no_drawing(client, home, monkeypatch):
    def fail(*args):
        raise AssertionError("drawn for a visitor")

    monkeypatch.setattr(drawing, "title_card", fail)
    assert client.get("/").status_code == 200
    assert files() == set()


def test_a_page_whose_own_card_is_not_there_yet_goes_with_that_of_the_clinic(client, home):
    draw_all()
    page = StandardPageFactory(parent=home, title="New")
    assert meta_of(client, page.url)["og:image:alt"] == "Quiet Clinic"


def test_nothing_is_drawn_twice_and_nothing_that_is_the_same(home, monkeypatch):
    for slug in ("one", "other"):
        StandardPageFactory(parent=home, title="Same", slug=slug)
    keeper = draw_all()
    assert len(files()) == 3
    monkeypatch.setattr(keeping, "_make", None)
    generation.start_new()
    assert keeper.go_on() == 0


def test_what_is_taken_down_renamed_or_for_some_people_has_no_card(home):
    hidden = StandardPageFactory(parent=home, title="Hidden")
    renamed = StandardPageFactory(parent=home, title="Before")
    StandardPageFactory(parent=home, title="Draft", live=False)
    keeper = draw_all()
    before = files()
    assert cards.title_card_of(hidden).name in before
    PageViewRestriction.objects.create(page=hidden.page_ptr, restriction_type="login")
    renamed.title = "After"
    renamed.save()
    generation.start_new()
    (cards.folder() / ".card-half").write_bytes(b"x")
    while keeper.go_on():
        pass
    assert files() == {
        cards.clinic_card().name,
        cards.title_card_of(home).name,
        cards.title_card_of(renamed).name,
    }


def test_the_disk_is_bounded(home, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_CARDS", 4)
    blog = BlogIndexPageFactory(parent=home)
    posts = BlogPageFactory.create_batch(5, parent=blog)
    draw_all()
    assert len(files()) == 4
    assert cards.title_card_of(posts[-1]).name in files()


def test_drawing_goes_on_in_the_next_round(home, monkeypatch):
    StandardPageFactory.create_batch(3, parent=home)
    monkeypatch.setattr(keeping, "SECONDS_AT_ONCE", -1)
    keeper = CardKeeper()
    assert keeper.go_on() == 0
    monkeypatch.setattr(keeping, "SECONDS_AT_ONCE", 60)
    assert keeper.go_on() == 5


def test_a_picture_of_an_editor_takes_the_place_with_its_words(client, home, count_queries):
    file = ContentFile(encoded(Image.new("RGB", (900, 900), "teal"), "JPEG"), name="a.jpg")
    picture = ClinicImage.objects.create(title="IMG_1", description="A quiet lake", file=file)
    page, other = (StandardPageFactory(parent=home) for _number in range(2))
    queries = count_queries(lambda: client.get(page.url))
    SharePicture.objects.create(page=page, picture=picture)
    draw_all()
    told = meta_of(client, page.url)
    assert (told["og:image:alt"], told["og:image:type"]) == ("A quiet lake", "image/jpeg")
    with Image.open(cards.folder() / told["og:image"].rpartition("/")[2]) as card:
        assert card.size == (1200, 630)
    assert meta_of(client, other.url)["og:image:type"] == "image/png"
    assert count_queries(lambda: client.get(page.url)) == queries
    picture.delete()
    draw_all()
    assert meta_of(client, page.url)["og:image:type"] == "image/png"


def test_what_cannot_be_drawn_costs_only_its_own_card(client, home, caplog):
    broken = StandardPageFactory(parent=home, title="睡眠")
    page = StandardPageFactory(parent=home, title="Sleep")
    file = ContentFile(encoded(Image.new("RGB", (90, 90), "teal"), "JPEG"), name="a.jpg")
    gone = ClinicImage.objects.create(title="Gone", file=file)
    SharePicture.objects.create(page=page, picture=gone)
    gone.file.storage.delete(gone.file.name)
    draw_all()
    assert meta_of(client, broken.url)["og:image:alt"] == "Quiet Clinic"
    assert meta_of(client, page.url)["og:image:alt"] == "Sleep – Quiet Clinic"
    assert "睡眠" not in caplog.text


@pytest.mark.parametrize("title", ["", "W" * 255, "word " * 51, "Short", "a\tb  c"])
def test_any_title_stays_within_its_place(title):
    shown = drawing.title_card(title.strip(), "Quiet Clinic")
    plain = drawing.title_card("", "")
    assert shown.size == drawing.SIZE
    rows = range(drawing.TITLE_BOTTOM + 12, drawing.TITLE_BOTTOM + 14)
    for x in (*range(0, drawing.LEFT - 4, 6), *range(drawing.RIGHT + 6, drawing.WIDTH, 6)):
        assert shown.getpixel((x, 200)) == plain.getpixel((x, 200)), x
    ink = (0x14, 0x26, 0x2B)
    assert all(shown.getpixel((x, y)) != ink for y in rows for x in range(0, drawing.WIDTH, 3))


def test_a_card_is_named_by_all_that_it_shows():
    card = cards.Card("Quiet Clinic", title="Words")
    others = [replace(card, title="Word"), replace(card, clinic="Other"), replace(card, picture="x")]
    assert len({one.name for one in [card, *others]}) == 4
    assert replace(card, description="said").name == card.name


def test_the_icons_are_those_that_are_drawn(client, settings):
    for name, content in icons.drawn().items():
        stored = Image.open(settings.BASE_DIR / "static" / "img" / name)
        assert stored.convert("RGBA").tobytes() == Image.open(BytesIO(content)).convert("RGBA").tobytes(), (
            name
        )
    assert sorted(Image.open(settings.BASE_DIR / "static" / "img" / "favicon.ico").info["sizes"]) == [
        (16, 16),
        (32, 32),
        (48, 48),
    ]


def test_an_icon_is_found_where_it_is_looked_for(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert "favicon" in response["Location"]
    assert "max-age=86400" in response["Cache-Control"]
