"""What becomes of a stored request."""
