"""A reward becomes due by an outcome of a link, is decided by somebody else, given or cancelled."""

from contextlib import suppress
from datetime import datetime

from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy.queries import may_tell
from polecam.referrals.models import Meeting, Referral
from polecam.store.tx import action, lock, lock_keys
from polecam.thanks import giving, queries, rules
from polecam.thanks.models import GrantState, Reward, RewardGrant, RewardOutcome, Side
from polecam.thanks.texts import amount


def ask_due(*, event: Event, at: datetime) -> list[RewardGrant]:
    """What one outcome of a referral makes due, by the client's own choice; once for each side.

    Nothing where rewards are off, the client chose nothing, or the outcome is not the reward's. A
    reward that needs no approval is approved at once, if budget, stock and the year's cap allow.
    """
    with action():
        found = _due(event, at)
        if found is None:
            return []
        referral, client, reward = found
        told = may_tell(referral.public_id)
        sides = rules.due_sides(reward.side, told=told)
        rows = RewardGrant.objects.filter(referral=referral)
        known = set(rows.values_list("side", flat=True))
        made = [_ask(referral, client, reward, side, at) for side in sides if side not in known]
        for grant in made:
            if not reward.needs_approval and not grant.flag:
                with suppress(Refused), action():
                    _approve(grant, by=None, at=at, why="")
    return made


def _due(event: Event, at: datetime) -> tuple[Referral, Client, Reward] | None:
    """The locked referral and client, and the chosen reward, of an outcome that counts."""
    outcome = rules.OUTCOMES.get(event.kind, "")
    rows = Referral.objects.select_related("client")
    referral = rows.filter(public_id=event.subject, client__isnull=False).first()
    if not outcome or referral is None or referral.client is None:
        return None
    client = lock(referral.client, "party")
    referral = lock(referral)  # whoever erases it holds it
    if referral.erased_at is not None:
        return None
    choice = queries.chosen(client)
    reward = choice.reward if choice else None
    if reward is None or reward.ended_at is not None or reward.outcome != outcome:
        return None
    if not queries.rewards_on(client.branch_id, at=at) or _same_person(referral, client):
        return None
    if outcome == RewardOutcome.TALK and not _talked(referral):
        return None
    return referral, client, reward


def _same_person(referral: Referral, client: Client) -> bool:
    """Whether the friend is the client: nobody is rewarded for themselves."""
    party = referral.party
    return party is not None and groups.head(party) == groups.head(client.party)


def _talked(referral: Referral) -> bool:
    return Meeting.objects.filter(referral=referral, held_at__isnull=False).exists()


def _ask(
    referral: Referral, client: Client, reward: Reward, side: str, at: datetime
) -> RewardGrant:
    year = day_of(at, settings.zone()).year
    grant = RewardGrant.objects.create(
        reward=reward,
        client=client,
        party={Side.CLIENT: client.party, Side.FRIEND: referral.party}.get(Side(side)),
        referral=referral,
        branch_id=client.branch_id,
        side=side,
        value_grosze=reward.value_grosze,
        tax_class=reward.tax_class,
        year=year,
        state=GrantState.ASKED,
        asked_at=at,
        flag="many" if _many(client, referral, year, at) else "",
    )
    _tell("asked", grant, by=None, at=at)
    return grant


def _many(client: Client, referral: Referral, year: int, at: datetime) -> bool:
    """Records joined to the client's count as one client."""
    records = Client.objects.filter(party__in=groups.ids([client.party_id]))
    rewarded = giving.rewarded_referrals(set(records.values_list("pk", flat=True)), year=year)
    most = settings.value("rewarded_a_year", at=at, branch=client.branch_id)
    regulated = settings.organisation().regulated
    return rules.many(rewarded, referral.pk, most=most, regulated=regulated)


def approve(*, by: Person, at: datetime, grant: RewardGrant, why: str = "") -> RewardGrant:
    """Promise it: one from the stock, its worth from the year's budget. Twice is once.

    By somebody who is neither the client's seller nor the referral's. Raises Refused
    ("reward_own_client", "reward_needs_reason" where compliance must look, "reward_settled",
    "reward_nobody", "reward_person_year", "reward_none_left", "reward_budget_none",
    "reward_budget_spent", "thanks_not_told", "rewards_off"), NotAllowed.
    """
    with action():
        grant = _decided_by(by, grant)
        if grant.state == GrantState.APPROVED:
            return grant
        if not queries.rewards_on(grant.branch_id, at=at):
            raise Refused("rewards_off")
        if grant.flag:
            _require_reason(why)
        _approve(grant, by=by, at=at, why=why)
    return grant


