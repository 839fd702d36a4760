"""A plan version as plain values: what an editor writes, rules check, and two versions differ in.

Amounts in grosze, rates and parts in basis points, days and months as counts. Bands run in the
units of their measure: basis points of one for a count (10,000 is one meeting), grosze for a value
or a margin; from `lower` until `upper`, half-open, None: no end.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ONE = 10_000
"""One whole fact, in the units of a count."""


@dataclass(frozen=True)
class DraftBand:
    """One row of a table: what is paid for each unit from `lower` until `upper`."""

    lower: int
    upper: int | None
    amount_grosze: int = 0
    rate_bp: int = 0


@dataclass(frozen=True)
class DraftComponent:
    """One sentence of a plan; the fields are those of `bonuses.models.Component`."""

    fact_kind: str
    base: str = "count"
    shape: str = "flat"
    amount_grosze: int = 0
    rate_bp: int = 0
    floor_grosze: int = 0
    cap_grosze: int = 0
    needs_kind: str = ""
    needs_least: int = 0
    needs_most: int | None = None
    window_from: datetime | None = None
    window_until: datetime | None = None
    budget_grosze: int = 0
    hold_days: int | None = None
    vests_after: str = ""
    months: int = 0
    bands: tuple[DraftBand, ...] = ()


@dataclass(frozen=True)
class DraftVersion:
    """A whole version: its terms and its components, in their order (position 1 is the first)."""

    valid_from: datetime
    components: tuple[DraftComponent, ...] = ()
    hold_days: int = 30
    clawback_days: int = 90
    quality_gate: bool = True
    leaver: str = "seller"
    guarantee_grosze: int = 0
    guarantee_months: int = 0
    draw_grosze: int = 0
    pool_bp: int = 0
    pool_rule: str = "equal"


class Severity(StrEnum):
    """An error keeps a version from being published; a warning wants to be read."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a draft, or wants a second look.

    `position` of the component and `row` of its table count from 1; None: the version, the whole
    component. `field` names the attribute of the Draft class. `figures` fill the sentence (whole
    numbers, enum values, days): `web.ui.plan_problems.told(problem)` says it in words.
    """

    code: str
    severity: Severity = Severity.ERROR
    position: int | None = None
    row: int | None = None
    field: str = ""
    figures: Mapping[str, int | str] = dataclasses.field(default_factory=dict)
