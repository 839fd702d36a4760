"""Words for one ask: the sentences that fit it, in the order in which its seller is shown them."""

from collections.abc import Iterable
from datetime import date, timedelta

from polecam.asking import chance, choosing, kinds, rules
from polecam.asking.models import AskChannel, FollowUp, Moment, Script
from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.store import crypto

Words = choosing.Order[Script]
LONGEST_FRESH = 400
"""No moment stays fresh for more days than this."""


def situation(
    client: Client, kind: str, *, today: date, channel: str = AskChannel.TALK
) -> choosing.Situation:
    """The ask ahead: its moment, its channel, and how well the two know each other."""
    relation = choosing.relation_of(
        client.since, today, introduced=client.introduced_by_id is not None
    )
    return choosing.Situation(kind, channel, relation)


def for_ask(
    person: Person,
    client: Client,
    scripts: Iterable[Script],
    *,
    kind: str,
    about: str = "",
    today: date,
    fair: bool,
    channel: str = AskChannel.TALK,
) -> Words:
    """The words of `scripts` that fit: own first, best match first, equals as chance has it.

    `about`: the moment (or the ask it continues) by its public id; the same ask always gets the
    same order. `fair`: whether the person takes part in the fair test (queries.takes_part).
    """
    return choosing.ordered(
        scripts,
        situation(client, kind, today=today, channel=channel),
        seed=choosing.seed_of(person.public_id, client.public_id, chance.place(about, today)),
        keyed=crypto.keyed,
        fair=fair,
    )


def again(
    person: Person, follow_up: FollowUp, scripts: Iterable[Script], *, today: date, fair: bool
) -> Words:
    """Words for a client who named this day."""
    ask = follow_up.ask
    return for_ask(
        person,
        ask.client,
        scripts,
        kind=ask.moment_kind,
        about=ask.public_id,
        today=today,
        fair=fair,
    )


def moment_of(client: Client, today: date, public_id: str = "") -> Moment | None:
    """A good moment of the client that is fresh today: the one named, else the strongest."""
    known = kinds.known()
    rows = Moment.objects.filter(
        client=client, wrong=False, closed_at=None, on__gt=today - timedelta(days=LONGEST_FRESH)
    )
    fresh = [
        moment
        for moment in rows.order_by("-on", "id")
        if rules.is_fresh(
            known[moment.kind].window if moment.kind in known else None,
            moment.on,
            today,
            rating=moment.rating,
        )
    ]
    named = next((moment for moment in fresh if moment.public_id == public_id), None)
    return named or max(fresh, key=lambda moment: known[moment.kind].strength, default=None)
