"""The link by which an invited person joins: `/welcome/<public_id>-<token>/`."""

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
