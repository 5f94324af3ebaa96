"""Treatments side by side: a decision aid, not a sales page."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from clinic.core.blocks import CITING_SHORT_TEXT_FEATURES, TEXT_FEATURES
from clinic.core.fields import StreamField
from clinic.core.models import BasePage, ClinicalFields
from clinic.core.structured_data import clinical_page
from clinic.treatments.blocks import OptionBlock, RowBlock, TreatmentStoryBlock


class ComparisonPage(ClinicalFields, BasePage):
    """The same questions put to two, three or four options, each row with its source."""

    section = "treatments"
    parent_page_types = ["treatments.TreatmentIndexPage"]
    subpage_types = []
    known_parts = ("statement", "reviewer")

    reviewer = models.ForeignKey(
        "team.PersonPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    introduction = RichTextField(features=TEXT_FEATURES)
    options = StreamField([("option", OptionBlock())], min_num=2, max_num=4)
    rows = StreamField([("row", RowBlock())])
    footnote = RichTextField(features=CITING_SHORT_TEXT_FEATURES, blank=True)
    body = StreamField(TreatmentStoryBlock(), blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("rows"),
        index.SearchField("body"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("options"),
        FieldPanel("rows"),
        FieldPanel("footnote"),
        FieldPanel("body"),
        *ClinicalFields.clinical_panels,
    ]

    def clean(self):
        """Refuse a row that doesn't answer for every option."""
        super().clean()
        uneven = [row.value["criterion"] for row in self.rows if len(row.value["cells"]) != len(self.options)]
        if uneven:
            names = ", ".join(f"“{name}”" for name in uneven)
            raise ValidationError({"rows": f"Each row needs one answer for each option. Look at {names}."})

    def described(self, image):
        """Return what the page is about, for machines: the therapies by their names alone."""
        names = [option.value["name"] for option in self.options]
        return [clinical_page(self, image, [{"@type": "MedicalTherapy", "name": name} for name in names])]

    @property
    def table(self):
        """Rows for the template: criterion, source and pairs of option and answer."""
        names = [option.value["name"] for option in self.options]
        return [
            {
                "criterion": row.value["criterion"],
                "source": row.value["source"],
                "cells": list(zip(names, row.value["cells"], strict=False)),
            }
            for row in self.rows
        ]
