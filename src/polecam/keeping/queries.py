"""Reads of copies. They hold no personal data; the page that shows them is the admin's."""

from django.db.models import QuerySet

from polecam.keeping.models import Backup


def copies() -> QuerySet[Backup]:
    """Copies that are still there, the newest first, those that failed included."""
    return Backup.objects.filter(removed_at=None).order_by("-began_at", "-id")
