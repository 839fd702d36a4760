"""Lives a life while it is being killed, and compares it with the same life in peace.

The client is a browser or a queue: a request whose answer is lost is sent again as it was. The
worker is started again, waits until the leases of the dead one are over, and goes on.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Min, Q

from polecam import actions
from polecam.actions import outbox_care
from polecam.imports.models import Import, ImportState
from polecam.insights.proofs import prove
from polecam.journal.models import Cursor, DeadLetter
from polecam.journal.queries import has_unsettled
from polecam.messages.models import Message, MessageState
from polecam.people.models import Person
from polecam.store import faults
from polecam.store.faults import Fault
from polecam.worker import loop, reading
from tests.soak.child import BROKEN, DONE, KILLED, REFUSED, Outcome, run
from tests.soak.diary import Step, who
from tests.soak.picture import Picture, differences, picture
from tests.soak.whole import FOUNDING

AFTER_LEASE = timedelta(minutes=6)
MOST_ROUNDS = 12
NOT_SEALED = "missing, and so is every later one"
REQUEST, WORKER = "request", "worker"
ADMIN = "Ada"
Pair = tuple[str, str]


class Broken(Exception):
    """Something was lost, doubled, or does not hold any more."""


@dataclass(frozen=True)
class Blow:
    """One kill: in which step, to the request or the worker, at which passing of which point."""

    step: int
    phase: str
    point: str
    name: str
    nth: int

    @property
    def pair(self) -> Pair:
        """What was killed where."""
        return self.point, self.name

    @property
    def fault(self) -> Fault:
        """As the child meets it."""
        return Fault(faults.KILL, self.point, self.name, self.nth)


@dataclass
class Peace:
    """The life without faults: how it looked after each step, and every point that was passed."""

    pictures: list[Picture] = field(default_factory=list)
    blows: list[Blow] = field(default_factory=list)


def warm_up() -> None:
    """Everything is imported before the first fork, or each child would do it anew."""
    for module in iter_modules(actions.__path__):
        import_module(f"polecam.actions.{module.name}")
    reading.all_readers()


def in_peace(steps: list[Step], post: "Post") -> Peace:
    """Live it once."""
    warm_up()
    peace = Peace()
    for number, step in enumerate(steps):
        passed = {REQUEST: acknowledged(run(step), step).passed}
        passed[WORKER] = drained(step, post)
        if step.name == FOUNDING:
            del passed[REQUEST]
        if not Person.objects.filter(first_name=ADMIN).exists():
            # nobody is there yet who could look after a letter that is unsure
            passed[WORKER] = [p for p in passed[WORKER] if not p[0].startswith("outbox.")]
        for phase, points in passed.items():
            counted: Counter = Counter()
            for pair in points:
                counted[pair] += 1
                peace.blows.append(Blow(number, phase, *pair, counted[pair]))
        peace.pictures.append(picture())
    hold(steps[-1])
    return peace


def under_blows(
    steps: list[Step], peace: Peace, blows: list[Blow], post: "Post"
) -> tuple[list[Blow], list[str]]:
    """Live it again, killed at each of these: which of them were met, and what differs from peace
    (each difference once, where it began)."""
    planned: dict[tuple[int, str], list[Blow]] = defaultdict(list)
    for blow in blows:
        planned[blow.step, blow.phase].append(blow)
    met: list[Blow] = []
    reports: list[str] = []
    try:
        _lives(steps, peace, planned, post, met, reports)
    except Broken as broken:
        reports.append(str(broken))
    return met, reports


def _lives(
    steps: list[Step],
    peace: Peace,
    planned: dict[tuple[int, str], list[Blow]],
    post: "Post",
    met: list[Blow],
    reports: list[str],
) -> None:
    told: set[str] = set()
    for number, step in enumerate(steps):
        asked = False
        for blow in planned[number, REQUEST]:
            outcome = run(step, blow.fault)
            asked = True
            if outcome.how == KILLED:
                met.append(blow)
                hold(step, blow)
            else:
                acknowledged(outcome, step, again=True)
        acknowledged(run(step), step, again=asked)
        drained(step, post, planned[number, WORKER], met)
        if asked or planned[number, WORKER] or step is steps[-1]:
            hold(step)
        found = list(differences(peace.pictures[number], picture()))
        if new := [one for one in found if one not in told]:
            hit = [*planned[number, REQUEST], *planned[number, WORKER]]
            reports.append(_report(number, step, hit, new))
        told = set(found)


def acknowledged(outcome: Outcome, step: Step, *, again: bool = False) -> Outcome:
    """The answer the client got: yes, or, to a repeated request only, that it is done already."""
    if outcome.how == DONE or (again and outcome.how == REFUSED):
        return outcome
    raise Broken(f"{step.name}: {outcome.how} {outcome.said}")


def drained(
    step: Step, post: "Post", blows: list[Blow] | None = None, met: list[Blow] | None = None
) -> list[Pair]:
    """The worker does all there is to do after the step, killed at each of `blows`; its points."""
    passed: list[Pair] = []
    at, waiting = step.at + timedelta(minutes=1), list(blows or ())
    for number in range(MOST_ROUNDS + len(waiting)):
        blow = waiting.pop(0) if waiting else None
        outcome = run(lambda a=at, n=number: _work(a, n), blow.fault if blow else None)
        if outcome.how == BROKEN:
            raise Broken(f"worker after {step.name}: {outcome.said}")
        if outcome.how == KILLED and blow and met is not None:
            met.append(blow)
            hold(step, blow)
        passed += outcome.passed
        again = post.look_after(at) or outcome.how == KILLED or bool(waiting)
        until = _pending(at)
        if not again and until is None:
            return passed
        at = max(at + AFTER_LEASE, until or at)
    raise Broken(f"the worker never comes to rest after {step.name}")


def _work(at: datetime, number: int) -> int:
    """Rounds of the real worker's loop until two find nothing: a job may have told the journal."""
    done = idle = 0
    while idle < 2 or has_unsettled():
        passed = loop.once(at, worker=f"soak-{number}")
        done, idle = done + passed, 0 if passed else idle + 1
    return done


