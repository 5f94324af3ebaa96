"""What each program's clipboard becomes."""

import pytest

from clinic.pasting.convert import as_rich_text, as_story
from tests.factories.pages import HomePageFactory, TreatmentIndexPageFactory, TreatmentPageFactory
from tests.pasting.clipboards import NAMES, clipboard, expected, written

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def treatment(settings):
    """A page of ours that some of them link to."""
    settings.SITE_URL = settings.STAFF_URL = "http://localhost"
    home = HomePageFactory.make_site()
    return TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home), slug="ketamine")


def test_there_are_twenty_of_them():
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_text_becomes_these_blocks(name, treatment):
    found = written(as_story(clipboard(name))).replace(f'id="{treatment.pk}"', 'id="TREATMENT"')
    assert found == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_style_script_or_markup_gets_into_a_field(name):
    for takes in (["h3", "bold", "ol", "ul", "link"], ["bold"], []):
        text = as_rich_text(clipboard(name), takes).value
        for trace in ("mso-", "function", "font-family", "alert(1)", "<span", "style=", "stolen", "o:p"):
            assert trace not in text, (name, takes, trace)
