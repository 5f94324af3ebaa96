"""Pictures in templates."""

from django import template

from clinic.core.picture_places import shown_in

register = template.Library()

# None where there is nothing to show: ``{% picture_for "card" picture as shown %}``.
register.simple_tag(shown_in, name="picture_for")
