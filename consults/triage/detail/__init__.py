"""One request: its page, and what can be done to it there."""
