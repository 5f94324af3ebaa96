"""The quiet watch over a session, on every page of the admin."""

from django import template

from clinic.accounts.session_watch import watch_of

register = template.Library()


@register.inclusion_tag("accounts/session_watch.html", takes_context=True)
def session_watch(context):
    """Show the watch to whoever is signed in."""
    request = context.get("request")
    row = getattr(getattr(request, "session", None), "row", None)
    return {"watch": watch_of(row) if row and row.user_id else None}
