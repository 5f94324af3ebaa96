"""Requests that come by phone or at the desk, taken down by staff into the same queue."""
