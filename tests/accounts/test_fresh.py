"""What weighs more asks again who is there, and what was sent meanwhile is not lost."""

import html
import re

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone
from django.views import View

from clinic import urls as site_urls
from clinic.accounts.fresh import ask_first, is_fresh
from tests.accounts.signing_in import SECRET, give_factor, sign_in
from tests.accounts.test_second_factor import PASSWORD, code_at
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WEIGHTY = "/admin/weighty/"
TYPED = "A reason that somebody typed"
done = []


class WeightyView(View):
    """Something that weighs more."""

    def get(self, request):
        return HttpResponse("weighty") if is_fresh(request) else ask_first(request)

    def post(self, request):
        if not is_fresh(request):
            return ask_first(request)
        done.append(request.POST["reason"])
        return HttpResponse("done")


urlpatterns = [path("admin/weighty/", WeightyView.as_view()), *site_urls.urlpatterns]
handler404, handler500 = site_urls.handler404, site_urls.handler500


@pytest.fixture
def somebody(client, settings):
    settings.ROOT_URLCONF = __name__
    done.clear()
    user = UserFactory(group="Managers")
    user.set_password(PASSWORD)
    user.save()
    return sign_in(client, user, is_fresh=False)


def carried(page):
    return html.unescape(re.findall(r'name="typed" value="([^"]+)"', page.content.decode())[0])


def test_a_page_is_shown_after_the_password(client, somebody):
    asked = client.get(WEIGHTY)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    client.get(asked.url)
    again = client.post(asked.url, {"password": PASSWORD, "next": WEIGHTY})
    assert (again.status_code, again.url) == (302, WEIGHTY)
    assert client.get(WEIGHTY).content == b"weighty"


def test_freshness_lasts_a_quarter_of_an_hour(client, somebody):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    now = timezone.now()
    with time_machine.travel(now + timezone.timedelta(minutes=14, seconds=50), tick=False):
        assert client.get(WEIGHTY).content == b"weighty"
    with time_machine.travel(now + timezone.timedelta(minutes=15, seconds=10), tick=False):
        assert client.get(WEIGHTY).status_code == 302
    # A clock that was put back makes nothing fresh.
    with time_machine.travel(now - timezone.timedelta(hours=2), tick=False):
        assert client.get(WEIGHTY).status_code == 302


@pytest.mark.parametrize("way", ["password", "code"])
def test_what_was_sent_comes_back_and_is_done_when_sent_again(client, somebody, way):
    give_factor(somebody)
    asked = client.post(WEIGHTY, {"reason": TYPED, "csrfmiddlewaretoken": "x"})
    assert asked.status_code == 403
    assert TYPED in asked.content.decode()
    sent = {"typed": carried(asked)}
    address = reverse("account_reauthenticate" if way == "password" else "mfa_reauthenticate")
    wrong = client.post(address, {**sent, way: "wrong"})
    assert TYPED in wrong.content.decode()
    right = PASSWORD if way == "password" else code_at(timezone.now(), SECRET)
    offered = client.post(address, {**sent, way: right})
    assert TYPED in offered.content.decode()
    assert done == []
    client.post(WEIGHTY, {"reason": TYPED})
    assert done == [TYPED]


def test_nobody_else_becomes_fresh(client, somebody):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    other = Client()
    sign_in(other, UserFactory(group="Managers"), is_fresh=False)
    assert other.get(WEIGHTY).status_code == 302
