"""Whoever signs in to a demonstration is told so."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOTICE = "This is a demonstration"


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_notice_shows_in_a_demonstration_only(admin_client, settings, is_demo):
    settings.DEMO_MODE = is_demo
    settings.EMAIL_FILE_PATH = "/var/spool/demo-mail"
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert (NOTICE in page) is is_demo
    assert ("/var/spool/demo-mail" in page) is is_demo
