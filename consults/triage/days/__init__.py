"""Pages from one day to the next: hand-over card, being away, closed days, and the sheet for an outage."""
