"""What every page knows of the firm; asked of the database once a minute."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models.signals import post_save
from django.dispatch import receiver

from polecam.organisation.models import Organisation

KEY = "web-firm"
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Firm:
    """Name, zone and kind of the one organisation."""

    name: str = ""
    zone: str = "Europe/Warsaw"
    business: str = ""
    is_demo: bool = False


def firm() -> Firm:
    """The organisation; an empty Firm before there is one."""
    found: Firm | None = cache.get(KEY)
    if found is None:
        row = Organisation.objects.values_list("name", "zone", "business", "is_demo").first()
        found = Firm(*row) if row else Firm()
        cache.set(KEY, found, SECONDS if row else 1)
    return found


def organisation_zone() -> ZoneInfo:
    """The zone in which days begin and times are shown."""
    return ZoneInfo(firm().zone)


@receiver(post_save, sender=Organisation)
def forget(**_kwargs: Any) -> None:
    """A changed firm shows at once in this process, within a minute in the others."""
    cache.delete(KEY)
