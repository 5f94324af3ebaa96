"""The doors of the desk's people."""

from django.urls import path

from consults.admin_pages import MenuViewSet
from consults.permissions import can_take_back

from .away import AwayView
from .desk_start import DeskStartView
from .views import (
    AgreeView,
    GiveBackFactorView,
    GiveRoleView,
    InviteView,
    LetInView,
    PeopleView,
    PersonView,
    ProfileView,
    RevokeInvitationView,
    SwitchOffView,
    TakeBackView,
    TakeRoleView,
)


class PeopleViewSet(MenuViewSet):
    """The list, one person, and what waits."""

    name = "consult_people"
    url_prefix = "people"
    icon = "group"
    menu_label = "People at the desk"
    menu_name = "consult-people"
    menu_order = 96
    is_allowed = staticmethod(can_take_back)

    def get_urlpatterns(self):
        """Return the addresses below /admin/people/."""
        return [
            path("", PeopleView.as_view(), name="index"),
            # For everybody who answers requests.
            path("away/", AwayView.as_view(), name="away"),
            path("desk-start/", DeskStartView.as_view(), name="desk_start"),
            path("invite/", InviteView.as_view(), name="invite"),
            path("invitations/<int:pk>/revoke/", RevokeInvitationView.as_view(), name="revoke_invitation"),
            path("decisions/<int:pk>/agree/", AgreeView.as_view(), name="agree"),
            path("decisions/<int:pk>/take-back/", TakeBackView.as_view(), name="take_back"),
            path("<int:pk>/", PersonView.as_view(), name="person"),
            path("<int:pk>/give/", GiveRoleView.as_view(), name="give"),
            path("<int:pk>/take/", TakeRoleView.as_view(), name="take"),
            path("<int:pk>/about/", ProfileView.as_view(), name="about"),
            path("<int:pk>/factor/", GiveBackFactorView.as_view(), name="factor"),
            path("<int:pk>/switch-off/", SwitchOffView.as_view(), name="switch_off"),
            path("<int:pk>/let-in/", LetInView.as_view(), name="let_in"),
        ]
