"""Asking: what was asked, what came of it, what was skipped; everything may be put right."""

from datetime import date, datetime
from typing import Any, NamedTuple

from polecam.actions import taking_back
from polecam.actions.once import once
from polecam.actions.ownership import require_own
from polecam.asking import budget, chance, courage, queries, rules, tally
from polecam.asking.models import Ask, AskChannel, FollowUp, Moment, Outcome, Script, Skip
from polecam.clients import persons
from polecam.clients.models import Client
from polecam.journal.record import record as journal
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of, month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import tally as stages
from polecam.store.tx import action, lock

ANSWERS = tally.ANSWERS | {Outcome.NOT_ASKED}
ONLY_FOR = {Outcome.NAMES: False, Outcome.PASS_ON: False, Outcome.AGREED: True}
"""Answers that only one kind of ask can have: whether it is one for a reference."""


def record(
    *,
    by: Person,
    at: datetime,
    client: Client,
    key: str,
    moment: Moment | None = None,
    script: Script | None = None,
    channel: str = "",
    first: str = "",
    for_reference: bool = False,
) -> Ask:
    """Note that `by` asked `client`; the leaf counts at once, whatever the answer.

    What happened is always recordable: inside a rest (of the person, under any of their records)
    it is flagged. A follow-up of the same kind whose date has come is continued and exempt.
    `for_reference`: a testimonial was asked for; it spends the same budget, and no funnel of
    referrals counts it. `channel`: how (AskChannel, "" = not said). `first`: proof of the
    script that chance put first (asking.chance), whichever was said. `key`: the form's random key;
    the same form twice is one ask.
    Raises NotAllowed for a colleague's client, Refused("key_reused").
    """
    payload = {"client": client.public_id, "moment": moment.public_id if moment else ""}
    if for_reference:
        payload["about"] = "reference"
    with action():
        ask, _made = once(
            by.public_id,
            key,
            payload,
            at=at,
            make=lambda: _record(
                by, at, client, moment, _Words(script, channel, first), for_reference
            ),
            model=Ask,
        )
    return ask


class _Words(NamedTuple):
    """What was said, how, and the proof of what chance put first."""

    script: Script | None
    channel: str
    first: str

    def columns(self, by: Person, client: Client) -> dict[str, Any]:
        """As an ask remembers them."""
        script = self.script
        return {
            "script_code": script.code if script else "",
            "script_version": script.version if script else None,
            "script_own": bool(script and script.seller_id),
            "drawn": chance.drawn(self.first, by, client),
            "channel": self.channel if self.channel in AskChannel.values else "",
        }


def _record(
    by: Person,
    at: datetime,
    client: Client,
    moment: Moment | None,
    said: _Words,
    for_reference: bool,
) -> Ask:
    client = lock(client)
    require_own(by, client)
    persons.hold(client)
    zone = settings.zone()
    today = day_of(at, zone)
    if moment and moment.client_id != client.pk:
        moment = None
    follow_up = queries.open_follow_up(by, client, for_reference=for_reference)
    due = follow_up is not None and follow_up.due_on <= today
    rest = budget.verdict(client, at=at, zone=zone, follow_up=due)
    ask = Ask.objects.create(
        client=client,
        seller=by,
        branch_id=client.branch_id,
        for_reference=for_reference,
        moment=moment,
        moment_kind=_kind(moment, follow_up),
        **said.columns(by, client),
        continues=follow_up.ask if follow_up else None,
        asked_at=at,
        inside_rest=rest is not None,
    )
    if follow_up:
        follow_up.done_at = at
        follow_up.save(update_fields=["done_at"])
    client.last_asked_at = max(at, client.last_asked_at or at)
    client.save(update_fields=["last_asked_at"])
    courage.attach(by, ask)
    if not for_reference:
        stages.bump(client.branch_id, by.pk, month_of(at, zone), asks=1)
    journal(
        "ask.made",
        ask,
        by=by,
        at=at,
        branch=client.branch_id,
        data={"client": client.public_id, "inside_rest": ask.inside_rest},
    )
    return ask


def _kind(moment: Moment | None, follow_up: FollowUp | None) -> str:
    if moment:
        return moment.kind
    return follow_up.ask.moment_kind if follow_up else ""


