"""Removed pages, links that lead nowhere, and redirects."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RemovalConfig(AppConfig):
    """Pages go for thirty days before they are gone, and nobody is led to where there is nothing."""

    name = "clinic.removal"
    label = "removal"
    verbose_name = "Removed pages and redirects"

    def ready(self):
        """Keep removed pages out of every list of the admin; know what settings choose."""
        from . import hiding, settings_index

        hiding.leave_out_removed_pages()
        settings_index.follow()
        post_migrate.connect(settings_index.catch_up, sender=self)
