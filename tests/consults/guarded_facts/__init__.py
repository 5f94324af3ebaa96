"""Numbers and addresses of every page, and who is told."""
