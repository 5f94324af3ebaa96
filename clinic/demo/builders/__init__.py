"""Builders of the demo site, one module for each area.

Each builder takes the demo, adds what is missing and leaves alone what is there: a second run
changes nothing, and an editor's changes stay.
"""
