"""Landscapes of our own, computed: the same name always gives the same picture. files/ holds them drawn."""
