"""One way to write dates: by Django's named formats, which the site defines once."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from clinic.core.opening_hours import format_time

pytestmark = pytest.mark.once
MOMENT = datetime(2026, 11, 4, 15, 5, tzinfo=UTC)
# What machines read: the attribute of a <time> element.
FOR_MACHINES = {"c", "Y-m-d"}
NAMED = re.compile(r"[A-Z_]+_FORMAT")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("DATE_FORMAT", "November 4, 2026"),
        ("SHORT_DATE_FORMAT", "Nov 4, 2026"),
        ("MONTH_DAY_FORMAT", "Nov 4"),
        ("DATETIME_FORMAT", "Nov 4, 2026, 3:05\xa0pm"),
        ("SHORT_DATETIME_FORMAT", "Nov 4, 3:05\xa0pm"),
    ],
)
def test_each_format_has_a_name(name, shown):
    assert date_format(MOMENT, name) == shown


def test_spanish_keeps_its_own():
    with translation.override("es"):
        assert date_format(MOMENT, "DATE_FORMAT") == "4 de noviembre de 2026"


def test_no_template_writes_a_date_in_a_way_of_its_own():
    found = {
        (path.name, written)
        for path in Path(settings.BASE_DIR, "templates").rglob("*.*")
        for written in re.findall(r'(?:date:|\bnow )"([^"]+)"', path.read_text())
        if written not in FOR_MACHINES and not NAMED.fullmatch(written)
    }
    assert found == set()


def test_no_code_does_either():
    packages = [Path(settings.BASE_DIR, name) for name in ("blog", "clinic", "consults")]
    found = {
        path.name
        for package in packages
        for path in package.rglob("*.py")
        if re.search(r"utils\.dateformat|:%b|strftime\(\"%[^Z]", path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize("hour", [0, 9, 12, 17])
def test_a_date_writes_the_hour_like_the_clinics_hours(hour):
    moment = datetime(2026, 11, 24, hour, 5, tzinfo=UTC)
    with translation.override("en"):
        assert date_format(moment, "DATETIME_FORMAT").endswith(f", {format_time(moment.time())}")
        assert date_format(moment, "SHORT_DATETIME_FORMAT").endswith(f", {format_time(moment.time())}")
