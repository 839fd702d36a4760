"""A quiet word to the boss when clients do not feel free to refuse; a human looks, then decides.

Nothing follows from an alert by itself. Looking is recorded, deciding needs a reason, and only a
decision pauses suggestions for the one seller an alert is about. Nobody decides about themselves.
"""

from datetime import datetime, timedelta

from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.store.tx import action, each, lock
from polecam.surveys import queries
from polecam.surveys.models import Decision, Pulse, PulseAlert, SuggestionPause
from polecam.surveys.rules import too_many

LIMITS = ("pulse_least", "pulse_alert_bp")
LONGEST = 300
Scope = tuple[int, int | None]
"""A branch, or one seller in it."""


def raise_due(*, at: datetime) -> int:
    """Look at the answers of whole days and raise what is due; how many alerts. Twice is once.

    At night, so that no alert tells by its hour whose answer it was. First the sellers with enough
    answers of their own; a branch as such only where no seller of it stands out.
    """
    rows = Pulse.objects.filter(free__isnull=False, answered_at__gt=at - queries.PULSE_WINDOW)
    found = sorted(set(rows.values_list("branch_id", "seller_id").distinct()))
    raised = each(found, lambda scope: _look_at(scope, at))
    branches = sorted({branch for branch, _seller in found})
    return raised + each([(branch, None) for branch in branches], lambda scope: _look_at(scope, at))


def _look_at(scope: Scope, at: datetime) -> int:
    branch, seller = scope
    with action():
        standing = PulseAlert.objects.filter(branch_id=branch, decision="")
        if (standing if seller is None else standing.filter(seller_id=seller)).exists():
            return 0
        answers, not_free = _counted(scope, at)
        least, share = settings.values(*LIMITS, at=at, branch=branch).values()
        if not too_many(not_free, answers, least=least, share_bp=share):
            return 0
        alert = PulseAlert.objects.create(
            branch_id=branch,
            seller_id=seller,
            raised_at=at,
            answers=answers,
            not_free=not_free,
        )
        record("pulse_alert.raised", alert, by=None, at=at, branch=branch)
    return 1


def _counted(scope: Scope, at: datetime) -> tuple[int, int]:
    """Answers of whole days of the last year, none that an alert was raised about before.

    So a branch leaves out what was already told about a seller of it.
    """
    branch, seller = scope
    before = _start_of_day(at)
    raised = {who: _start_of_day(when) for who, when in queries.raised_in(branch)}
    since = max(at - queries.PULSE_WINDOW, raised.pop(seller, before - queries.PULSE_WINDOW))
    answers, not_free = queries.answered(branch, seller, since=since, before=before)
    for other, until in raised.items() if seller is None else ():
        told, of_these_not = queries.answered(branch, other, since=since, before=until)
        answers, not_free = answers - told, not_free - of_these_not
    return answers, not_free


def _start_of_day(at: datetime) -> datetime:
    """Of the firm's day: answers know no more than that."""
    zone = settings.zone()
    return day_bounds(day_of(at, zone), zone)[0]


def look(*, by: Person, at: datetime, alert: PulseAlert) -> PulseAlert:
    """Somebody looks at what an alert is about: recorded once. Raises NotAllowed."""
    with action():
        alert = _own(by, alert)
        if alert.looked_at is None:
            alert.looked_by, alert.looked_at = by, at
            alert.save(update_fields=["looked_by", "looked_at"])
            record("pulse_alert.looked", alert, by=by, at=at, branch=alert.branch_id)
    return alert


def decide(*, by: Person, at: datetime, alert: PulseAlert, decision: str, why: str) -> PulseAlert:
    """Nothing, a talk, or a pause, with a reason; the same once more is once.

    Raises Refused("pulse_look_first", "pulse_decision", "pulse_why" without a reason or with too
    long a one, "pulse_no_seller" for a pause of nobody, "pulse_decided"), NotAllowed.
    """
    why = " ".join(why.split())
    if decision not in Decision.values:
        raise Refused("pulse_decision", field="decision")
    if not why or len(why) > LONGEST:
        raise Refused("pulse_why", field="why", most=LONGEST)
    with action():
        alert = _own(by, alert)
        if alert.looked_at is None:
            raise Refused("pulse_look_first")
        if alert.decision:
            if alert.decision == decision:
                return alert
            raise Refused("pulse_decided")
        alert.decision, alert.why = decision, why
        alert.save(update_fields=["decision", "why"])
        data = {"decision": str(decision)}
        record("pulse_alert.decided", alert, by=by, at=at, branch=alert.branch_id, data=data)
        if decision == Decision.PAUSE:
            _pause(alert, by, at)
    return alert


def _pause(alert: PulseAlert, by: Person, at: datetime) -> None:
    if alert.seller is None:
        raise Refused("pulse_no_seller", field="decision")
    days = settings.value("pause_days", at=at, branch=alert.branch_id)
    today = day_of(at, settings.zone())
    pause = SuggestionPause.objects.create(
        seller=alert.seller,
        branch_id=alert.branch_id,
        alert=alert,
        since=at,
        until=day_bounds(today + timedelta(days=days), settings.zone())[0],
        decided_by=by,
    )
    data = {"until": day_of(pause.until, settings.zone())}
    record("suggestions.paused", pause, by=by, at=at, branch=pause.branch_id, data=data)


def end_pause(*, by: Person, at: datetime, alert: PulseAlert) -> None:
    """Suggestions come again from now on; twice is once. Raises NotAllowed."""
    with action():
        alert = _own(by, alert)
        for pause in SuggestionPause.objects.filter(alert=alert, ended_at=None, until__gt=at):
            pause.ended_at = at
            pause.save(update_fields=["ended_at"])
            record("suggestions.resumed", pause, by=by, at=at, branch=pause.branch_id)


def _own(by: Person, alert: PulseAlert) -> PulseAlert:
    """The alert, locked, for whoever looks after the branch and is not whom it is about."""
    if not queries.alerts_for(by).filter(pk=alert.pk).exists():
        raise NotAllowed("not_allowed")
    return lock(alert)
