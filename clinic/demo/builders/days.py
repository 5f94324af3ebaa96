"""Days of the demo: they count from the day it is built, so that it never looks abandoned."""

from datetime import timedelta

from django.utils import timezone


def days_ago(number):
    """Return the day that many days before today."""
    return timezone.localdate() - timedelta(days=number)


def days_ahead(number):
    """Return the day that many days from today."""
    return timezone.localdate() + timedelta(days=number)


def monday_in(weeks):
    """Return the Monday of the week that many weeks from this one."""
    today = timezone.localdate()
    return today + timedelta(days=7 * weeks - today.weekday())
