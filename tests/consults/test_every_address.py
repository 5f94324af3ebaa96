"""Every address of the site and its admin, tried by everybody: contents show where they may, noted once."""

import re
import uuid

import pytest
from django.urls import URLPattern, get_resolver

from consults.models import AuditEvent
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MARKER = "Markername"
ROLES = {
    "anonymous": None,
    "editor": {"group": "Editors"},
    "medical reviewer": {"group": "Medical reviewers"},
    "front desk": {"group": "Front desk"},
    "clinician": {"group": "Clinician"},
    "manager": {"group": "Managers"},
    "auditor": {"group": "Auditors"},
    "superuser": {"superuser": True},
}
# Who gets in where, by how an address begins, the special ones first; consults has no other doors.
INSIDE = {
    "/admin/requests/emergency/": {"superuser"},
    "/admin/requests/export/": {"manager"},
    r"/admin/requests/\d+/(erase|held|hold|stop/lift)/": {"manager"},
    "/admin/requests/": {"front desk", "clinician", "manager"},
    "/admin/appointments/": {"front desk", "clinician", "manager"},
    "/admin/requests-by-phone/": {"front desk", "clinician", "manager"},
    "/admin/consult-reports/": {"manager"},
    "/admin/consult-audit/": {"auditor"},
    "/admin/every-page/": {"manager"},
    "/admin/decisions/": {"manager", "auditor"},
    # Whoever may take back what waits looks at the list; all else is for managers, signed in afresh.
    r"/admin/people/($|decisions/\d+/take-back/)": {"manager", "auditor"},
    "/admin/people/away/": {"front desk", "clinician", "manager"},
    "/admin/people/": {"manager"},
}
# Opened, and each by whoever may open.
SHOW_CONTENTS = re.compile(r"^/admin/requests/\d+/(reply/)?$")
# Forms, what every page says, and the views somebody keeps: they show nothing of requests.
FORMS = (
    "/admin/consult-audit/verify/",
    "/admin/every-page/",
    "/admin/people/",
    "/admin/requests-by-phone/",
    "/admin/requests/emergency/",
    "/admin/requests/export/",
    "/admin/requests/outage/",
    "/admin/requests/views/",
)
VALUES = {
    "int": "{pk}",
    "uuid": str(uuid.UUID(int=7)),
    "slug": "x",
    "str": "x",
    "path": "x",
    "page_path": "x",
}
PART = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(patterns, prefix="/"):
    """Yield every address of the patterns, with ``{pk}`` where a number belongs."""
    for pattern in patterns:
        address = prefix + PART.sub(lambda found: VALUES.get(found[1] or "str", "x"), str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield plain(address)
        else:
            yield from addresses(pattern.url_patterns, plain(address))


def plain(address):
    """Make an address of what is left of a regular expression."""
    address = re.sub(r"\(\?P<\w+>[^)]*\)|\(\?:[^)]*\)\?", "1", address)
    return re.sub(r"[\^$?]|\\Z", "", address).replace("\\", "")


# Whoever follows the way out is outside for all that follows.
ADDRESSES = sorted({*addresses(get_resolver().url_patterns)} - {"/admin/logout/"})


def test_the_list_of_addresses_is_whole():
    """What is known to be there is in it."""
    assert {"/consultation/", "/admin/requests/{pk}/", "/admin/consult-audit/", "/admin/pages/1/"} & {
        *ADDRESSES
    }
    assert len(ADDRESSES) > 250


@pytest.mark.parametrize("role", ROLES)
def test_contents_show_where_they_may_and_each_visit_is_one_event(client, role):
    consult = make_consult(name=MARKER, note=f"{MARKER} writes.")
    if ROLES[role]:
        client.force_login(UserFactory(**ROLES[role]))
    client.raise_request_exception = False
    wrong = {}
    for address in ADDRESSES:
        address = address.format(pk=consult.pk) if "{pk}" in address else address
        seen = AuditEvent.objects.count()
        response = client.get(address)
        page = b"".join(response.streaming_content) if response.streaming else response.content
        found = (
            MARKER in page.decode(errors="replace"),
            AuditEvent.objects.count() - seen,
            response.status_code,
        )
        if problem := what_is_wrong(role, address, *found):
            wrong[address] = problem
    assert wrong == {}


def what_is_wrong(role, address, shows, events, status):
    """Return what an answer should not have been, or nothing."""
    beginning = next((start for start in INSIDE if re.match(start, address)), None)
    # Wagtail's own screens may stumble over a made-up number.
    if status >= 500 and beginning:
        return f"failed with {status}"
    is_inside = bool(beginning) and role in INSIDE[beginning]
    if shows != (is_inside and bool(SHOW_CONTENTS.match(address))):
        return "shows contents" if shows else "does not show contents"
    if beginning is None or role == "anonymous":
        return f"{events} events" if events else None
    if not is_inside:
        return None if (status, events) == (403, 1) else f"lets in or does not note it: {status}, {events}"
    # What is only posted, what leads elsewhere and what is not there notes nothing.
    is_noted = status == 200 and not address.startswith(FORMS)
    return None if events == is_noted else f"{status}, {events} events"
