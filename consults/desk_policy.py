"""Who may do what in Wagtail's own screens of our models: the desk says it, not Django, nor any superuser."""

from wagtail.permission_policies import ModelPermissionPolicy

from .permissions import rights_of


class DeskPolicy(ModelPermissionPolicy):
    """Asks for the right to do something with the model, once for each user and answer, as Django does."""

    def user_has_permission(self, user, action):
        """Whether the user may do this."""
        if not hasattr(user, "_rights_at_the_desk"):
            user._rights_at_the_desk = rights_of(user)
        return f"{action}_{self.model._meta.model_name}" in user._rights_at_the_desk
