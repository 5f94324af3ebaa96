"""Nobody enters the admin without a second factor where one is asked for, and no code counts twice."""

import html
import re
from urllib.parse import unquote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from clinic.accounts import factors
from consults.models import ConsultNote
from tests.accounts.signing_in import SECRET, give_factor, sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN, CODE = "/admin/login/", "/admin/account/code/"
PASSWORD = "a long password of the desk"


@pytest.fixture
def enforced(settings, client):
    """Ask for a second factor, as a real site does."""
    settings.SECOND_FACTOR_REQUIRED = True
    # Middleware decides when it is loaded.
    client.handler = type(client.handler)(client.handler.enforce_csrf_checks)


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk")
    user.set_password(PASSWORD)
    user.save()
    return user


def code_at(moment, secret=SECRET):
    """Return what an app shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def give_password(client, user, **more):
    return client.post(LOGIN, {"login": user.get_username(), "password": PASSWORD, **more})


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_a_password_alone_opens_nothing_of_an_account_with_a_factor(client, desk):
    give_factor(desk)
    answer = give_password(client, desk)
    assert (answer.status_code, answer.url) == (302, CODE)
    assert not is_in(client)
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    answer = client.post(CODE, {"code": code_at(timezone.now())})
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert is_in(client)


def test_a_code_counts_once_in_whatever_browser(client, desk):
    give_factor(desk)
    code = code_at(timezone.now())
    give_password(client, desk)
    client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    assert is_in(client)
    second = Client()
    give_password(second, desk)
    answer = second.post(CODE, {"code": code})
    assert "used before" in html.unescape(answer.content.decode())
    assert not is_in(second)


def test_no_code_older_than_the_newest_one_taken_counts(desk):
    give_factor(desk)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        before, this = code_at(now - timezone.timedelta(seconds=30)), code_at(now)
        assert factors.take_code(desk, this)
        assert factors.take_code(desk, before) is None
        assert factors.take_code(desk, this) is None


@pytest.mark.parametrize("hours", [-2, 2])
def test_the_code_of_a_clock_two_hours_off_is_refused_with_what_to_do(client, desk, hours):
    give_factor(desk)
    give_password(client, desk)
    answer = client.post(CODE, {"code": code_at(timezone.now() + timezone.timedelta(hours=hours))})
    assert "clock of your phone" in html.unescape(answer.content.decode())
    assert not is_in(client)


def test_a_recovery_code_counts_once(client, desk):
    give_factor(desk)
    [code, *_others] = RecoveryCodes.activate(desk).get_unused_codes()
    for browser, expected in ((client, True), (Client(), False)):
        give_password(browser, desk)
        browser.post(CODE, {"code": code})
        assert is_in(browser) is expected


def test_the_secrets_of_factors_are_sealed_in_the_database(client, desk):
    sign_in(client, desk)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    [secret] = re.findall(r'account__key">(\w+)<', page)
    client.post(reverse("mfa_activate_totp"), {"code": code_at(timezone.now(), secret)})
    assert factors.has_own_factor(desk)
    codes = desk.authenticator_set.get(type="recovery_codes").wrap().generate_codes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = str(cursor.fetchall())
    assert secret not in rows
    assert not any(code in rows for code in codes)


def test_the_code_that_added_an_app_does_not_sign_in(client, desk):
    sign_in(client, desk)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    [secret] = re.findall(r'account__key">(\w+)<', page)
    code = code_at(timezone.now(), secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    assert factors.take_code(desk, code) is None


def test_where_it_is_asked_for_nobody_gets_further_without_one(enforced, client, desk):
    sign_in(client, desk)
    for address in ("/admin/", "/admin/requests/", "/admin/account/", "/admin/pages/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    [secret] = re.findall(r'account__key">(\w+)<', page)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_at(timezone.now(), secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert "<code>" in client.get(answer.url).content.decode()
    # Shown once.
    assert "<code>" not in client.get(answer.url).content.decode()
    assert is_in(client)


def test_a_session_from_before_the_factor_signs_in_again(enforced, client, desk):
    sign_in(client, desk)
    give_factor(desk)
    answer = client.get("/admin/requests/")
    assert answer.url == f"{LOGIN}?next=/admin/requests/"
    assert "_auth_user_id" not in client.session


def test_a_session_that_nobody_signed_in_for_signs_in_again(enforced, client, desk):
    """Such as one that somebody wrote into the table."""
    client.force_login(desk)
    give_factor(desk)
    assert client.get("/admin/").url.startswith(LOGIN)


def test_the_only_factor_stays_where_one_is_asked_for(enforced, client, desk):
    sign_in(client, desk, with_factor=True)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "only second factor" in answer.content.decode()
    assert factors.has_own_factor(desk)


CHANGES = ["mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", CHANGES)
def test_a_factor_is_changed_after_signing_in_afresh_alone(client, desk, name):
    sign_in(client, desk, is_fresh=False, with_factor=True)
    answer = client.get(reverse(name))
    assert unquote(answer.url) == f"{reverse('account_reauthenticate')}?next={reverse(name)}"
    client.post(reverse(name))
    assert Authenticator.objects.filter(user=desk).count() == 1
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert "not your password" in wrong.content.decode()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200


def test_what_was_typed_is_back_after_both_steps(client, desk):
    consult, typed = make_consult(), "Markernote that was typed"
    give_factor(desk)
    refused = client.post(
        reverse("consult_requests:note", args=[consult.pk]), {"text": typed, "csrfmiddlewaretoken": "x"}
    )
    [carried] = re.findall(r'name="typed" value="([^"]+)"', refused.content.decode())[:1]
    carried = html.unescape(carried)
    second = give_password(client, desk, typed=carried)
    assert second.status_code == 200
    assert f'action="{CODE}"' in second.content.decode()
    wrong = client.post(CODE, {"code": "000000", "typed": carried})
    assert typed in wrong.content.decode()
    last = client.post(CODE, {"code": code_at(timezone.now()), "typed": carried})
    assert typed in last.content.decode()
    assert "Send it again" in last.content.decode()
    assert not ConsultNote.objects.exists()
    assert is_in(client)


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "javascript:1"]
)
def test_signing_in_leads_to_no_other_site(client, desk, elsewhere):
    answer = give_password(client, desk, next=elsewhere)
    assert answer.url == "/admin/"


def test_an_account_that_is_switched_off_is_told_no_more_than_a_wrong_password(client, desk):
    desk.is_active = False
    desk.save()
    answer = client.post(
        LOGIN, {"login": desk.get_username(), "password": PASSWORD}, follow=True
    ).content.decode()
    nobody = client.post(LOGIN, {"login": "nobody", "password": PASSWORD}).content.decode()
    assert "fit together" in answer
    assert "fit together" in nobody
    assert not is_in(client)


def test_nobody_signs_themselves_up(client):
    for address in ("/admin/signup/", "/admin/account/signup/", "/accounts/signup/"):
        ends_at = LOGIN if address.startswith("/admin/") else address
        response = client.get(address, follow=True)
        assert (response.request["PATH_INFO"], response.status_code) == (
            ends_at,
            200 if ends_at == LOGIN else 404,
        )


def test_whoever_has_no_way_into_the_admin_is_told_so(client):
    user = sign_in(client, UserFactory())
    answer = client.get(LOGIN)
    assert answer.status_code == 403
    assert user.get_username() in answer.content.decode()


def test_whoever_stands_before_the_code_begins_anew_with_a_new_password(client, desk, enforced):
    """What was begun with a password that others knew does not go on with the new one."""
    give_factor(desk)
    give_password(client, desk)
    assert client.get(CODE).status_code == 200
    desk.set_password("another long password of the desk")
    desk.save()
    assert client.post(CODE, {"code": code_at(timezone.now())}).url == LOGIN
    assert not is_in(client)
    assert client.get(LOGIN).status_code == 200


def test_whoever_stands_before_the_code_signs_in_after_the_factor_was_given_back(client, desk, enforced):
    """Two pages that lead to each other would keep them out."""
    give_factor(desk)
    give_password(client, desk)
    Authenticator.objects.filter(user=desk).delete()
    assert client.get(CODE).url == LOGIN
    assert client.get(LOGIN).status_code == 200
    give_password(client, desk)
    assert client.get("/admin/").url == reverse("mfa_index")


def test_whoever_is_switched_off_before_the_code_does_not_come_in(client, desk, enforced):
    give_factor(desk)
    give_password(client, desk)
    type(desk).objects.filter(pk=desk.pk).update(is_active=False)
    assert client.post(CODE, {"code": code_at(timezone.now())}).url == LOGIN
    type(desk).objects.filter(pk=desk.pk).update(is_active=True)
    assert not is_in(client)


@pytest.mark.parametrize("with_factor", [False, True])
def test_what_is_kept_for_staff_is_kept_from_a_password_alone(client, desk, enforced, with_factor):
    collection = Collection.get_first_root_node().add_child(name="For staff")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    kept = ContentFile(b"%PDF-1.4", name="kept.pdf")
    document = get_document_model().objects.create(title="Kept", file=kept, collection=collection)
    sign_in(client, desk, with_factor=with_factor)
    assert (client.get(document.url).status_code == 200) is with_factor
