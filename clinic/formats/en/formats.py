"""How dates are written in English, for patients and staff alike; templates and code name these formats.

Spanish keeps Django's own. Files for spreadsheets and machines hold ISO dates instead.
Between an hour and its half stands a space at which no line breaks.
"""

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "M j, Y"
MONTH_DAY_FORMAT = "M j"
DATETIME_FORMAT = "M j, Y, g:i\xa0a"
SHORT_DATETIME_FORMAT = "M j, g:i\xa0a"
