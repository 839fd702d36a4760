"""A firm begins with a second step of sign-in for whoever sees or decides more than their own."""

from datetime import datetime

from polecam.journal.record import record
from polecam.organisation.models import Organisation, Setting
from polecam.signin.policy import DEMANDS, FROM_THE_START

WHY = "house"
"""Who wrote the first rows: nobody in the firm, so `set_by` is empty and this stands as reason."""


def install(firm: Organisation, at: datetime) -> int:
    """Inner step: the first rows of the policy, so that it is dated like every other; how many.

    Nothing where the firm has decided about any of it, and nothing in a demo.
    """
    if firm.is_demo or Setting.objects.filter(key__in=DEMANDS.values()).exists():
        return 0
    for role in FROM_THE_START:
        Setting.objects.create(key=DEMANDS[role], value=True, valid_from=at, set_at=at, why=WHY)
        data = {"key": DEMANDS[role], "value": True, "from": at}
        record("setting.changed", firm, by=None, at=at, data=data)
    return len(FROM_THE_START)
