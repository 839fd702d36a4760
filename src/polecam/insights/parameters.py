"""What the evidence counts with: each parameter as the firm entered it, else its default.

Defaults: evidence.md ("Formulas"). Where a default rests on a study, its page says which one; the
others are assumptions and are called so. Rates are in basis points, money in grosze.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from polecam.insights.estimate import UPLIFT
from polecam.insights.expected import usual_margin
from polecam.kit.money import WHOLE_BP
from polecam.organisation.models import Branch, Setting
from polecam.organisation.queries import at_levels
from polecam.organisation.settings import KINDS, rows_for

PARAMETERS = (
    "cost_of_client_grosze",
    "yearly_margin_grosze",
    "retention_bp",
    "discount_bp",
    "horizon_years",
    "uplift_bp",
    "incremental_bp",
    "hour_cost_grosze",
    "ask_minutes",
    "follow_minutes",
    "client_reward_grosze",
    "programme_month_grosze",
)
FROM_STUDY = frozenset({"uplift_bp"})
"""Defaults that rest on published research; the rest are working assumptions."""


@dataclass(frozen=True, slots=True)
class Held:
    """One parameter as it holds now. `row`: who entered it, when, from where; None: the default."""

    key: str
    value: int | None
    row: Setting | None = None

    @property
    def own(self) -> bool:
        """Whether the firm entered it."""
        return self.row is not None


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of them at one moment, ready to count with."""

    held: dict[str, Held]

    def value(self, key: str) -> int:
        """A parameter that always has a value. Raises ValueError for one that has none."""
        found = self.held[key].value
        if found is None:
            raise ValueError(f"{key} has no value")
        return found

    def rate(self, key: str) -> float:
        """Basis points as a share of one."""
        return self.value(key) / WHOLE_BP

    def own(self, *keys: str) -> bool:
        """Whether every one of these was entered by the firm."""
        return all(self.held[key].own for key in keys)

    @property
    def cost_of_client(self) -> int | None:
        """What winning a client costs without a referral (grosze); None until entered."""
        return self.held["cost_of_client_grosze"].value


def history(key: str, branch: Branch | None, at: datetime) -> QuerySet[Setting]:
    """What was entered for a parameter, newest first: for the branch and, above it, up to the firm
    (where the branch hangs at `at`)."""
    rows = rows_for(branch.pk if branch else None, at).filter(key=key)
    return rows.select_related("branch").order_by("-valid_from", "-id")


def in_force(at: datetime, *, business: str, branch: Branch | int | None = None) -> Parameters:
    """Every parameter at `at`: of the nearest place that has its own, else of the firm, else its
    default. A place that took its own back counts with what holds above it. One query."""
    levels = at_levels(branch, at, PARAMETERS)
    last = {key: row for (key, _height), row in levels.items() if is_own(row)}
    return Parameters({key: _held(key, last.get(key), business) for key in PARAMETERS})


def default_of(key: str, business: str) -> int | None:
    """What holds where nobody entered anything."""
    if key == "uplift_bp":
        return round(UPLIFT.get(business, 1.0) * WHOLE_BP)
    if key == "yearly_margin_grosze":
        return usual_margin()
    found = KINDS[key].default
    return found if isinstance(found, int) else None


def is_own(row: Setting) -> bool:
    """A row without a source that says the default again took an own value back."""
    return row.value is not None and bool(row.why or row.value != KINDS[row.key].default)


def _held(key: str, row: Setting | None, business: str) -> Held:
    if row is None:
        return Held(key, default_of(key, business))
    return Held(key, row.value, row)
