"""Where managers write the words people agree to: a list and a form for the next version."""

import contextlib

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from clinic.core.bounded_forms import BoundedModelForm
from consults.consent_wordings import PURPOSES, add_wording, current_wording
from consults.desk_policy import DeskPolicy
from consults.enums import Locale
from consults.models import ConsentWording


class AppendOnlyPolicy(DeskPolicy):
    """Lets those with the right add and look; nobody changes or deletes, superusers included."""

    def user_has_permission(self, user, action):
        """Whether the user may do this at all."""
        return action in ("add", "view") and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the user may do this to one version: the same as in general."""
        return self.user_has_permission(user, action)


POLICY = AppendOnlyPolicy(ConsentWording)
# Wagtail 8 wants to know it here; 7.4 asks the viewset.
with contextlib.suppress(ImportError):
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ConsentWording, POLICY)


class WordingForm(BoundedModelForm):
    """All texts of a language at once, beginning with the ones that are shown now."""

    class Meta:
        model = ConsentWording
        fields = ["locale", *PURPOSES]
        widgets = {purpose: forms.Textarea(attrs={"rows": 4}) for purpose in PURPOSES}

    def save(self, commit=True):
        """Add the texts as the next version. The author is set by the view."""
        data = self.cleaned_data
        texts = {purpose: data[purpose] for purpose in PURPOSES}
        self.instance = add_wording(locale=data["locale"], texts=texts, author=self.author)
        return self.instance


class WordingCreateView(CreateView):
    """The form for the next version; ``?locale=es`` begins with the Spanish texts."""

    def get_initial(self):
        """Begin with the words that are shown now."""
        asked = self.request.GET.get("locale")
        locale = asked if asked in Locale.values else Locale.EN.value
        return {"locale": locale, **current_wording(locale).texts}

    def get_form(self, form_class=None):
        """Let the form know who writes."""
        form = super().get_form(form_class)
        form.author = self.request.user
        return form


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
    index_results_template_name = "consults/triage/oversight/wordings/index_results.html"
    list_display = ["__str__", DateColumn("created_at", label="Written"), Column("author", label="By")]

    @cached_property
    def permission_policy(self):
        """Nobody changes a version."""
        return POLICY

    def get_form_class(self, for_update=False):
        """Use the form that adds versions."""
        return WordingForm
