"""Whether a value of a setting may be entered: asked before it is saved, and again when it is."""

from datetime import datetime
from typing import NoReturn

from polecam.kit.errors import Refused
from polecam.kit.periods import require_aware
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.organisation.rules import Value, check, needs_reason
from polecam.organisation.settings import FIRM_ONLY, KINDS, Kind


def judged(
    key: str, value: Value, *, branch: Branch | None, starts: datetime, at: datetime, why: str
) -> Value:
    """`value` as it is stored, for the firm or a place, from `starts` on.

    None at a place: it takes its own back, and what holds above it holds here again. Raises Refused
    for the past, a value out of bounds, and a looser rule without a reason.
    """
    if key not in KINDS:
        raise Refused("setting_unknown")
    if require_aware(starts) < at:
        raise Refused("setting_from_past", field="valid_from")
    if branch is not None and key in FIRM_ONLY:
        raise Refused("setting_firm_only")
    if branch is not None and value is None:
        then = settings.inherited(key, at=starts, branch=branch)
    else:
        then = value = check(KINDS[key], value)
    current = settings.value(key, at=starts, branch=branch)
    if needs_reason(KINDS[key], then, current) and not why.strip():
        _refuse_without_reason(KINDS[key])
    return value


def _refuse_without_reason(kind: Kind) -> NoReturn:
    if kind.explained == "source":
        raise Refused("setting_needs_source", field="why")
    raise Refused("setting_needs_reason", field="why")
