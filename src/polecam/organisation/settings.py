"""Dated settings: what is true for a branch at a moment, with the defaults of docs/compliance."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from polecam.kit.periods import day_of
from polecam.organisation import currencies
from polecam.organisation.currencies import Currency
from polecam.organisation.models import Branch, Organisation, Placement, Setting


@dataclass(frozen=True)
class Kind:
    """One setting: default, unit, bounds, and which change must be explained by whoever makes it.

    `explained`: "longer" (personal data would stay longer), "shorter" (a client would rest less),
    "yes" (switching it on loosens a protection), "no" (switching it off does), "source" (a figure
    says where it is from), "" (none). `choices`: what a "choice" may be.
    """

    default: int | bool | str | None
    unit: str
    low: int | None = None
    high: int | None = None
    explained: str = ""
    choices: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "exclusivity_days": Kind(90, "days", 1, 365),
    "contact_secures_days": Kind(30, "days", 0, 90),
    "invitation_days": Kind(14, "days", 1, 30, "longer"),
    "unanswered_days": Kind(14, "days", 1, 30, "longer"),
    "inactive_days": Kind(365, "days", 30, 1095, "longer"),
    "ask_rest_days": Kind(90, "days", 30, 730, "shorter"),
    "refusals_rest_days": Kind(365, "days", 90, 1095, "shorter"),
    "recovery_days": Kind(90, "days", 30, 365, "shorter"),
    "weekly_goal": Kind(5, "asks", 1, 30),
    "undo_minutes": Kind(10, "minutes", 1, 60),
    "cost_of_client_grosze": Kind(None, "grosze", 0, 100_000_000, "source"),
    "sms_without_gateway_unlocks": Kind(False, "yes/no", explained="yes"),
    "monitoring_notice": Kind(None, "date"),
    "monitoring_rule": Kind("", "text"),
    # the first days of a firm (actions.start): what was put off, and who protects the data
    "start_put_off": Kind("", "text"),
    "start_put_away": Kind(False, "yes/no"),
    "data_officer": Kind("", "choice", choices=("inside", "outside", "none")),
    "team_goal_asks": Kind(40, "asks", 1, 1000),
    "client_may_be_named": Kind(False, "yes/no", explained="yes"),
    "claim_work": Kind("reached", "choice", choices=("reached", "attempt", "meeting")),
    "claim_expiry": Kind("free", "choice", choices=("free", "originator", "boss")),
    "handoff_hours": Kind(48, "hours", 1, 336),
    "handoff_product_bp": Kind(6_000, "bp", 0, 10_000),
    "handoff_language_bp": Kind(7_000, "bp", 0, 10_000),
    "handoff_place_bp": Kind(6_000, "bp", 0, 10_000),
    "handoff_absence_bp": Kind(8_000, "bp", 0, 10_000),
    "handoff_leaving_bp": Kind(5_000, "bp", 0, 10_000),
    "handoff_other_bp": Kind(7_000, "bp", 0, 10_000),
    "share_floor_bp": Kind(3_000, "bp", 0, 10_000),
    "reuse_share_bp": Kind(2_000, "bp", 0, 5_000),
    "proposal_days": Kind(7, "days", 1, 60),
    "dispute_hours": Kind(48, "hours", 1, 336),
    "appeal_days": Kind(7, "days", 1, 30),
    "extra_month_grosze": Kind(0, "grosze", 0, 100_000_000),
    "extra_each_grosze": Kind(5_000, "grosze", 100, 10_000_000),
    "match_same_bp": Kind(9_500, "bp", 8_000, 10_000),
    "match_ask_bp": Kind(7_000, "bp", 3_000, 10_000),
    "meeting_reminder_hours": Kind(24, "hours", 0, 168),
    # asking is not imposing: one budget for asks (above), one for everything else
    "contact_rest_days": Kind(30, "days", 7, 365, "shorter"),
    "contacts_a_year": Kind(4, "contacts", 1, 12, "longer"),
    "survey_every_days": Kind(180, "days", 60, 730, "shorter"),
    "survey_days": Kind(21, "days", 3, 60),
    "pulse_bp": Kind(500, "bp", 0, 10_000),
    "pulse_alert_bp": Kind(2_000, "bp", 500, 10_000),
    "pulse_least": Kind(5, "answers", 5, 100),
    "pause_days": Kind(14, "days", 1, 90),
    "card_days": Kind(365, "days", 30, 730, "longer"),
    "words_test": Kind(True, "yes/no"),
    "guess_every": Kind(4, "asks", 2, 50),
    "thanks_days": Kind(3, "days", 1, 30),
    "rewards": Kind(False, "yes/no", explained="yes"),
    "reward_most_grosze": Kind(10_000, "grosze", 0, 10_000_000, "source"),
    "reward_person_year_grosze": Kind(20_000, "grosze", 0, 100_000_000, "source"),
    "rewarded_a_year": Kind(5, "referrals", 1, 100, "source"),
    "bank_secrecy": Kind(False, "yes/no"),
    "request_days": Kind(30, "days", 1, 31),
    "quiet_from": Kind(20, "hour", 16, 23),
    "quiet_until": Kind(8, "hour", 6, 12),
    "payday": Kind(10, "day of the month", 1, 28),
    # signing in: a real firm begins with a second factor for whoever sees more (actions.setup)
    "factor_seller": Kind(False, "yes/no", explained="no"),
    "factor_manager": Kind(False, "yes/no", explained="no"),
    "factor_admin": Kind(False, "yes/no", explained="no"),
    "factor_dpo": Kind(False, "yes/no", explained="no"),
    "factor_payroll": Kind(False, "yes/no", explained="no"),
    "factor_grace_days": Kind(7, "days", 0, 30, "longer"),
    "session_idle_hours": Kind(12, "hours", 1, 168, "longer"),
    # what the evidence counts with (insights.parameters): each change names its source
    "retention_bp": Kind(8_000, "bp", 0, 9_900, "source"),
    "discount_bp": Kind(1_000, "bp", 0, 10_000, "source"),
    "uplift_bp": Kind(None, "bp", 5_000, 30_000, "source"),
    "incremental_bp": Kind(5_000, "bp", 0, 10_000, "source"),
    "yearly_margin_grosze": Kind(None, "grosze", 0, 100_000_000, "source"),
    "horizon_years": Kind(5, "years", 1, 20, "source"),
    "hour_cost_grosze": Kind(6_000, "grosze", 100, 1_000_000, "source"),
    "ask_minutes": Kind(3, "minutes", 1, 120, "source"),
    "follow_minutes": Kind(20, "minutes", 0, 600, "source"),
    "client_reward_grosze": Kind(0, "grosze", 0, 10_000_000, "source"),
    "programme_month_grosze": Kind(0, "grosze", 0, 1_000_000_000, "source"),
}


FIRM_ONLY = frozenset(
    {
        "sms_without_gateway_unlocks",
        "match_same_bp",
        "match_ask_bp",
        "request_days",
        "quiet_from",
        "quiet_until",
        "payday",
        "start_put_off",
        "start_put_away",
        "data_officer",
        "session_idle_hours",
        *(key for key in KINDS if key.startswith("factor_")),
    }
)
"""What cannot differ from place to place."""
ON_OTHER_PAGES = frozenset(
    {"monitoring_notice", "monitoring_rule", "start_put_off", "start_put_away", "data_officer"}
)
"""Asked for on pages of their own: the notice, the first steps."""


def organisation() -> Organisation:
    """The firm. Raises Organisation.DoesNotExist before `polecam init`."""
    return Organisation.objects.get()


_fixed: list[tuple[str, str]] = []


def _chosen() -> tuple[str, str]:
    """Zone and currency: never changed once a branch is open, so each process asks until then,
    and once more."""
    if _fixed:
        return _fixed[0]
    found = Organisation.objects.values_list("zone", "currency").get()
    if Branch.objects.exists():
        _fixed[:] = [found]
    return found


def zone() -> str:
    """The firm's zone, in which its days begin.

    Raises Organisation.DoesNotExist before there is a firm.
    """
    return _chosen()[0]


def currency() -> Currency:
    """The money the firm counts in. Raises as `zone`."""
    return currencies.of(_chosen()[1])


def value(key: str, *, at: datetime, branch: Branch | int | None = None) -> Any:
    """The value of `key` at `at`: the nearest place of the tree that has its own row says it,
    then the firm, then the default."""
    return values(key, at=at, branch=branch)[key]


def values(*keys: str, at: datetime, branch: Branch | int | None = None) -> dict[str, Any]:
    """Several settings in one query (page budget): the last row of the nearest level counts; a
    level that took its value back says nothing."""
    ident = branch.pk if isinstance(branch, Branch) else branch
    rows = rows_for(ident, at).filter(key__in=keys, valid_from__lte=at)
    rows = rows.order_by("height", "valid_from", "id")
    levels = {
        (key, height): value for key, height, value in rows.values_list("key", "height", "value")
    }
    said = {key: value for (key, _height), value in levels.items() if value is not None}
    return {key: KINDS[key].default for key in keys} | said


def rows_for(branch: int | None, at: datetime) -> QuerySet[Any]:
    """Rows of the firm, the region, the branch and the team that `branch` is in, with `height`: the
    firm's has 0, that of `branch` itself 3."""
    if branch is None:
        return Setting.objects.filter(branch=None).annotate(height=Value(0))
    on = day_of(at, zone())
    in_force = Placement.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    parents = in_force.filter(branch_id=branch).values("parent_id")
    grandparents = in_force.filter(branch_id__in=parents).values("parent_id")
    height = Case(
        When(branch_id=branch, then=Value(3)),
        When(branch_id__in=parents, then=Value(2)),
        When(branch_id__in=grandparents, then=Value(1)),
        default=Value(0),
    )
    near = Q(branch_id=branch) | Q(branch_id__in=parents) | Q(branch_id__in=grandparents)
    return Setting.objects.filter(Q(branch=None) | near).annotate(height=height)