def _pending(at: datetime) -> datetime | None:
    """Until when something has to wait for a dead worker, or after a failure."""
    cursors = Cursor.objects.aggregate(
        one=Min("leased_until", filter=Q(leased_until__gt=at)),
        other=Min("retry_at", filter=Q(retry_at__gt=at)),
    )
    messages = Message.objects.filter(state=MessageState.SENDING).aggregate(m=Min("leased_until"))
    going = Import.objects.filter(state__in=(ImportState.QUEUED, ImportState.RUNNING))
    times = [*cursors.values(), messages["m"], going.aggregate(m=Min("leased_until"))["m"]]
    found = [time for time in times if time is not None]
    if not found and going.exists():
        return at
    return min(found) if found else None


def hold(step: Step, blow: Blow | None = None) -> None:
    """`polecam verify` is clean, and nothing was put aside. Raises Broken.

    Right after a blow a day may not be sealed yet: the worker that was to do it is dead.
    """
    problems = [f"{proof.name}: {p}" for proof in prove(step.at) for p in proof.problems]
    problems = [p for p in problems if not (blow and p.endswith(NOT_SEALED))]
    problems += [f"dead letter: {letter}" for letter in DeadLetter.objects.all()]
    failing = Cursor.objects.filter(failures__gt=0).exclude(reader__startswith="outbox:")
    problems += [f"fails: {cursor}" for cursor in failing]
    if problems:
        raise Broken(f"after {step.name}, {blow}:\n" + "\n".join(problems[:20]))


def _report(number: int, step: Step, blows: list[Blow], found: list[str]) -> str:
    shown = [f"  {blow.phase}: {blow.point} {blow.name} #{blow.nth}" for blow in blows]
    return "\n".join(
        [f"step {number} ({step.name}), killed at:", *shown, "differs from the life in peace:"]
        + [f"  {line}" for line in found[:30]]
    )


class Post:
    """The mail server of the outside world, and the admin who looks after what is unsure."""

    def __init__(self, took: list[str]) -> None:
        self.took = took

    def arrived(self, message: Message) -> int:
        """How often the world got this message."""
        return sum(message.public_id in letter for letter in self.took)

    def look_after(self, at: datetime) -> bool:
        """No letter twice; of those that are unsure the admin asks whether they arrived, and has
        those that did not sent again. Whether there were any."""
        for message in Message.objects.exclude(state=MessageState.WAITING):
            count = self.arrived(message)
            if count > 1:
                raise Broken(f"letter {message.kind} arrived {count} times")
            if message.state == MessageState.SENT and message.medium == "email" and not count:
                raise Broken(f"letter {message.kind} is said to have gone, and never arrived")
        unsure = list(Message.objects.filter(state=MessageState.UNSURE))
        for message in unsure:
            if self.arrived(message):
                outbox_care.put_aside(by=who(ADMIN), at=at, message=message, reason="arrived")
            else:
                outbox_care.send_again(by=who(ADMIN), at=at, message=message, reason="not_there")
        return bool(unsure)


def chosen(peace: Peace, kills: int, seed: int, done: Counter | None = None) -> list[Blow]:
    """Blows for one life: two a step at most, spread over points and names, the rarest first."""
    rng = random.Random(seed)
    of_pair: dict[Pair, list[Blow]] = defaultdict(list)
    for blow in peace.blows:
        of_pair[blow.pair].append(blow)
    done = done if done is not None else Counter()
    points: Counter = Counter()
    names: Counter = Counter()
    for (point, name), count in done.items():
        points[point] += count
        names[name] += count
    taken: list[Blow] = []
    per_phase: Counter = Counter()
    rest = sorted(of_pair)
    rng.shuffle(rest)
    while rest and len(taken) < kills:
        rest.sort(key=lambda pair: (done[pair], names[pair[1]], points[pair[0]]))
        pair = rest.pop(0)
        free = [blow for blow in of_pair[pair] if per_phase[blow.step, blow.phase] < 2]
        if not free:
            continue
        blow = rng.choice(free)
        per_phase[blow.step, blow.phase] += 1
        points[pair[0]] += 1
        names[pair[1]] += 1
        taken.append(blow)
    order = {blow: number for number, blow in enumerate(peace.blows)}
    return sorted(taken, key=order.__getitem__)


def coverage(peace: Peace, done: Counter) -> Iterator[str]:
    """Which points were killed at, how many actions of those that pass them, and which never."""
    names: dict[str, set[str]] = defaultdict(set)
    for blow in peace.blows:
        names[blow.point].add(blow.name)
    for point in sorted(names):
        killed = {name for (where, name), count in done.items() if where == point and count}
        total = sum(count for (where, _), count in done.items() if where == point)
        yield f"{point:26} {total:4} kills  {len(killed):3} of {len(names[point]):3} actions"
    everyone = {blow.name for blow in peace.blows}
    killed = {name for (_, name), count in done.items() if count}
    yield f"{len(killed)} of {len(everyone)} actions, readers and jobs were killed somewhere"
    if everyone - killed:
        yield "never killed: " + ", ".join(sorted(everyone - killed))
