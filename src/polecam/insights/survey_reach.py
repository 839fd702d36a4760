"""Whom a round of surveys may reach now, counted before anybody is asked: one statement."""

from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from polecam.asking.models import Repair
from polecam.asking.queries import objected
from polecam.clients.contact_limit import YEAR, limit_at
from polecam.clients.models import Client, ClientChannel, ClientConsent, ClientPurpose, Touch
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.surveys.models import Survey


def may_be_asked(branch: Branch, *, at: datetime) -> QuerySet[Client]:
    """Clients of a branch who agreed to an e-mail and are within every limit, longest ago first.

    The same conditions as `actions.surveys.check`, which judges each once more under its lock.
    """
    today = day_of(at, settings.zone())
    limit = limit_at(at, branch.pk)
    every = settings.value("survey_every_days", at=at, branch=branch)
    touches = Touch.objects.filter(at__lte=at)
    lately = touches.filter(at__gt=at - timedelta(days=limit.rest_days))
    often = (
        touches.filter(at__gt=at - YEAR)
        .values("client_id")
        .annotate(n=Count("pk"))
        .filter(n__gte=limit.a_year)
    )
    surveyed = Survey.objects.filter(branch=branch, made_at__gt=at - timedelta(days=every))
    last = Survey.objects.filter(client=OuterRef("pk")).order_by("-made_at").values("made_at")[:1]
    return (
        Client.objects.filter(
            Q(resting_until=None) | Q(resting_until__lte=today),
            ~objected("party"),
            branch=branch,
            party__erased_at=None,
            pk__in=_agreed().values("client_id"),
        )
        .exclude(party__email_index="")
        .exclude(pk__in=lately.values("client_id"))
        .exclude(pk__in=often.values("client_id"))
        .exclude(pk__in=surveyed.values("client_id"))
        .exclude(pk__in=Repair.objects.filter(done_at=None).values("client_id"))
        .annotate(last_surveyed=Subquery(last))
        .order_by(F("last_surveyed").asc(nulls_first=True), "id")
    )


def _agreed() -> QuerySet[ClientConsent]:
    return ClientConsent.objects.filter(
        channel=ClientChannel.EMAIL, purpose=ClientPurpose.SURVEY, withdrawn_at=None
    )
