"""Opening what was sealed, and noting that it was."""
