"""Requests as a file that leaves the site."""
