"""Pictures in templates."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from clinic.core.drawings import DRAWINGS
from clinic.core.picture_places import shown_in
from clinic.core.picture_uses import uses_of

register = template.Library()

# None where there is nothing to show: ``{% picture_for "card" picture as shown %}``.
register.simple_tag(shown_in, name="picture_for")
register.simple_tag(uses_of)


@register.simple_tag
def drawing(name, described=False):
    """Return a drawing, for decoration unless it is to be described; nothing for one that there isn't."""
    if name not in DRAWINGS:
        return ""
    context = {"template": f"drawings/{name}.html", "description": DRAWINGS[name] if described else ""}
    return mark_safe(render_to_string("components/drawing.html", context))  # noqa: S308 - our own template
