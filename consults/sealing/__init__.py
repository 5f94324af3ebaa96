"""Sealing and opening of requests: pure functions, no database."""
