"""Numbers as links."""

import pytest

from clinic.core.phones import phone_uri

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("(555) 555-0100", "tel:+15555550100"),
        ("555.555.0100", "tel:+15555550100"),
        ("1 555 555 0100", "tel:+15555550100"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("988", "tel:988"),
        ("", ""),
    ],
)
def test_phone_uri(number, expected):
    assert phone_uri(number) == expected
