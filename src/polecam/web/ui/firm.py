"""What every page knows of the firm; asked of the database once a minute."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import DatabaseError

from polecam.organisation.models import Organisation

KEY = "web-firm"
SECONDS = 60
COLUMNS = ("name", "zone", "business", "is_demo", "currency", "language")


@dataclass(frozen=True, slots=True)
class Firm:
    """Name, zone and kind of the one organisation."""

    name: str = ""
    zone: str = "Europe/Warsaw"
    business: str = ""
    is_demo: bool = False
    currency: str = "PLN"
    language: str = "pl"


def firm() -> Firm:
    """The organisation; an empty Firm before there is one."""
    found: Firm | None = cache.get(KEY)
    if found is None:
        try:
            row = Organisation.objects.values_list(*COLUMNS).first()
        except DatabaseError:  # the page that says so needs a zone as well
            return Firm()
        if row is None:
            return Firm()
        found = Firm(*row)
        cache.set(KEY, found, SECONDS)
    return found


def organisation_zone() -> ZoneInfo:
    """The zone in which days begin and times are shown."""
    return ZoneInfo(firm().zone)


def forget() -> None:
    """After a change: it shows at once in this process, within a minute in the others."""
    cache.delete(KEY)
