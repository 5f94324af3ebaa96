"""A request on its way in."""
