"""Whom to ask today and why: at most five clients, ranked by the expected value of an ask.

SQL narrows to fresh moments of clients the person may ask and who do not rest; the exact rules
(asking.rules) then judge the few that are left. The firm's value only ranks; what the page shows
is the seller's own bonus. Five people are enough: no page two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import QuerySet

from polecam.asking import cooling, kinds, rules
from polecam.asking import queries as asking
from polecam.asking.models import FollowUp, Moment, Outcome, Script
from polecam.bonuses import queries as bonuses
from polecam.claims.models import Claim
from polecam.clients.models import Client
from polecam.insights import candidates, estimate, evidence, wording
from polecam.insights.candidates import Ground
from polecam.insights.one_person import People
from polecam.insights.wording import Words
from polecam.kit.money import WHOLE_BP
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.surveys.models import SuggestionPause
from polecam.surveys.queries import pause_of

MOST = 5
LOOKED_AT = 40
"""Moments the exact rules look at in one go: far more than five, far fewer than a branch has."""
BATCHES = 5
SETTINGS = (*asking.LIMITS, "weekly_goal", "cost_of_client_grosze", "words_test")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One client worth asking today. `moments`: the reason first, then others still fresh."""

    client: Client
    moments: tuple[Moment, ...]
    estimate: estimate.Estimate
    words: Words
    never_asked: bool
    own_last_ask: datetime | None
    own_referrals: int

    @property
    def moment(self) -> Moment:
        """Why now."""
        return self.moments[0]


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days of the person alone, against their own goal."""

    asks: int
    goal: int


@dataclass(frozen=True, slots=True)
class Today:
    """All that the page of one person shows."""

    day: date
    week: Week
    suggestions: tuple[Suggestion, ...]
    follow_ups: tuple[FollowUp, ...]
    next_steps: tuple[Referral, ...]
    scripts: tuple[Script, ...]
    fair: bool
    paused: SuggestionPause | None = None


def for_(
    person: Person, branch: Branch, *, at: datetime, zone: str, language: str, business: str = ""
) -> Today:
    """Today of `person` in `branch`; `zone` is the organisation's, `business` its kind.

    About ten queries, whatever the size of the branch. While a human paused suggestions for this
    person, none is made; what a client put off to a day still comes.
    """
    paused = pause_of(person, at) if getattr(branch, "paused", True) else None
    values = settings.values(*SETTINGS, at=at, branch=branch)
    ground = ground_of(person, branch, at, zone, values, business)
    follow_ups = list(asking.follow_ups_due(person, ground.today)[:MOST])
    seen = _look(ground, follow_ups)
    chosen = [] if paused else seen.chosen
    kept = tuple(f for f in follow_ups if _rest(ground, seen, f.ask.client_id, True) is None)
    shown = {m[0].kind for m in chosen} | {f.ask.moment_kind for f in kept}
    scripts = tuple(asking.scripts_for(person, language, shown))
    fair = asking.takes_part(scripts, values["words_test"])
    own = [ask for ask in seen.asks if ask.seller == person.pk]
    return Today(
        day=ground.today,
        week=Week(leaves(own, at), person.weekly_goal or values["weekly_goal"]),
        suggestions=tuple(_suggestion(ground, moments, scripts, own, fair) for moments in chosen),
        follow_ups=kept,
        next_steps=tuple(next_steps_due(person, ground.today, zone)),
        scripts=scripts,
        fair=fair,
        paused=paused,
    )


def ground_of(
    person: Person, branch: Branch, at: datetime, zone: str, values: dict, business: str
) -> Ground:
    """Rates of the plan in force, chances of the branch, and what a win is worth to the firm."""
    chances, rates = prospects(person, branch, at=at, zone=zone)
    return Ground(
        person=person,
        at=at,
        zone=zone,
        today=day_of(at, zone),
        limits=asking.limits(values),
        chances=chances,
        rates=rates,
        kinds=kinds.known(),
        value=estimate.value_per_win(
            chances.after.margin_grosze,
            cost_of_client_grosze=values.get("cost_of_client_grosze") or 0,
            bonus_grosze=estimate.of_referral(chances, rates).whole_grosze,
            business=business,
        ),
    )


def prospects(
    person: Person, branch: Branch, *, at: datetime, zone: str
) -> tuple[estimate.Chances, bonuses.Rates]:
    """Chances of a branch, rates of the plan that covers the person there; an estimate, so a
    minute old is new enough."""
    key = f"prospects:{branch.public_id}:{day_of(at, zone)}"
    mine = f"{key}:{person.public_id}"
    known = cache.get_many([key, mine])
    if key not in known:
        known[key] = estimate.chances(branch, at=at, zone=zone)
        cache.set(key, known[key], 60)
    if mine not in known:
        version = bonuses.version_in_force(person, branch.pk, at)
        known[mine] = bonuses.rates(version.pk) if version else bonuses.Rates()
        cache.set(mine, known[mine], 60)
    return known[key], known[mine]


@dataclass(slots=True)
class _Seen:
    """What was looked at: clients' standings, their asks and the person's own of the week."""

    moments: list[Moment]
    chosen: list[tuple[Moment, ...]]
    standings: dict[int, rules.Standing]
    asks: list[asking.Asked]
    people: People


def _look(ground: Ground, follow_ups: Sequence[FollowUp]) -> _Seen:
    """Moments in batches, until five clients are welcome or none is left; one batch as a rule."""
    seen = _Seen([], [], {}, [], People())
    known = {row.ask.client_id: row.ask.client for row in follow_ups}
    seen.people.add(row.ask.client for row in follow_ups if row.joined)  # type: ignore[attr-defined]
    objections = {row.ask.client_id for row in follow_ups if row.objected}  # type: ignore[attr-defined]
    for start in range(0, BATCHES * LOOKED_AT, LOOKED_AT):
        batch = candidates.moments(ground, start, start + LOOKED_AT)
        known |= {m.client_id: m.client for m in batch}
        objections |= {m.client_id for m in batch if m.objected}  # type: ignore[attr-defined]
        seen.people.add(m.client for m in batch if m.joined)  # type: ignore[attr-defined]
        known |= seen.people.others
        objections |= seen.people.objecting
        new = [client for pk, client in known.items() if pk not in seen.standings]
        own = ground.person if start == 0 else None
        since = ground.at - asking.WEEK
        asks = asking.asked([client.pk for client in new], person=own, since=since)
        seen.asks += asks
        seen.standings |= asking.standings(new, zone=ground.zone, asks=asks, objections=objections)
        seen.moments += batch
        seen.chosen = _choose(ground, seen)
        if len(seen.chosen) == MOST or len(batch) < LOOKED_AT:
            break
    return seen


def _choose(ground: Ground, seen: _Seen) -> list[tuple[Moment, ...]]:
    """The five best clients, each with their moments, judged by the exact rules.

    Somebody under two records is asked once at most, and rests under both.
    """
    by_client: dict[int, list[Moment]] = defaultdict(list)
    for moment in seen.moments:
        window = ground.kinds[moment.kind].window
        if rules.is_fresh(window, moment.on, ground.today, rating=moment.rating):
            by_client[moment.client_id].append(moment)
    welcome = [
        sorted(group, key=lambda moment: _rank(ground, moment))
        for client_id, group in by_client.items()
        if _rest(ground, seen, client_id) is None
    ]
    welcome.sort(key=lambda group: _rank(ground, group[0]))
    once = seen.people.once(welcome, of=lambda group: group[0].client_id)
    return [tuple(group) for group in once[:MOST]]


def _rank(ground: Ground, moment: Moment) -> tuple[float, float, int]:
    """Highest expected value to the firm first, then the freshest; a stable order."""
    chances, kind = ground.chances, ground.kinds[moment.kind]
    worth = evidence.expected_value(
        chances.priority(kind.code, kind.strength),
        chances.referrals * _more(moment.client),
        chances.after.consent_bp / WHOLE_BP,
        chances.after.meeting_bp * chances.after.win_bp / WHOLE_BP**2,
        ground.value,
    )
    window = kind.window
    fresh = rules.freshness(window, moment.on, ground.today) if window else 0.0
    return -worth, -fresh, moment.pk


def _more(client: Client) -> float:
    return estimate.REFERRED_CLIENT if client.introduced_by_id else 1.0


def _rest(ground: Ground, seen: _Seen, client: int, follow_up: bool = False) -> rules.Rest | None:
    """The verdict on a client, by all records of their person and the strictest of its branches."""
    records = seen.people.same_as(client)
    others = {seen.people.others[pk].branch_id for pk in records if pk in seen.people.others}
    limits = [ground.limits, *(asking.limits_at(ground.at, branch) for branch in others)]
    return rules.may_ask(
        cooling.together(seen.standings[pk] for pk in records),
        today=ground.today,
        limits=cooling.strictest(limits),
        follow_up=follow_up,
    )


def leaves(own: Iterable[asking.Asked], at: datetime) -> int:
    """How many of the person's asks fall into the seven days up to `at`."""
    return sum(
        1 for ask in own if at - asking.WEEK < ask.at <= at and ask.outcome not in rules.NOT_AN_ASK
    )


