"""What the evidence counts with is entered by whoever answers for it, with its source."""

from datetime import datetime

from polecam.actions.setup import enter
from polecam.insights.parameters import PARAMETERS
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch, Setting
from polecam.organisation.settings import KINDS
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx


def set_parameter(
    *,
    by: Person | None,
    at: datetime,
    key: str,
    value: int | None,
    source: str,
    branch: Branch | None = None,
    valid_from: datetime | None = None,
) -> Setting:
    """Give a parameter a value of one's own, from `source`; None takes it back to the default.

    For a branch: whoever enters its parameters. For the firm (`branch` None): who sets it up.
    Raises Refused ("setting_unknown", "setting_needs_source", ...) and NotAllowed.
    """
    with tx.action():
        if branch is None:
            require(by, Permission.MANAGE_SETTINGS)
        require(by, Permission.ENTER_PARAMETERS, branch.pk if branch else None)
        if key not in PARAMETERS:
            raise Refused("setting_unknown")
        if value is None:
            value, source = KINDS[key].default, ""  # type: ignore[assignment] # of numbers only
        elif not source.strip():
            raise Refused("setting_needs_source", field="source")
        return enter(
            by=by, at=at, key=key, value=value, branch=branch, valid_from=valid_from, why=source
        )
