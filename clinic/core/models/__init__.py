"""Models of the shared part of the site."""

from .base import BasePage
from .clinical import ClinicalFields
from .generation import Generation
from .hours import OpeningPeriod, week_from_rows
from .images import ClinicImage, ClinicRendition, SharePicture
from .menu import MainMenu, MenuEntry
from .notices import SiteNotice
from .pages import FaqPage, HomePage, StandardPage, StoryPage
from .policies import PolicyIndexPage, PolicyPage, PolicyVersion
from .settings import ClinicSettings, DefaultHours, validate_phone
from .snippets import Faq, Reference, RegulatoryStatement

__all__ = [
    "BasePage",
    "ClinicImage",
    "ClinicRendition",
    "ClinicSettings",
    "ClinicalFields",
    "DefaultHours",
    "Faq",
    "FaqPage",
    "Generation",
    "HomePage",
    "MainMenu",
    "MenuEntry",
    "OpeningPeriod",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "Reference",
    "RegulatoryStatement",
    "SharePicture",
    "SiteNotice",
    "StandardPage",
    "StoryPage",
    "validate_phone",
    "week_from_rows",
]
