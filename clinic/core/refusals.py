"""Whatever door somebody tried: a page that may not go live is refused with its reasons, never by failing."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from wagtail.models import Page

from .live_rules import MayNotGoLive

REFUSED = "“{}” can’t go live yet, so nothing was done:"


class RefusalMiddleware:
    """Tells staff why a page was refused, where the view they used doesn't know that this can be."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer for the view, and lead to the page that was refused."""
        if not isinstance(exception, MayNotGoLive):
            return None
        page, sentences = exception.page, [reason.sentence for reason in exception.reasons]
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"message": REFUSED.format(page), "reasons": sentences}, status=400)
        tell(request, page, sentences)
        is_stored = page.pk and Page.objects.filter(pk=page.pk).exists()
        return redirect("wagtailadmin_pages:edit", page.pk) if is_stored else redirect("wagtailadmin_home")


def tell(request, page, sentences):
    """Show a message with the reasons, one in a line."""
    lines = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    messages.error(request, format_html("{}<ul>{}</ul>", REFUSED.format(page), lines))
