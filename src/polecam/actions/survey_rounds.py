"""Many clients at once: those who agreed to e-mails about this and may be contacted now.

Begun by the boss or an admin, done by the worker from the journal: each client in a transaction of
their own, at most once a round, within every limit. Stopped in the middle it goes on where it was.
"""

from datetime import datetime

from polecam.actions import surveys
from polecam.clients.models import Client
from polecam.insights.survey_reach import may_be_asked
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock
from polecam.surveys.models import Survey, SurveyRound, SurveyWay

MOST = 2_000
BATCH = 200


def begin(*, by: Person, at: datetime, branch: Branch, wanted: int) -> SurveyRound:
    """A round for `wanted` clients; one that runs is given again, so twice is once.

    Raises Refused("round_number"), NotAllowed.
    """
    if not 1 <= wanted <= MOST:
        raise Refused("round_number", field="wanted", most=MOST)
    with action():
        branch = lock(branch)
        require(by, Permission.SURVEY_BRANCH, branch.pk)
        standing = SurveyRound.objects.filter(branch=branch, finished_at=None).first()
        if standing is not None:
            return standing
        made = SurveyRound.objects.create(branch=branch, begun_by=by, begun_at=at, wanted=wanted)
        record("survey_round.begun", made, by=by, at=at, branch=branch.pk, data={"wanted": wanted})
        return made


def stop(*, by: Person, at: datetime, going: SurveyRound) -> SurveyRound:
    """Nobody else is asked; who was asked already stays asked. Twice is once. Raises NotAllowed."""
    with action():
        going = lock(going)
        require(by, Permission.SURVEY_BRANCH, going.branch_id)
        if going.finished_at is None:
            going.stopped_at = at
            _finish(going, by=by, at=at)
    return going


def work_off(*, going: SurveyRound, at: datetime) -> int:
    """Ask all who are left of a round; how many. Harmless when done twice, or by two at once.

    A client who cannot be asked keeps no other waiting: the first error is raised after the last.
    """
    asked, errors = 0, list[Exception]()
    found = list(may_be_asked(going.branch, at=at).values_list("pk", flat=True))
    for start in range(0, len(found), BATCH):
        clients = Client.objects.in_bulk(found[start : start + BATCH])
        for client in clients.values():
            try:
                outcome = _one(going, client, at)
            except Exception as error:
                errors.append(error)
                continue
            if outcome is None:
                return asked
            asked += outcome
    if errors:
        raise errors[0]
    with action():
        going = lock(going)
        if going.finished_at is None:
            _finish(going, by=None, at=at)
    return asked


def _one(going: SurveyRound, client: Client, at: datetime) -> int | None:
    """1 asked, 0 passed over, None: the round is over. The client's lock comes before the round's;
    the round's is what keeps two workers from asking one too many."""
    with action():
        client = lock(client)
        going = lock(going)
        if going.finished_at is not None:
            return None
        if Survey.objects.filter(round=going).count() >= going.wanted:
            _finish(going, by=None, at=at)
            return None
        try:
            language = surveys.language_of(client)
            surveys.make(client, SurveyWay.EMAIL, language, by=None, at=at, of_round=going)
        except Refused:
            return 0
    return 1


def _finish(going: SurveyRound, *, by: Person | None, at: datetime) -> None:
    going.finished_at = at
    going.save(update_fields=["finished_at", "stopped_at"])
    asked = Survey.objects.filter(round=going).count()
    data = {"asked": asked, "stopped": going.stopped_at is not None}
    record("survey_round.finished", going, by=by, at=at, branch=going.branch_id, data=data)
