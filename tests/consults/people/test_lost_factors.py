"""Two managers let somebody begin anew who lost their second factor; one alone waits a day."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.factors import has_own_factor
from consults import workflow
from consults.models import AuditEvent, Decision
from consults.notices.outbox import send_due
from tests.accounts.doors import PASSWORD, is_in
from tests.accounts.mailed import links_of
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def with_old_factor(**user):
    """Return somebody with a factor that is two days old."""
    user = UserFactory(**user)
    factor = give_factor(user)
    Authenticator.objects.filter(pk=factor.pk).update(created_at=timezone.now() - timedelta(days=2))
    return user


@pytest.fixture
def desk(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = with_old_factor(group="Front desk")
    RecoveryCodes.activate(user)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def manager(desk):
    return with_old_factor(group="Managers", username="kim")


@pytest.fixture
def second(manager):
    return with_old_factor(group="Managers", username="lee")


def test_two_managers_let_somebody_begin_anew(desk, manager, second, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    auditor = UserFactory(group="Auditors")
    browser = Client()
    sign_in(browser, desk, with_factor=True)
    asked = workflow.give_back_factor(desk, actor=manager)
    assert workflow.Undone.DECIDING in asked.undone
    # Twice by the same one is once.
    workflow.give_back_factor(desk, actor=manager)
    assert has_own_factor(desk)
    assert is_in(browser)
    workflow.give_back_factor(desk, actor=second)
    assert not Authenticator.objects.filter(user=desk).exists()
    assert not is_in(browser)
    desk.refresh_from_db()
    assert not desk.check_password(PASSWORD)
    [(path, token)] = links_of(desk.email)
    new = {"token": token, "password1": "sixteen green hats", "password2": "sixteen green hats"}
    assert browser.post(path, new).status_code == 302
    details = list(
        AuditEvent.objects.filter(action="factor").order_by("seq").values_list("detail", flat=True)
    )
    assert len(details) == 3
    assert details[1] == "gave back a lost factor (2 removed), agreed by lee"
    mail.outbox.clear()
    send_due()
    assert {desk.email, auditor.email, "owner@example.org"} <= {message.to[0] for message in mail.outbox}


def test_in_a_clinic_of_one_manager_it_takes_a_day_and_not_less(desk, manager):
    start = timezone.now()
    workflow.give_back_factor(desk, actor=manager)
    with time_machine.travel(start + timedelta(hours=23, minutes=59), tick=False):
        assert workflow.carry_out_due() == 0
        assert has_own_factor(desk)
    with time_machine.travel(start + timedelta(hours=24, minutes=1), tick=False):
        assert workflow.carry_out_due() == 1
    assert not has_own_factor(desk)


def test_an_auditor_takes_the_wish_back(desk, manager):
    start = timezone.now()
    workflow.give_back_factor(desk, actor=manager)
    workflow.take_back(Decision.objects.get(), actor=UserFactory(group="Auditors"))
    with time_machine.travel(start + timedelta(days=2), tick=False):
        assert workflow.carry_out_due() == 0
    assert has_own_factor(desk)


def test_nobody_else_is_one_of_the_two(desk, manager, second):
    fresh = UserFactory(group="Managers")
    give_factor(fresh)
    workflow.give_back_factor(desk, actor=manager)
    for other, problem in {
        with_old_factor(group="Front desk"): workflow.NotAllowed,
        with_old_factor(superuser=True): workflow.NotAllowed,
        with_old_factor(group="Managers", is_active=False): workflow.NotAllowed,
        UserFactory(group="Managers"): workflow.NotSettled,
        fresh: workflow.NotSettled,
    }.items():
        with pytest.raises(problem):
            workflow.give_back_factor(desk, actor=other)
    assert has_own_factor(desk)


def test_nobody_vouches_for_themselves(manager, second):
    with pytest.raises(workflow.InvalidTransition):
        workflow.give_back_factor(manager, actor=manager)
    workflow.give_back_factor(manager, actor=second)
    with pytest.raises(workflow.InvalidTransition):
        workflow.agree(Decision.objects.get(), actor=manager)
    assert has_own_factor(manager)


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}])
def test_an_account_that_cannot_begin_anew_stays_as_it_is(desk, manager, values):
    type(desk).objects.filter(pk=desk.pk).update(**values)
    desk.refresh_from_db()
    with pytest.raises(workflow.InvalidTransition):
        workflow.give_back_factor(desk, actor=manager)


def test_the_page_asks_for_it_and_says_that_it_waits(client, desk, manager, second):
    sign_in(client, manager, with_factor=True)
    page = reverse("consult_people:person", args=[desk.pk])
    assert "Let them begin anew" in client.get(page).content.decode()
    answer = client.post(reverse("consult_people:factor", args=[desk.pk]), follow=True)
    assert "a second manager has to agree" in answer.content.decode()
    assert Decision.objects.get().about == desk
