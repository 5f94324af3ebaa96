"""Reading the figures is noted, and so is the door that stayed shut."""

import pytest

from consults.models import AuditEvent
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/consult-reports/"


@pytest.mark.parametrize(("group", "action"), [("Managers", "report"), ("Front desk", "denied")])
def test_one_event_for_each_visit(client, group, action):
    user = UserFactory(group=group)
    client.force_login(user)
    client.get(PAGE)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor) == (action, user)
