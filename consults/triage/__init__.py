"""The front desk's side, inside Wagtail's admin."""
