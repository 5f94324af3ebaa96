"""Telling people that something happened, and never what a request says."""
