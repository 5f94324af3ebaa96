"""The pages on which managers say who is at the desk, and the one that an invitation leads to."""
