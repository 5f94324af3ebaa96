"""What leaves the admin on paper holds nothing that was typed, and is noted."""

import pytest
from django.urls import reverse

from consults.models import AuditEvent
from tests.factories.consults import make_request
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TYPED = {"name": "Markername", "note": "Markernote", "email": "marker@example.org", "needs": "Markerneed"}


def test_the_sheet_to_print_bears_no_name(client):
    client.force_login(UserFactory(group="Front desk"))
    request = make_request(**TYPED)
    page = client.get(reverse("consult_requests:paper", args=[request.pk])).content.decode()
    assert request.reference in page
    assert "arker" not in page
    assert "555" not in page
    assert AuditEvent.objects.get().action == "print"
    assert request.timeline.last().action == "print"
