"""The catalogue of what the firm gives with its thanks, and what a branch may give in a year."""

from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock
from polecam.thanks import presets, queries
from polecam.thanks.models import (
    Reward,
    RewardBudget,
    RewardGrant,
    RewardOutcome,
    Side,
    TaxClass,
)
from polecam.thanks.texts import amount

LONGEST, MOST_STOCK = 80, 100_000
MOST_BUDGET = 100_000_000_00


def add(
    *,
    by: Person,
    at: datetime,
    side: str,
    outcome: str,
    title_pl: str,
    title_en: str,
    value_grosze: int,
    tax_class: str = TaxClass.UNSET,
    stock: int | None = None,
    needs_approval: bool = True,
    branch: Branch | None = None,
) -> Reward:
    """Put a reward into the catalogue of a branch, or (None) of the firm: flat, never a part of
    anything.

    Raises Refused("rewards_off", "reward_title", "reward_side", "reward_outcome", "reward_tax",
    "reward_value", "reward_too_large", "reward_stock"), NotAllowed.
    """
    here = branch.pk if branch else None
    titles = [" ".join(one.split()) for one in (title_pl, title_en)]
    _check(side, outcome, titles, tax_class, stock)
    with action():
        require(by, Permission.MANAGE_REWARDS, here)
        _require_on(here, at)
        _require_worth(value_grosze, here, at)
        reward = Reward.objects.create(
            branch=branch,
            side=side,
            outcome=outcome,
            title_pl=titles[0],
            title_en=titles[1],
            value_grosze=value_grosze,
            tax_class=tax_class,
            stock=stock,
            needs_approval=needs_approval,
            made_by=by,
            made_at=at,
        )
        data = {"side": side, "outcome": outcome, "grosze": value_grosze}
        record("reward.added", reward, by=by, at=at, branch=here, data=data)
    return reward


def add_preset(
    *, by: Person, at: datetime, code: str, branch: Branch | None = None
) -> Reward | None:
    """Put a preset of the firm's line of business into the catalogue, tax class unset.

    None where the catalogue has it. Raises Refused("reward_gone") for an unknown code, and as
    `add`.
    """
    one = presets.for_business(settings.organisation().business).get(code)
    if one is None:
        raise Refused("reward_gone", field="preset")
    with action():
        used = Reward.objects.filter(branch=branch, ended_at=None, side=one.side)
        if used.filter(title_pl=one.title_pl).exists():
            return None
        return add(
            by=by,
            at=at,
            branch=branch,
            side=one.side,
            outcome=one.outcome,
            title_pl=one.title_pl,
            title_en=one.title_en,
            value_grosze=one.value_grosze,
        )


def restock(*, by: Person, at: datetime, reward: Reward, stock: int | None) -> Reward:
    """Note how many are left (None: as many as wanted).

    Raises Refused("reward_stock", "reward_ended"), NotAllowed.
    """
    _check_stock(stock)
    with action():
        require(by, Permission.MANAGE_REWARDS, reward.branch_id)
        reward = lock(reward)
        if reward.ended_at is not None:
            raise Refused("reward_ended")
        reward.stock = stock
        reward.save(update_fields=["stock"])
        data = {"stock": stock}
        record("reward.stocked", reward, by=by, at=at, branch=reward.branch_id, data=data)
    return reward


def classify(*, by: Person, at: datetime, reward: Reward, tax_class: str) -> Reward:
    """The accountants decide about the tax class: of what comes, and of what had none yet.

    A reward that was given under a class keeps it. Raises Refused("reward_tax"), NotAllowed.
    """
    if tax_class not in TaxClass.values:
        raise Refused("reward_tax", field="tax_class")
    with action():
        require(by, Permission.MANAGE_REWARDS, reward.branch_id)
        undecided = _undecided(reward)
        reward = lock(reward)
        if reward.tax_class == tax_class and (not undecided or tax_class == TaxClass.UNSET):
            return reward
        reward.tax_class = tax_class
        reward.save(update_fields=["tax_class"])
        grants = RewardGrant.objects.filter(pk__in=undecided).update(tax_class=tax_class)
        data = {"tax_class": tax_class, "grants": grants}
        record("reward.classified", reward, by=by, at=at, branch=reward.branch_id, data=data)
    return reward


def _undecided(reward: Reward) -> list[int]:
    """Ids of grants without a tax class, locked before their reward, as whoever approves one does
    (approving takes from the stock)."""
    rows = RewardGrant.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(reward=reward, tax_class=TaxClass.UNSET).order_by("id")
    return list(found.values_list("pk", flat=True))


def end(*, by: Person, at: datetime, reward: Reward) -> Reward:
    """Take a reward out of the catalogue; what was promised stands. Twice is once."""
    with action():
        require(by, Permission.MANAGE_REWARDS, reward.branch_id)
        reward = lock(reward)
        if reward.ended_at is None:
            reward.ended_at = at
            reward.save(update_fields=["ended_at"])
            record("reward.ended", reward, by=by, at=at, branch=reward.branch_id)
    return reward


def set_budget(*, by: Person, at: datetime, branch: Branch, year: int, grosze: int) -> RewardBudget:
    """What a branch may give in this year or the next, never less than it has promised.

    Raises Refused("rewards_off", "reward_year", "reward_value", "reward_budget_low"), NotAllowed.
    """
    if not 0 <= grosze <= MOST_BUDGET:
        raise Refused("reward_value", field="grosze")
    with action():
        require(by, Permission.MANAGE_REWARDS, branch.pk)
        _require_on(branch.pk, at)
        if year - day_of(at, settings.zone()).year not in (0, 1):
            raise Refused("reward_year", field="year")
        lock(branch)
        budget, _new = RewardBudget.objects.get_or_create(
            branch=branch, year=year, defaults={"grosze": grosze}
        )
        fits = RewardBudget.objects.filter(pk=budget.pk, used_grosze__lte=grosze)
        if not fits.update(grosze=grosze):
            used = amount(budget.used_grosze)
            raise Refused("reward_budget_low", field="grosze", used=used)
        data = {"year": year, "grosze": grosze}
        record("reward_budget.set", branch, by=by, at=at, branch=branch.pk, data=data)
        budget.refresh_from_db()
    return budget


def _check(side: str, outcome: str, titles: list[str], tax: str, stock: int | None) -> None:
    if side not in Side.values:
        raise Refused("reward_side", field="side")
    if outcome not in RewardOutcome.values:
        raise Refused("reward_outcome", field="outcome")
    for field, one in zip(("title_pl", "title_en"), titles, strict=True):
        if not one or len(one) > LONGEST:
            raise Refused("reward_title", field=field)
    if tax not in TaxClass.values:
        raise Refused("reward_tax", field="tax_class")
    _check_stock(stock)


def _check_stock(stock: int | None) -> None:
    if stock is not None and not 0 <= stock <= MOST_STOCK:
        raise Refused("reward_stock", field="stock")


def _require_on(branch: int | None, at: datetime) -> None:
    if not queries.on_anywhere(at=at, branch=branch):
        raise Refused("rewards_off")


def _require_worth(grosze: int, branch: int | None, at: datetime) -> None:
    if grosze < 0:
        raise Refused("reward_value", field="value")
    most = settings.value("reward_most_grosze", at=at, branch=branch)
    if grosze > most:
        raise Refused("reward_too_large", field="value", most=amount(most))
