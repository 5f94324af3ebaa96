"""Where managers write the words people agree to: a list and a form for the next version."""

import contextlib

from django import forms
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.accounts import fresh
from clinic.core.bounded_forms import BoundedModelForm
from consults import audit, guarded_facts
from consults.consent_wordings import PURPOSES, current_wording, wording_of
from consults.desk_policy import DeskPolicy
from consults.enums import Locale
from consults.models import ConsentWording
from consults.permissions import can_read_wordings, can_write_wordings

LONGEST_VERSION = 16
PREVIEW = "consults/triage/oversight/wordings/preview.html"


class AppendOnlyPolicy(DeskPolicy):
    """Lets managers add and look; nobody changes or deletes, and being a superuser opens nothing."""

    def user_has_permission(self, user, action):
        """Whether the user may do this at all."""
        return {"add": can_write_wordings, "view": can_read_wordings}.get(action, _nobody)(user)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the user may do this to one version: the same as in general."""
        return self.user_has_permission(user, action)


def _nobody(user):
    return False


POLICY = AppendOnlyPolicy(ConsentWording)
# Wagtail 8 wants to know it here; 7.4 asks the viewset.
with contextlib.suppress(ImportError):
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ConsentWording, POLICY)


class WordingForm(BoundedModelForm):
    """All texts of a language at once, beginning with the ones that are shown now."""

    # The version that was shown when the form was opened, such as en-2.
    base = forms.CharField(max_length=LONGEST_VERSION, required=False, widget=forms.HiddenInput)

    class Meta:
        model = ConsentWording
        fields = ["locale", *PURPOSES]
        widgets = {purpose: forms.Textarea(attrs={"rows": 4}) for purpose in PURPOSES}

    @property
    def texts(self):
        """The words by their purpose."""
        return {purpose: self.cleaned_data[purpose] for purpose in PURPOSES}

    def save(self, commit=True):
        """Add the texts as the version after the one that the form began with, which the view looked at."""
        self.instance = guarded_facts.write_wording(
            locale=self.cleaned_data["locale"],
            texts=self.texts,
            author=self.author,
            base=int(self.cleaned_data["base"].rpartition("-")[2]),
        )
        return self.instance


class WordingCreateView(CreateView):
    """The form for the next version, what people will read, and then the version itself.

    ``?locale=es`` begins with the Spanish texts, ``?from=en-2`` with those of an earlier version.
    """

    def get(self, request, *args, **kwargs):
        """Show the form to whoever signed in just before."""
        if not fresh.is_fresh(request):
            return fresh.ask_first(request)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        """Begin with the words that are shown now, or with those that were once."""
        earlier = wording_of(self.request.GET.get("from", "")[:LONGEST_VERSION])
        asked = earlier.version.partition("-")[0] if earlier else self.request.GET.get("locale")
        locale = asked if asked in Locale.values else Locale.EN.value
        return {"locale": locale, "base": _newest(locale), **(earlier or current_wording(locale)).texts}

    def get_form(self, form_class=None):
        """Let the form know who writes."""
        form = super().get_form(form_class)
        form.author = self.request.user
        return form

    def form_valid(self, form):
        """Show first what people will agree to; store what somebody confirmed who signed in just before."""
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        locale, base = form.cleaned_data["locale"], form.cleaned_data["base"]
        newest = _newest(locale)
        if "confirm" not in self.request.POST or base != newest:
            # Begun in the other language, it was begun before none of this one.
            return self._show_first(form, is_meanwhile=base.startswith(f"{locale}-") and base != newest)
        if not fresh.is_fresh(self.request):
            return fresh.ask_first(self.request)
        try:
            return super().form_valid(form)
        except guarded_facts.ChangedMeanwhile:
            return self._show_first(form, is_meanwhile=True)
        except audit.AuditProblem:
            unsaved = {"unsaved": "\n\n".join(form.texts.values())}
            return render(self.request, "consults/triage/no_audit.html", unsaved, status=503)

    def _show_first(self, form, *, is_meanwhile):
        """Show the words of now beside the new ones; what was typed goes along, unseen."""
        locale = form.cleaned_data["locale"]
        now = current_wording(locale).texts
        context = {
            **self.get_context_data(form=form),
            "kept": WordingForm(initial={**form.cleaned_data, "base": _newest(locale)}),
            "pairs": [(form.fields[name].label, now[name], form.texts[name]) for name in PURPOSES],
            "is_meanwhile": is_meanwhile,
        }
        return TemplateResponse(self.request, PREVIEW, context, status=409 if is_meanwhile else 200)


def _newest(locale):
    return f"{locale}-{guarded_facts.newest_number(locale)}"


class ConsentWordingViewSet(ModelViewSet):
    """List, form and a page to read each version. Nothing changes what somebody agreed to."""

    model = ConsentWording
    name = "consent_wordings"
    icon = "clipboard-list"
    menu_label = "Consent wording"
    menu_order = 310
    add_to_settings_menu = True
    form_fields = ["locale", *PURPOSES]
    add_view_class = WordingCreateView
    inspect_view_enabled = True
    inspect_view_fields = ["locale", "version", "created_at", "author", *PURPOSES]
    copy_view_enabled = False
    inspect_template_name = "consults/triage/oversight/wordings/inspect.html"
    index_results_template_name = "consults/triage/oversight/wordings/index_results.html"
    list_display = ["__str__", DateColumn("created_at", label="Written"), Column("author", label="By")]

    @cached_property
    def permission_policy(self):
        """Nobody changes a version."""
        return POLICY

    def get_form_class(self, for_update=False):
        """Use the form that adds versions."""
        return WordingForm
