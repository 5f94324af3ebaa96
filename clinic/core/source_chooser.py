"""Where an editor chooses a source, a new one can be written down, too."""

from django import forms
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import log
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView

from .bounded_forms import BoundedMixin
from .models import Reference
from .typed_text import is_seen, without_invisible


class SourceForm(BoundedMixin, WagtailAdminModelForm):
    """What is needed of a source to cite it."""

    url = forms.URLField(label="Address", max_length=200, required=False, assume_scheme="https")

    class Meta:
        model = Reference
        fields = ["citation", "url"]
        widgets = {"citation": forms.Textarea(attrs={"rows": 2})}

    def clean_citation(self):
        """Keep one line of what can be seen, copied from wherever."""
        citation = " ".join(without_invisible(self.cleaned_data["citation"]).split())
        if not is_seen(citation):
            raise forms.ValidationError("Write down authors, title, journal and year.")
        return citation


class AddSourceView(SnippetCreateView):
    """Keeps a source as the editor of sources does: with its first version and who wrote it."""

    def save_form(self, form):
        """Save and publish it; who may not publish sources leaves a draft, which no page shows yet."""
        user = self.request.user
        try:
            return self._add(form, user)
        except IntegrityError:
            # Two taps on the button: the other one was first.
            return get_object_or_404(Reference, citation=form.instance.citation)

    def _add(self, form, user):
        with transaction.atomic():
            form.instance.live = False
            source = form.save()
            log(instance=source, action="wagtail.create", user=user, content_changed=True)
            first = source.save_revision(user=user)
            if self.get_permission_policy().user_has_permission(user, "publish"):
                first.publish(user=user)
        return source


class SourceChooserViewSet(SnippetChooserViewSet):
    """Choosing a source, or adding one."""

    creation_form_class = SourceForm
    create_view_class = AddSourceView
    create_action_label = "Add this source"
    creation_tab_label = "New source"
