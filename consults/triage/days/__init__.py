"""Pages from one day to the next: the hand-over card, closed days, and the sheet for an outage."""
