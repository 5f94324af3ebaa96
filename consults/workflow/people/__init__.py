"""Who is at the desk, and what one manager does not decide alone."""
