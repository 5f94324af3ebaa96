"""What a page says stays the same when it is opened and saved again."""

import pytest

from clinic.core.page_content import content_of
from tests.factories.pages import StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said(html):
    page = StandardPageFactory.build(body=[{"type": "text", "value": html}])
    return content_of(page)["body"]


def test_second_spaces_and_those_at_the_ends_say_nothing():
    """The editor of texts drops them when it opens a page."""
    typed = '<p data-block-key="a1">One.  Two. </p><ol><li> three <br/> four</li></ol>'
    assert said(typed) == said("<p>One. Two.</p><ol><li>three<br/>four</li></ol>")


def test_a_space_between_words_says_something():
    assert said("<p>no risk</p>") != said("<p>norisk</p>")
