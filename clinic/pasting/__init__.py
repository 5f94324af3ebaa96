"""Pasting: what a clipboard holds becomes our blocks and our rich text, and what is left out is said."""
