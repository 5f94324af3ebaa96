"""Where requests come from, in buckets too coarse to tell anything about a person."""

from django.db import models


class SourceSection(models.TextChoices):
    """The part of the site somebody came from; never the page."""

    HOME = "home", "Home"
    TREATMENTS = "treatments", "Treatments"
    BLOG = "blog", "Blog"
    TEAM = "team", "Team"
    LOCATIONS = "locations", "Locations"
    QUESTIONS = "questions", "Questions"
    FEES = "fees", "Fees"
    POLICIES = "policies", "Policies"
    SEARCH = "search", "Search"
    OTHER = "other", "Elsewhere"


class Campaign(models.TextChoices):
    """The kind of advertisement or letter that led here, as far as its own link says so."""

    NONE = "", "None"
    PAID_SEARCH = "paid_search", "Search advertisement"
    SOCIAL = "social", "Social media"
    EMAIL = "email", "E-mail or newsletter"
    PRINT = "print", "Print or poster"
    REFERRAL = "referral", "Link on another site"
    OTHER = "other", "Another campaign"


class Channel(models.TextChoices):
    """The way a request reached the clinic."""

    WEB = "web", "Website"
    PHONE = "phone", "Phone"
    WALK_IN = "walk_in", "At the desk"
