"""How fast pages are, beside a file of the same bytes, the server's hello and a bare Wagtail page."""
