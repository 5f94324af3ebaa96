"""The least that keeps anything: one row in one transaction."""
