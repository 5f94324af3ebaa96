"""What the forms of users ask of the app that keeps the desk; it registers the hooks."""

from wagtail import hooks


def roles_at_the_desk(user):
    """Return the names of the roles that somebody has at the desk now."""
    return [role for roles_of in hooks.get_hooks("roles_at_the_desk") for role in roles_of(user)]


def invite_account(user, *, actor):
    """Let the holder of a new account choose their password, by a link in a mail."""
    for invite in hooks.get_hooks("invite_account"):
        invite(user, actor=actor)
