"""Every address of the admin, tried by nine kinds of people in four states: who gets in, and who does not.

`make test` tries them all by GET, in the states that keep everybody out as those two who may most. `make
doors` takes everybody in every state, also sends a form to each address that has to stay shut, and prints
what it tried.
"""

import os
import re
from collections import Counter

import pytest
from django.contrib.auth.models import Group
from django.urls import resolve, reverse

from clinic.accounts.said_by_views import is_open_without_factor
from consults.consent_wordings import PURPOSES, add_wording
from consults.enums import Locale
from tests.accounts.signing_in import sign_in
from tests.consults.test_every_address import ADDRESSES
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.long]
TRIES_FORMS_TOO = bool(os.environ.get("EVERY_DOOR"))
ROLES = {
    "anonymous": None,
    "nobody in particular": {},
    "editor": {"group": "Editors"},
    "medical reviewer": {"group": "Medical reviewers"},
    "front desk": {"group": "Front desk"},
    "clinician": {"group": "Clinician"},
    "manager": {"group": "Managers"},
    "auditor": {"group": "Auditors"},
    "site administrator": {"superuser": True},
}
# Who comes into the admin at all, and who of them may most.
STAFF = [role for role in ROLES if role not in ("anonymous", "nobody in particular")]
TRIED = STAFF if TRIES_FORMS_TOO else ["manager", "site administrator"]
DESK = {"front desk", "clinician", "manager"}
SITE = {"site administrator"}
WRITERS = {"editor", "site administrator"}
# Who gets in where, by how an address begins, the special ones first. What is not here is for everybody who
# enters the admin: it shows them what they may see there, such as the pages of a chooser.
AREAS = {
    "/admin/requests/emergency/": SITE,
    "/admin/requests/export/": {"manager"},
    r"/admin/requests/\d+/(erase|hold|held|stop/lift)/": {"manager"},
    "/admin/requests": DESK,
    "/admin/consult-reports/": {"manager"},
    "/admin/consult-audit/": {"auditor"},
    "/admin/consent_wordings/(edit|delete|usage)/": set(),
    "/admin/consent_wordings/": {"manager"},
    "/admin/reply_templates/": {"manager"},
    "/admin/every-page/": {"manager"},
    r"/admin/people/($|decisions/\d+/take-back/)": {"manager", "auditor"},
    "/admin/people/away/": DESK,
    "/admin/people/": {"manager"},
    # One's own account, which is the first here, can't be deleted.
    "/admin/users/delete/": set(),
    "/admin/(users|groups|sites)/": SITE,
    "/admin/reviewing-accounts/": SITE,
    "/admin/one-clinician/": {"manager", *SITE},
    "/admin/live-pages-that-do-not-hold/": {"manager", *WRITERS},
    "/admin/review/": {"medical reviewer", "site administrator"},
    "/admin/redirects/": WRITERS,
    "/admin/(collections|workflows)/(?!task_chooser)": SITE,
    "/admin/pages/add/": WRITERS,
    "/admin/pasting/": WRITERS,
    "/admin/(posts|treatments|team|blog-topics)/": WRITERS,
    "/admin/(documents|images)/(multiple/)?add/": WRITERS,
    "/admin/(search-misses|due)/": WRITERS,
    "/admin/(removed-pages|broken-links|not-found)/": WRITERS,
    r"/admin/snippets/core/(faq|regulatorystatement)/$": {"medical reviewer", *WRITERS},
    r"/admin/snippets/[a-z]+/[a-z]+/(add/|$)": WRITERS,
}
# Wagtail looks for these before it looks who asks (from 8.0 on also for kinds), and there are none: a 404
# says nothing of the right.
LOOKED_FOR_FIRST = re.compile(
    r"/admin/(groups/|(reviewing-accounts|one-clinician)/(?!edit)|(pages|workflows/tasks)/add/x/x/|(collections|redirects)/1/delete/|"
    # Files of redirects are read on the server only.
    r"redirects/import/|"
    r"workflows/(tasks/)?(enable|remove)/)"
)
# One's own account stays one's own, whatever else somebody may do.
OWN = "/admin/account/"
BEFORE_SIGNING_IN = re.compile(
    "/admin/(login|logout|jsi18n|sprite|password_reset|invitation|draft|"
    "account/(code|passkey|factors/passkeys|email/answer|sessions/left|sessions/stay))/"
)


