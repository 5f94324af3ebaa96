"""What every part of the site may import; it imports none of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    """Pages, blocks, facts and look that all site apps share."""

    name = "clinic.core"
    label = "core"
    verbose_name = "Clinic"

    def ready(self):
        """Connect the signals that keep copies fresh, what goes with every migration, checks and fields."""
        from . import checks, signals  # noqa: F401
        from .date_inputs import choose_days_by_device
        from .generation_upkeep import make_triggers_again, make_way_for_migration
        from .older_databases import refuse_older_database
        from .page_choosers import ask_in_plain_words
        from .site_address import try_to_follow_site_url

        ask_in_plain_words()
        choose_days_by_device()
        pre_migrate.connect(refuse_older_database, sender=self)
        pre_migrate.connect(make_way_for_migration, sender=self)
        post_migrate.connect(make_triggers_again, sender=self)
        post_migrate.connect(try_to_follow_site_url, sender=self)
