"""Choosers of pages in plain words: “Choose a person”, not “Choose a page (Person page)”."""

from django.db.models import ForeignKey
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page


class KindChooser(AdminPageChooser):
    """Names what is chosen, or asks as the field does."""

    def __init__(self, target_models=None, asks="", **kwargs):
        super().__init__(target_models=target_models, **kwargs)
        if self.model is not Page:
            kind = self.model._meta.verbose_name.removesuffix(" page")
            self.choose_one_text = asks or f"Choose a {kind}"
            self.choose_another_text = f"Choose another {kind}"
            self.link_to_chosen_text = f"Edit this {kind}"


def ask_in_plain_words():
    """Let every field that leads to a page ask like this, or as ``chooser_asks`` of its model says."""
    register_form_field_override(ForeignKey, to=Page, override=_of_field)


def _of_field(field):
    asks = getattr(field.model, "chooser_asks", {}).get(field.name, "")
    return {"widget": KindChooser(field.remote_field.model, asks)}
