"""Medical review: who checked which text, and the rule that nothing medical shows without it."""
