"""Plans to begin from, one for each line of business: figures only, their names are the pages'.

Sensible first versions for a Polish firm, to be changed at once. Each passes `plan_rules.problems`
without an error, also in a regulated firm. Linear plans by default: accelerators made sellers
time their deals (Larkin 2014), so the one that has them is capped.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent, DraftVersion
from polecam.organisation.currencies import PLN, Currency, rescaled

ZL = 100
CODES = ("bank", "insurance", "estate", "telco", "cars", "b2b", "other")
SPIFF_DAYS = 31


def for_line(business: str) -> str:
    """The code of the template that fits a line of business."""
    code = {"real_estate": "estate"}.get(business, business)
    return code if code in CODES else "other"


def build(
    code: str,
    valid_from: datetime,
    action_until: datetime | None = None,
    currency: Currency = PLN,
) -> DraftVersion:
    """The template `code` as a draft in force from `valid_from`; a special action in it ends at
    `action_until` (default: after 31 days). Raises KeyError."""
    draft = _in(currency, BUILDERS[code](valid_from))
    if action_until is None:
        return draft
    ended = (
        replace(one, window_until=action_until) if one.window_until else one
        for one in draft.components
    )
    return replace(draft, components=tuple(ended))


def _in(currency: Currency, draft: DraftVersion) -> DraftVersion:
    """The same with every amount as a round one of the currency."""
    if currency.zlotys == 1:
        return draft

    def told(one: DraftComponent) -> DraftComponent:
        return replace(
            one,
            amount_grosze=rescaled(one.amount_grosze, currency),
            floor_grosze=rescaled(one.floor_grosze, currency),
            cap_grosze=rescaled(one.cap_grosze, currency),
            budget_grosze=rescaled(one.budget_grosze, currency),
            bands=tuple(band(one.base, row) for row in one.bands),
        )

    def band(base: str, row: DraftBand) -> DraftBand:
        paid = rescaled(row.amount_grosze, currency)
        if base == "count":
            return replace(row, amount_grosze=paid)
        upper = None if row.upper is None else rescaled(row.upper, currency)
        return replace(row, lower=rescaled(row.lower, currency), upper=upper, amount_grosze=paid)

    return replace(draft, components=tuple(told(one) for one in draft.components))


def renewed(draft: DraftVersion, valid_from: datetime) -> DraftVersion:
    """A version as the beginning of the next one, in force from `valid_from`: special actions
    belonged to their time and are left out."""
    lasting = tuple(one for one in draft.components if one.window_until is None)
    return replace(draft, valid_from=valid_from, components=lasting)


def _bank(valid_from: datetime) -> DraftVersion:
    """A bank branch: small early steps, a part of the margin, a good word, no more."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("consent", amount_grosze=10 * ZL),
            DraftComponent("meeting", amount_grosze=40 * ZL),
            DraftComponent("sale", base="margin", rate_bp=1_250),
            DraftComponent("coached", amount_grosze=100 * ZL),
        ),
        hold_days=30,
        clawback_days=90,
        quality_gate=True,
    )


def _insurance(valid_from: datetime) -> DraftVersion:
    """An insurance agency: a part of the premium now, a part once the policy was kept a year; a
    month with an upheld complaint pays no part of the premium."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("consent", amount_grosze=10 * ZL),
            DraftComponent("meeting", amount_grosze=30 * ZL),
            DraftComponent(
                "sale",
                base="value",
                rate_bp=400,
                floor_grosze=30 * ZL,
                needs_kind="complaint",
                needs_most=0,
            ),
            DraftComponent("retained", base="value", rate_bp=200, months=12),
        ),
        hold_days=30,
        clawback_days=365,
        quality_gate=True,
    )


def _estate(valid_from: datetime) -> DraftVersion:
    """A real-estate office: a growing part of the commission, each zloty by its own band."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("meeting", amount_grosze=50 * ZL),
            DraftComponent(
                "sale",
                base="margin",
                shape="marginal",
                bands=(
                    DraftBand(0, 10_000 * ZL, rate_bp=1_000),
                    DraftBand(10_000 * ZL, 30_000 * ZL, rate_bp=1_200),
                    DraftBand(30_000 * ZL, None, rate_bp=1_500),
                ),
            ),
            DraftComponent("handoff", amount_grosze=200 * ZL),
        ),
        hold_days=14,
        clawback_days=60,
        quality_gate=True,
    )


def _telco(valid_from: datetime) -> DraftVersion:
    """A telco shop: for each activation, half of it once it is kept for three months; a small
    special action in its first month, from its own budget."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("consent", amount_grosze=5 * ZL),
            DraftComponent("sale", amount_grosze=40 * ZL),
            DraftComponent("retained", amount_grosze=40 * ZL, months=3),
            DraftComponent(
                "sale",
                amount_grosze=20 * ZL,
                window_from=valid_from,
                window_until=valid_from + timedelta(days=SPIFF_DAYS),
                budget_grosze=1_000 * ZL,
            ),
        ),
        hold_days=14,
        clawback_days=90,
        quality_gate=True,
    )


def _b2b(valid_from: datetime) -> DraftVersion:
    """A B2B team: a part of the margin that grows with the month's sales, capped; a published
    reference and a colleague coached count too."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("meeting", amount_grosze=100 * ZL),
            DraftComponent(
                "sale",
                base="margin",
                shape="accelerator",
                cap_grosze=15_000 * ZL,
                bands=(
                    DraftBand(0, 50_000 * ZL, rate_bp=600),
                    DraftBand(50_000 * ZL, None, rate_bp=900),
                ),
            ),
            DraftComponent("reference", amount_grosze=300 * ZL),
            DraftComponent("coached", amount_grosze=200 * ZL),
            DraftComponent(
                "handoff",
                shape="marginal",
                bands=(
                    DraftBand(0, 5 * ONE, amount_grosze=250 * ZL),
                    DraftBand(5 * ONE, None, amount_grosze=150 * ZL),
                ),
            ),
        ),
        hold_days=45,
        clawback_days=180,
        quality_gate=True,
    )


def _cars(valid_from: datetime) -> DraftVersion:
    """A car dealer: a test drive and a sold car, each at a flat price: margins of cars differ too
    much for a fair percentage; helping a colleague counts too."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("consent", amount_grosze=10 * ZL),
            DraftComponent("meeting", amount_grosze=50 * ZL),
            DraftComponent("sale", amount_grosze=400 * ZL),
            DraftComponent("handoff", amount_grosze=100 * ZL),
        ),
        hold_days=14,
        clawback_days=60,
        quality_gate=True,
    )


def _other(valid_from: datetime) -> DraftVersion:
    """Any other firm: three plain sentences to begin with."""
    return DraftVersion(
        valid_from=valid_from,
        components=(
            DraftComponent("consent", amount_grosze=10 * ZL),
            DraftComponent("meeting", amount_grosze=40 * ZL),
            DraftComponent("sale", base="margin", rate_bp=1_000),
        ),
        hold_days=30,
        clawback_days=90,
        quality_gate=True,
    )


BUILDERS = {
    "bank": _bank,
    "insurance": _insurance,
    "estate": _estate,
    "telco": _telco,
    "cars": _cars,
    "b2b": _b2b,
    "other": _other,
}
