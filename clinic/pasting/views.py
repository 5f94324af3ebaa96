"""Where the editor's page sends what somebody pasted."""

import json

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views import View
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinic.core.blocks import StoryBlock
from clinic.core.bounded_forms import BoundedForm

from .convert import as_rich_text, as_story
from .limits import LONGEST, NOTHING, TOO_LONG, PastingError

FEATURES = ("h3", "bold", "italic", "ol", "ul", "link", "superscript", "subscript")
UNREADABLE = (
    "What you copied could not be read. Nothing was changed here. Try again, or paste it without formatting."
)


class PasteForm(BoundedForm):
    """The HTML, and what the field takes that it goes into; nothing there for a whole text."""

    html = forms.CharField(
        max_length=LONGEST,
        strip=False,
        error_messages={"max_length": TOO_LONG.format(LONGEST), "required": NOTHING},
    )
    takes = forms.MultipleChoiceField(choices=[(name, name) for name in FEATURES], required=False)
    whole = forms.BooleanField(required=False)


class PasteView(View):
    """Answers with what the form of the editor takes, and keeps nothing."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        """Let in who writes pages."""
        if not PagePermissionPolicy().user_has_any_permission(request.user, {"add", "change"}):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def post(self, request):
        """Convert."""
        form = PasteForm(request.POST)
        if not form.is_valid():
            said = form.errors.get("html") or [UNREADABLE]
            return JsonResponse({"error": said[0]}, status=400)
        try:
            return JsonResponse(_answer(**form.cleaned_data))
        except PastingError as why:
            return JsonResponse({"error": str(why)}, status=400)


def _answer(*, html, takes, whole):
    if whole:
        pasted = as_story(html)
        story = StoryBlock()
        stream = story.to_python(pasted.value.blocks)
        return {"title": pasted.value.title, "blocks": story.get_form_state(stream), "said": pasted.said}
    pasted = as_rich_text(html, takes)
    content = ContentstateConverter(takes).from_database_format(pasted.value)
    return {"content": json.loads(content), "said": pasted.said}
