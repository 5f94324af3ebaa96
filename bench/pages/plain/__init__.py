"""A Wagtail with nothing of ours: the page that its own migrations make, with a template of a few lines."""