@pytest.fixture
def real_site(settings, client):
    """The site as it runs for real, with something behind each door."""
    settings.SECOND_FACTOR_REQUIRED = True
    # Middleware decides when it is loaded.
    client.handler = type(client.handler)(client.handler.enforce_csrf_checks)
    client.raise_request_exception = False
    add_wording(locale=Locale.EN, texts=dict.fromkeys(PURPOSES, "A text."), author=None)
    return make_consult()


@pytest.fixture(scope="module")
def tried():
    """How many answers there were of each kind."""
    counts = Counter()
    yield counts
    print(f"\nDoors tried: {sum(counts.values())}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))


def doors(consult):
    """Yield every address of the admin."""
    for address in ADDRESSES:
        if address.startswith("/admin/"):
            yield address.format(pk=consult.pk) if "{pk}" in address else address


def outcome(response):
    """Return in a word what an answer is."""
    leads_to = response.headers.get("Location", "").partition("?")[0]
    if leads_to == reverse("account_login"):
        return "asked to sign in"
    if leads_to == reverse("mfa_index"):
        return "led to second factors"
    if response.status_code == 403 or leads_to == "/admin/":
        return "refused"
    if response.status_code in (404, 405):
        return "nothing there"
    if response.status_code >= 500:
        return "failed"
    return "inside"


def area_of(address):
    """Return who may get in; None where everybody may who enters the admin."""
    return next((roles for start, roles in AREAS.items() if re.match(start, address)), None)


def everybody_out(client, consult, tried, *, expected, own_account=()):
    """Return the addresses that answer otherwise than expected; at the own account, more may be."""
    wrong = {}
    for address in doors(consult):
        for send in [client.get, client.post] if TRIES_FORMS_TOO else [client.get]:
            if BEFORE_SIGNING_IN.match(address) or is_open(address):
                continue
            found = outcome(send(address))
            tried[found] += 1
            if found not in (expected | set(own_account) if address.startswith(OWN) else expected):
                wrong[address] = found
    return wrong


def is_open(address):
    """Whether its view says that it leads to a factor; test_said_by_views.py holds which ones do."""
    return is_open_without_factor(resolve(address))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_the_table_says(client, real_site, tried, role):
    if ROLES[role]:
        sign_in(client, UserFactory(**ROLES[role]), with_factor=True)
    wrong = {}
    for address in doors(real_site):
        if BEFORE_SIGNING_IN.match(address):
            continue
        found = outcome(client.get(address))
        tried[found] += 1
        area = area_of(address)
        if role == "anonymous":
            is_right = found == "asked to sign in"
        elif role == "nobody in particular":
            is_right = address.startswith(OWN) or found != "inside"
        elif area is None:
            is_right = found != "asked to sign in"
        else:
            may_be_missing = role in area or LOOKED_FOR_FIRST.match(address)
            expected = "inside" if role in area else "refused"
            is_right = found == expected or (may_be_missing and found == "nothing there")
        if not is_right:
            wrong[address] = found
        if TRIES_FORMS_TOO and area is not None and role not in area:
            found = outcome(client.post(address))
            tried[found] += 1
            expected = "refused" if role in STAFF else "asked to sign in"
            may_be_missing = role in STAFF and LOOKED_FOR_FIRST.match(address)
            if found != expected and not (may_be_missing and found == "nothing there"):
                wrong[f"POST {address}"] = found
    assert wrong == {}


@pytest.mark.parametrize("role", TRIED)
def test_nobody_gets_in_without_a_factor(client, real_site, tried, role):
    sign_in(client, UserFactory(**ROLES[role]))
    assert everybody_out(client, real_site, tried, expected={"led to second factors"}) == {}


@pytest.mark.parametrize("role", TRIED)
def test_an_account_that_is_switched_off_gets_in_nowhere(client, real_site, tried, role):
    user = sign_in(client, UserFactory(**ROLES[role]), with_factor=True)
    assert client.get("/admin/").status_code == 200
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert everybody_out(client, real_site, tried, expected={"asked to sign in"}) == {}


@pytest.mark.parametrize("role", TRIED)
def test_a_role_that_was_just_removed_opens_nothing(client, real_site, tried, role):
    user = sign_in(client, UserFactory(**ROLES[role]), with_factor=True)
    assert client.get("/admin/").status_code == 200
    user.groups.clear()
    type(user).objects.filter(pk=user.pk).update(is_superuser=False)
    assert not Group.objects.filter(user=user).exists()
    assert (
        everybody_out(
            client, real_site, tried, expected={"asked to sign in", "refused"}, own_account={"inside"}
        )
        == {}
    )
