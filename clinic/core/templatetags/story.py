"""What a page told with blocks needs as a whole."""

from django import template

from clinic.core.anchors import headings_of, name_headings

register = template.Library()

register.filter("with_anchors", name_headings)
register.filter("contents", headings_of)
