"""Reinstalls the append-only triggers after every migrate: SQLite's AlterField drops them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """The room `store`."""

    name = "polecam.store"
    label = "store"

    def ready(self) -> None:
        """Django's own migration hook, the one signal the house allows."""
        from polecam.store import faults  # noqa: F401 - refuses its variable where people work
        from polecam.store.triggers import reinstall

        post_migrate.connect(reinstall, dispatch_uid="polecam-triggers")
