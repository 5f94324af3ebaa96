"""How long contents are kept, and how they go."""
