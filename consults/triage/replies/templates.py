"""Where managers write the reply templates."""

import contextlib

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.core.bounded_forms import BoundedModelForm
from clinic.core.facts import read_facts
from consults.desk_policy import DeskPolicy
from consults.enums import ReplyChannel
from consults.models import ReplyTemplate
from consults.replies import IN_SUBJECT, placeholders_for, problems_with, sensitive_terms

from .what_to_say import LEAVE_OUT

NO_PLACEHOLDER = "Take out {}. In braces there can only be: {}."
NAMES_CLINIC = "Leave out the clinic's name: this voicemail is for people who didn't agree to it."
PLACEHOLDERS = "; ".join(
    f"{channel.label}: {' '.join(placeholders_for(channel))}" for channel in ReplyChannel
)


class ReplyTemplateForm(BoundedModelForm):
    """One template. What must not be said in its channel is refused."""

    class Meta:
        model = ReplyTemplate
        fields = ["title", "channel", "locale", "subject", "text", "position", "is_active"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"text": f"The site fills in what stands in braces. {PLACEHOLDERS}."}
        error_messages = {
            "title": {"required": "Give it a title.", "max_length": "Use 80 characters or fewer."},
            "channel": {"required": "Choose where it is used."},
            "locale": {"required": "Choose the language."},
            "subject": {"max_length": "Use 80 characters or fewer."},
            "text": {"required": "Write the text.", "max_length": "Use 2,000 characters or fewer."},
        }

    def clean_subject(self):
        """Keep it on one line."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_text(self):
        """Browsers send the breaks of lines as two characters."""
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def clean(self):
        """Look at the words by the rules of the channel; only an e-mail has a subject."""
        data = super().clean()
        channel = data.get("channel")
        if not channel:
            return data
        if channel == ReplyChannel.EMAIL:
            self._check("subject", IN_SUBJECT, channel)
            if not data.get("subject") and "subject" not in self.errors:
                self.add_error("subject", "Write a subject.")
        else:
            data["subject"] = ""
        self._check("text", placeholders_for(channel), channel)
        if channel == ReplyChannel.VOICEMAIL and _names_clinic(data.get("text", "")):
            self.add_error("text", NAMES_CLINIC)
        return data

    def _check(self, name, known, channel):
        text = self.cleaned_data.get(name, "")
        problems = []
        if unknown := problems_with(text, known):
            problems.append(NO_PLACEHOLDER.format(" ".join(unknown), " ".join(known)))
        if channel != ReplyChannel.CALL and (words := sensitive_terms(text)):
            problems.append(LEAVE_OUT.format("”, “".join(words)))
        if problems:
            self.add_error(name, problems)


def _names_clinic(text):
    facts = read_facts()
    return any(name and name.casefold() in text.casefold() for name in (facts.name, facts.short_name))


POLICY = DeskPolicy(ReplyTemplate)
# Wagtail 8 wants to know it here; 7.4 asks the viewset.
with contextlib.suppress(ImportError):
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ReplyTemplate, POLICY)


class ReplyTemplateViewSet(ModelViewSet):
    """The list and the form, in the settings menu of those who may."""

    model = ReplyTemplate
    name = "reply_templates"
    icon = "comment"
    menu_label = "Reply templates"
    menu_order = 311
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ReplyTemplateForm.Meta.fields
    list_filter = ["channel", "locale", "is_active"]
    list_display = [
        "title",
        Column("get_channel_display", label="Used"),
        Column("get_locale_display", label="Language"),
        BooleanColumn("is_active", label="In use"),
    ]

    @cached_property
    def permission_policy(self):
        """Managers alone write them."""
        return POLICY

    def get_form_class(self, for_update=False):
        """Use the form that looks at the words."""
        return ReplyTemplateForm
