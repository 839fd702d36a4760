"""What follows from an answer: a good moment, something to put right, or nothing. Never an ask.

The owner sees a reason to be glad or a task, not the number. Both are found again by the survey's
own key, so an answer that changes or goes takes back what followed, unless somebody acted on it.
"""

from datetime import datetime

from polecam.actions import repairs
from polecam.actions.moments import close_moment, note_moment
from polecam.asking.models import Ask, Moment, MomentKind, MomentSource, Repair, RepairReason
from polecam.journal.record import record
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.surveys.models import Survey
from polecam.surveys.rules import LOWEST_GOOD, Verdict, verdict


def follow(survey: Survey, *, at: datetime) -> None:
    """Inner step, under the client's lock: what stands follows from the score as it is now."""
    wanted = verdict(survey.score)
    standing = Moment.objects.filter(source_key__in=_keys(survey)).order_by("id")
    stands = False
    for moment in standing:
        if moment.source_key == _key(survey, wanted):
            stands = True
        else:
            _take_back(survey, moment, at)
    if wanted == Verdict.NEITHER or stands:
        return
    if wanted == Verdict.GOOD:
        _be_glad(survey, at)
    else:
        _put_right(survey, at)


def _key(survey: Survey, said: Verdict) -> str:
    return f"survey:{survey.public_id}:{said}"


def _keys(survey: Survey) -> list[str]:
    return [_key(survey, said) for said in (Verdict.GOOD, Verdict.POOR)]


def _be_glad(survey: Survey, at: datetime) -> None:
    """A good moment; its rating says "good" and no more, so nine and ten look alike."""
    note_moment(
        by=None,
        at=at,
        client=survey.client,
        kind=MomentKind.HIGH_RATING,
        on=day_of(at, settings.zone()),
        rating=LOWEST_GOOD,
        source=MomentSource.SURVEY,
        source_key=_key(survey, Verdict.GOOD),
    )


def _put_right(survey: Survey, at: datetime) -> None:
    """A task for the owner, and no ask until it is done; it goes with the client to the next one,
    if they have left. Where there never was an owner: no ask, at least."""
    key = _key(survey, Verdict.POOR)
    owner = survey.client.owner or survey.owner
    if owner is not None:
        repairs.begin_for(
            survey.client,
            owner,
            RepairReason.LOW_RATING,
            by=None,
            at=at,
            source=MomentSource.SURVEY,
            source_key=key,
        )
        return
    note_moment(
        by=None,
        at=at,
        client=survey.client,
        kind=MomentKind.COMPLAINT,
        on=day_of(at, settings.zone()),
        source=MomentSource.SURVEY,
        source_key=key,
    )


def _take_back(survey: Survey, moment: Moment, at: datetime) -> None:
    """Untouched things go without a trace; what somebody acted on is only closed."""
    repair = Repair.objects.filter(moment=moment).first()
    branch = survey.branch_id
    if repair is not None:
        if repair.done_at is not None:
            return
        record("repair.taken_back", repair, by=None, at=at, branch=branch)
        repair.delete()
    if Ask.objects.filter(moment=moment).exists():
        close_moment(by=None, at=at, moment=moment)
        return
    record("moment.taken_back", moment, by=None, at=at, branch=branch)
    moment.delete()