def inherited(key: str, *, at: datetime, branch: Branch) -> Any:
    """What would hold for a place at `at` if it had said nothing itself."""
    rows = rows_for(branch.pk, at).filter(key=key, valid_from__lte=at).exclude(branch=branch)
    levels = dict(rows.order_by("height", "valid_from", "id").values_list("height", "value"))
    said = [value for value in levels.values() if value is not None]
    return said[-1] if said else KINDS[key].default


class Past:
    """What some settings said at any moment: two queries, however many moments are asked about."""

    def __init__(self, *keys: str) -> None:
        rows = Setting.objects.filter(key__in=keys).order_by("valid_from", "id")
        self.rows = list(rows.values_list("key", "branch_id", "valid_from", "value"))
        levels = {row[1] for row in self.rows} - {None}
        found = Placement.objects.values_list("branch_id", "parent_id", "since", "until")
        self.placed = list(found) if levels else []  # without rows of a place nothing hangs on it

    def value(self, key: str, *, at: datetime, branch: int) -> Any:
        """As `value` above: the last row of the nearest level that held at `at`."""
        said: dict[int | None, Any] = {
            its_branch: value
            for its_key, its_branch, valid_from, value in self.rows
            if its_key == key and valid_from <= at
        }
        place: int | None = branch
        while place is not None and said.get(place) is None:
            place = self._above(place, at)
        found = said.get(place)
        return KINDS[key].default if found is None else found

    def _above(self, branch: int, at: datetime) -> int | None:
        if not self.placed:
            return None
        on = day_of(at, zone())
        return next(
            (
                parent
                for child, parent, since, until in self.placed
                if child == branch and since <= on and (until is None or on < until)
            ),
            None,
        )