def answer(
    *, by: Person, at: datetime, ask: Ask, outcome: str, later_on: date | None = None
) -> Ask:
    """Note the client's answer; the same answer twice is one.

    `later_on`: the client's date, for "later", which opens the one follow-up. Raises
    Refused("unknown_answer", "answered_already", "follow_up_date", "ask_undone"), NotAllowed for
    anyone but the asker. Nobody is named or passed on to by an ask for a reference.
    """
    if outcome not in ANSWERS or ONLY_FOR.get(Outcome(outcome), ask.for_reference) != (
        ask.for_reference
    ):
        raise Refused("unknown_answer", field="outcome")
    with action():
        client = lock(ask.client)
        ask = lock(ask)
        require_asker(by, ask)
        if ask.outcome == outcome:
            return ask
        if ask.outcome != Outcome.OPEN:
            raise Refused("answered_already")
        if outcome == Outcome.LATER:
            _open_follow_up(by, at, ask, later_on)
        month = month_of(at, settings.zone())
        set_outcome(ask, outcome, by=by, at=at, month=month)
        if outcome == Outcome.NOT_ASKED:
            taking_back.never_happened(ask, client)
    return ask


def require_asker(by: Person, ask: Ask) -> None:
    """Raise NotAllowed unless `by` asked, Refused when the ask was taken back."""
    require(by, Permission.ASK, ask.branch_id)
    if ask.seller_id != by.pk:
        raise NotAllowed("not_your_ask")
    if ask.undone_at:
        raise Refused("ask_undone")


def set_outcome(ask: Ask, outcome: str, *, by: Person, at: datetime, month: str) -> None:
    """Inner step: write an open ask's answer, count it in `month` (that of `at`).

    The journal never tells which answer it was.
    """
    if not ask.for_reference:
        tally.count(ask, month, before=ask.outcome, after=outcome)
    ask.outcome, ask.answered_at = outcome, at
    ask.save(update_fields=["outcome", "answered_at"])
    journal("ask.answered", ask, by=by, at=at, branch=ask.branch_id)


def _open_follow_up(by: Person, at: datetime, ask: Ask, later_on: date | None) -> None:
    today = day_of(at, settings.zone())
    if later_on is None or not rules.follow_up_allowed(later_on, today):
        raise Refused("follow_up_date", field="later_on")
    follow_up = FollowUp.objects.create(ask=ask, due_on=later_on)
    journal(
        "follow_up.opened",
        follow_up,
        by=by,
        at=at,
        branch=ask.branch_id,
        data={"ask": ask.public_id, "due_on": later_on},
    )


def skip(*, by: Person, at: datetime, client: Client, reason: str) -> Skip:
    """Put a suggestion aside for a while, for a reason that needs no excuse.

    The same skip twice on one day is one. Raises Refused("unknown_reason"), NotAllowed.
    """
    if reason not in list(rules.SkipReason):
        raise Refused("unknown_reason", field="reason")
    with action():
        require_own(by, client)
        until = rules.skip_until(rules.SkipReason(reason), day_of(at, settings.zone()))
        same = Skip.objects.filter(client=client, seller=by, reason=reason, until=until).first()
        if same:
            return same
        skipped = Skip.objects.create(client=client, seller=by, reason=reason, at=at, until=until)
        journal(
            "ask.skipped",
            skipped,
            by=by,
            at=at,
            branch=client.branch_id,
            data={"client": client.public_id, "until": until},
        )
    return skipped


def undo(*, by: Person, at: datetime, ask: Ask) -> Ask:
    """Take an ask back with all that came of it, within the minutes of the setting.

    A compensating event: rows stay, marked. Raises Refused("undo_too_late",
    "undo_after_answer") once time is up or a friend answered, NotAllowed for anyone else.
    """
    with action():
        client = lock(ask.client)
        ask = lock(ask)
        require(by, Permission.ASK, ask.branch_id)
        if ask.seller_id != by.pk:
            raise NotAllowed("not_your_ask")
        if ask.undone_at is None:
            taking_back.ask(ask, client, by=by, at=at)
    return ask


def set_goal(*, by: Person, at: datetime, asks: int | None) -> None:
    """Set the own weekly goal, seen by nobody else; None takes the branch's.

    Raises Refused("goal_out_of_range") outside 1 to 30.
    """
    if asks is not None and not 1 <= asks <= 30:
        raise Refused("goal_out_of_range", field="goal")
    with action():
        require(by, Permission.ASK)
        Person.objects.filter(pk=by.pk).update(weekly_goal=asks)
        by.weekly_goal = asks
        journal("goal.set", by, by=by, at=at)