def _suggestion(
    ground: Ground,
    moments: tuple[Moment, ...],
    scripts: Sequence[Script],
    own: Sequence[asking.Asked],
    fair: bool,
) -> Suggestion:
    client = moments[0].client
    asked = [ask for ask in own if ask.client == client.pk]
    return Suggestion(
        client=client,
        moments=moments,
        estimate=estimate.of_ask(
            ground.chances, moments[0].kind, ground.rates, referrals=_more(client)
        ),
        words=wording.for_ask(
            ground.person,
            client,
            scripts,
            kind=moments[0].kind,
            about=moments[0].public_id,
            today=ground.today,
            fair=fair,
        ),
        never_asked=client.last_asked_at is None,
        own_last_ask=_own_last(client, asked),
        own_referrals=sum(1 for ask in asked if ask.outcome == Outcome.NAMES),
    )


def _own_last(client: Client, own: Sequence[asking.Asked]) -> datetime | None:
    """The last ask's date, only when the person made it: others see "rests", without a date."""
    last = max((ask.at for ask in own), default=None)
    return last if last is not None and last == client.last_asked_at else None


def next_steps_due(person: Person, today: date, zone: str) -> QuerySet[Referral]:
    """Steps the person planned for today or earlier with friends they hold, oldest first."""
    held = Claim.objects.filter(holder=person, ended_at=None).values("referral_id")
    return (
        Referral.objects.filter(
            pk__in=held,
            next_step_at__lt=day_bounds(today, zone)[1],
            state__in=states.WORKABLE,
            erased_at=None,
        )
        .exclude(next_step="")
        .select_related("party")
        .order_by("next_step_at", "id")[:MOST]
    )
