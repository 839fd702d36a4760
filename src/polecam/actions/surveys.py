"""Asking a client how satisfied they are: a link, a code to scan, or an e-mail they agreed to."""

from datetime import datetime, timedelta

from polecam.actions.client_mail import agreed
from polecam.actions.ownership import require_own
from polecam.actions.touches import touch
from polecam.asking.models import Repair
from polecam.clients.contact_limit import may_contact
from polecam.clients.models import Client, ClientChannel, ClientConsent, ClientPurpose, TouchKind
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy.models import Suppression
from polecam.store.tx import action, lock
from polecam.surveys import queries
from polecam.surveys.models import Survey, SurveyRound, SurveyWay

LANGUAGES = ("pl", "en")


def ask(*, by: Person, at: datetime, client: Client, way: str, language: str = "pl") -> Survey:
    """A survey for one's own client; one that still waits is given again, so twice is once.

    It takes from the one contact limit. Raises Refused("survey_way", "survey_rests" for a client
    who is to be left in peace now, "survey_lately", "survey_not_agreed" to an e-mail), NotAllowed.
    """
    if way not in SurveyWay.values or language not in LANGUAGES:
        raise Refused("survey_way", field="way")
    with action():
        client = lock(client)
        require(by, Permission.SEND_SURVEY, client.branch_id)
        require_own(by, client)
        standing = queries.open_survey(client, at=at)
        if standing is not None:
            return standing
        return make(client, way, language, by=by, at=at)


def make(
    client: Client,
    way: str,
    language: str,
    *,
    by: Person | None,
    at: datetime,
    of_round: SurveyRound | None = None,
) -> Survey:
    """Inner step, under the client's lock: a new survey, written down and within every limit.

    Raises Refused as `ask` does.
    """
    check(client, way, at=at)
    touch(client, TouchKind.SURVEY, at=at)
    days = settings.value("survey_days", at=at, branch=client.branch_id)
    survey = Survey.objects.create(
        client=client,
        owner_id=client.owner_id,
        branch_id=client.branch_id,
        way=way,
        round=of_round,
        language=language,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    data = {"client": client.public_id, "way": str(way)}
    record("survey.asked", survey, by=by, at=at, branch=client.branch_id, data=data)
    return survey


def check(client: Client, way: str, *, at: datetime) -> None:
    """Whether the client may be asked now. Raises Refused as `ask` does."""
    if not at_ease(client, at=at) or not may_contact(client, at=at):
        raise Refused("survey_rests")
    days = settings.value("survey_every_days", at=at, branch=client.branch_id)
    if queries.surveyed_since(client, at - timedelta(days=days)):
        raise Refused("survey_lately")
    if way == SurveyWay.EMAIL and not by_mail(client):
        raise Refused("survey_not_agreed", field="way")


def at_ease(client: Client, *, at: datetime) -> bool:
    """Whether nothing speaks for leaving the client in peace: no rest until a day they named, no
    objection under their number or address, nothing that is still to be put right."""
    today = day_of(at, settings.zone())
    if client.resting_until is not None and today < client.resting_until:
        return False
    if Repair.objects.filter(client=client, done_at=None).exists():
        return False
    indexes = {client.party.phone_index, client.party.email_index} - {""}
    return not Suppression.objects.filter(index__in=indexes).exists()


def by_mail(client: Client) -> bool:
    """Whether an e-mail about this would reach the client: agreed to, and an address on file."""
    return bool(client.party.email) and agreed(client, ClientChannel.EMAIL, ClientPurpose.SURVEY)


def language_of(client: Client) -> str:
    """The language in which they agreed to be asked; Polish where the firm's system told it."""
    agreed_to = ClientConsent.objects.filter(
        client=client, purpose=ClientPurpose.SURVEY, withdrawn_at=None, wording__isnull=False
    )
    return agreed_to.values_list("wording__language", flat=True).first() or LANGUAGES[0]
