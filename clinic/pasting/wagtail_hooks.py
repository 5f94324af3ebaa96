"""What pasting registers with Wagtail."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks

from . import stream  # noqa: F401 - it tells Wagtail of itself
from .views import PasteView


@hooks.register("register_admin_urls")
def add_address():
    """Convert what is pasted."""
    return [path("pasting/", PasteView.as_view(), name="pasting")]


@hooks.register("insert_editor_js")
def add_scripts():
    """Load what listens for pasting; its element says where to ask."""
    tags = format_html(
        '<link rel="stylesheet" href="{}">\n<script src="{}" data-pasting="{}"></script>\n',
        static("pasting/css/pasting.css"),
        static("pasting/js/ask.js"),
        reverse("pasting"),
    )
    listeners = (static(f"pasting/js/{name}.js") for name in ("rich_text", "plain_field"))
    return tags + format_html_join("\n", '<script src="{}"></script>', ((name,) for name in listeners))
