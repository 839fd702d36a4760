"""The links by which people join: `/welcome/<public_id>-<token>/` for whoever is invited, and
`/start/<hour of issue>-<token>/` for the first of all, before there is anything to be found."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from polecam.people.models import Welcome
from polecam.store.crypto import same, token


def reference(welcome: Welcome) -> str:
    """What identifies the invitation in a URL; 128 bits that only we can make."""
    return f"{welcome.public_id}-{token('welcome', welcome.public_id)}"


def welcome_url(welcome: Welcome) -> str:
    """The whole address, to copy or to mail."""
    return f"{settings.BASE_URL}/welcome/{reference(welcome)}/"


def find(ref: str) -> Welcome | None:
    """The invitation behind a reference, whatever its state; None for a forged one."""
    public_id, _, given = ref.partition("-")
    if not same(given, token("welcome", public_id)):
        return None
    return (
        Welcome.objects.select_related("branch", "invited_by").filter(public_id=public_id).first()
    )


START_HOURS = 24


def start_url(at: datetime) -> str:
    """The whole address by which whoever installed sets the firm up; good for START_HOURS."""
    issued = str(int(at.timestamp()))
    return f"{settings.BASE_URL}/start/{issued}-{token('start', issued)}/"


def start_issued(ref: str) -> datetime | None:
    """When a start link was made; None for a forged one."""
    issued, _, given = ref.partition("-")
    if not (issued.isascii() and issued.isdecimal() and same(given, token("start", issued))):
        return None
    return datetime.fromtimestamp(int(issued), UTC)


def start_is_open(issued: datetime, at: datetime) -> bool:
    """Whether a start link still works; beside this the firm must not stand yet."""
    return issued <= at < issued + timedelta(hours=START_HOURS)
