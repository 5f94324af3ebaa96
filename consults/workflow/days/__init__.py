"""What one day leaves to the next: hand-overs, closed days, and the sheet for an outage."""