def refuse(*, by: Person, at: datetime, grant: RewardGrant, why: str) -> RewardGrant:
    """Decide against it, with a reason. Raises as `approve`."""
    with action():
        grant = _decided_by(by, grant)
        if grant.state == GrantState.REFUSED:
            return grant
        _require_reason(why)
        _move(grant, GrantState.REFUSED, by=by, at=at, why=why)
    return grant


def give(*, by: Person, at: datetime, grant: RewardGrant) -> RewardGrant:
    """Note that it was handed over: it counts in the year of this day. Twice is once.

    Raises Refused("reward_settled", "reward_person_year", "reward_nobody", "thanks_not_told"),
    NotAllowed.
    """
    with action():
        grant = _locked(grant)
        require(by, Permission.GIVE_REWARD, grant.branch_id)
        if grant.state == GrantState.GIVEN:
            return grant
        _require_move(grant, GrantState.GIVEN)
        _require_possible(grant, at)
        grant.state, grant.given_at = GrantState.GIVEN, at
        grant.save(update_fields=["state", "given_at", "year"])
        _tell("given", grant, by=by, at=at)
    return grant


def cancel(*, by: Person, at: datetime, grant: RewardGrant, why: str) -> RewardGrant:
    """Take back what was not given yet: stock and budget come back. With a reason.

    Raises Refused("reward_needs_reason", "reward_settled"), NotAllowed.
    """
    with action():
        grant = _locked(grant)
        require(by, Permission.GIVE_REWARD, grant.branch_id)
        if grant.state == GrantState.CANCELLED:
            return grant
        _require_reason(why)
        _require_move(grant, GrantState.CANCELLED)
        giving.give_back(grant)
        _move(grant, GrantState.CANCELLED, by=by, at=at, why=why)
    return grant


def _approve(grant: RewardGrant, *, by: Person | None, at: datetime, why: str) -> None:
    _require_move(grant, GrantState.APPROVED)
    _require_possible(grant, at)
    if grant.client and not grant.flag and _many(grant.client, grant.referral, grant.year, at):
        grant.flag = "many"  # asked last year, it counts in this one
        _require_reason(why)
    giving.take(grant, year=grant.year)
    _move(grant, GrantState.APPROVED, by=by, at=at, why=why)


def _require_possible(grant: RewardGrant, at: datetime) -> None:
    """Somebody is there to get it, may know of it, and their year is not over the cap.

    Whatever one person is promised at the same moment waits here, whichever branch promises it.
    """
    if grant.party is None and grant.side != Side.CHARITY:
        raise Refused("reward_nobody")
    if grant.side != Side.FRIEND and not may_tell(grant.referral.public_id):
        raise Refused("thanks_not_told")
    grant.year = day_of(at, settings.zone()).year
    if grant.party is None:
        return
    lock_keys([f"reward-person:{groups.head(grant.party)}"])
    most = settings.value("reward_person_year_grosze", at=at, branch=grant.branch_id)
    had = giving.year_sum(grant.party, year=grant.year, but=grant.pk)
    if rules.over_year(had, grant.value_grosze, most):
        raise Refused("reward_person_year", most=amount(most))


def _decided_by(by: Person, grant: RewardGrant) -> RewardGrant:
    grant = _locked(grant)
    require(by, Permission.APPROVE_REWARD, grant.branch_id)
    owner = grant.client.owner_id if grant.client else None
    if by.pk in (owner, grant.referral.originator_id):
        raise Refused("reward_own_client")
    return grant


def _locked(grant: RewardGrant) -> RewardGrant:
    if grant.client is not None:
        lock(grant.client)
    return lock(grant)


def _require_reason(why: str) -> None:
    if not why.strip():
        raise Refused("reward_needs_reason", field="why")


def _require_move(grant: RewardGrant, to: str) -> None:
    if not rules.may_move(grant.state, to):
        raise Refused("reward_settled")


def _move(grant: RewardGrant, to: GrantState, *, by: Person | None, at: datetime, why: str) -> None:
    _require_move(grant, to)
    grant.state, grant.why = to, " ".join(why.split())[:200]
    grant.decided_by, grant.decided_at = by, at
    grant.save()
    _tell(to.value, grant, by=by, at=at)


def _tell(what: str, grant: RewardGrant, *, by: Person | None, at: datetime) -> None:
    data = {"side": grant.side, "flag": grant.flag, "year": grant.year}
    record(f"reward_grant.{what}", grant, by=by, at=at, branch=grant.branch_id, data=data)
