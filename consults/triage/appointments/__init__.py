"""Appointments as the desk sees them: the card of a request, the lists by day and week, files and sheets."""
