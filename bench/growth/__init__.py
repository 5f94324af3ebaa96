"""How pages of the blog and the search behave as posts grow in number, on both databases."""
