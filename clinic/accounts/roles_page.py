"""The page that says what each role may, and which of them the reader has."""

from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic.roles import ADMINISTRATOR, AT_THE_DESK, IN_WORDS

from .desk import roles_at_the_desk


class RolesView(WagtailAdminTemplateMixin, TemplateView):
    """One table."""

    page_title = "What may I do?"
    header_icon = "key"
    template_name = "accounts/roles.html"

    def get_context_data(self, **kwargs):
        """Return the roles, the reader's own first."""
        own = own_roles(self.request.user)
        roles = sorted(IN_WORDS, key=lambda role: role.name not in own)
        return super().get_context_data(**kwargs, roles=roles, own=own)


def own_roles(user):
    """Return the names of the roles that somebody has."""
    groups = user.groups.exclude(name__in=AT_THE_DESK).values_list("name", flat=True)
    return {*groups, *roles_at_the_desk(user), *([ADMINISTRATOR] if user.is_superuser else [])}
