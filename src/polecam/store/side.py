"""Which tables live in the second SQLite file (PostgreSQL keeps everything in one database)."""

from django.conf import settings
from django.db.models import Model

SIDE_APPS = {"sessions"}
SIDE_MODELS = {("store", "hit"), ("store", "beat")}


class Router:
    """Sends sessions and rate limits to `settings.SIDE`; everything else stays in default."""

    def _side(self, app: str, model: str | None) -> bool:
        return app in SIDE_APPS or (app, model) in SIDE_MODELS

    def db_for_read(self, model: type[Model], **hints: object) -> str | None:
        """Django's router protocol."""
        meta = model._meta
        return settings.SIDE if self._side(meta.app_label, meta.model_name) else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: object
    ) -> bool:
        """Each table in one file only."""
        home = settings.SIDE if self._side(app_label, model_name) else "default"
        return db == home
