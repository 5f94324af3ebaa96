"""What may not be said, and how pages are built: one list, read while writing, on publishing, by command."""
