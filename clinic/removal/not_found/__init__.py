"""Addresses that visitors asked for and didn't get, counted without visitors, for editors to lead them on."""
