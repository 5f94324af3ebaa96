"""What the checks look at: every page that readers can see or may see soon, and what pages share."""

from wagtail.models import Page

from clinic.core.models import BasePage, Faq, RegulatoryStatement

SHARED = (RegulatoryStatement, Faq)
AT_ONCE = 100


def latest_pages(keys=()):
    """Yield pages as their newest draft has them, a hundred at a time."""
    wanted = Page.objects.filter(depth__gt=1).order_by("path")
    if keys:
        wanted = wanted.filter(pk__in=keys)
    for page in wanted.specific().iterator(AT_ONCE):
        if isinstance(page, BasePage):
            yield page.get_latest_revision_as_object()


def shared_content():
    """Yield statements and questions, which pages show but don't hold."""
    for model in SHARED:
        yield from model.objects.order_by("pk").iterator(AT_ONCE)
