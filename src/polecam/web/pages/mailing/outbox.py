"""The outbox: how it goes, and what a human should look at. Nothing of what a message says."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from polecam.actions.outbox import READER
from polecam.actions.outbox_care import CAN_BE_LEFT, CAN_GO_AGAIN
from polecam.journal.models import Cursor, Event
from polecam.messages import queries
from polecam.messages.gateway import sms_possible
from polecam.messages.models import Medium, Message, MessageState
from polecam.organisation.settings import values
from polecam.web.access import ADMINS, door
from polecam.web.pages.mailing import forms, words
from polecam.web.types import Request

S = MessageState
PAGE = 50


@dataclass(frozen=True, slots=True)
class Way:
    """One medium as the page shows it. `rests_until`: its server does not answer."""

    name: str | Promise
    icon: str
    working: bool
    waiting: int
    sent: int
    delivered: int
    back: int
    oldest: datetime | None
    rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One message as a row: its kind and trouble, and a receiver nobody can recognise."""

    ref: str
    title: str | Promise
    icon: str
    to: str
    state: str | Promise
    tone: str
    trouble: str | Promise
    at: datetime | None


@door("mailing:outbox", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """How each medium goes, and what to look at."""
    at = datetime.now(UTC)
    rows = queries.visible_to(request.user)
    ways = _ways(rows, at)
    page = Paginator(queries.to_look_at(rows, at), PAGE).get_page(request.GET.get("page"))
    given_up = sum(one.state == S.FAILED and one.trouble == "gave_up" for one in page.object_list)
    context = {
        "ways": ways,
        "resting": [way for way in ways if way.rests_until],
        "page": page,
        "lines": [line(one) for one in page.object_list],
        "given_up": given_up,
        "to_files": not settings.DEMO and settings.EMAIL_BACKEND.endswith("FileBackend"),
        "quiet": values("quiet_from", "quiet_until", at=at),
        "at_once": settings.MAIL_AT_ONCE,
    }
    return render(request, "mailing/outbox.html", context)


@door("mailing:message", ADMINS)
@require_safe
def message(request: Request, ref: str) -> HttpResponse:
    """One message: what happened to it, and what can be done."""
    found = get_object_or_404(queries.visible_to(request.user), public_id=ref)
    return show(request, found, forms.Again(), forms.Aside())


def show(request: Request, found: Message, again: forms.Again, aside: forms.Aside) -> HttpResponse:
    """The page of a message; 422 where a form says what is wrong."""
    dead = found.state == S.BOUNCED or (found.state, found.trouble) == (S.DROPPED, "dead")
    subject_type = found._meta.model_name or ""
    events = Event.objects.filter(subject_type=subject_type, subject=found.public_id)
    context = {
        "line": line(found),
        "message": found,
        "medium": words.MEDIA[found.medium],
        "past": past(found, list(events.order_by("id"))),
        "again": again if found.state in CAN_GO_AGAIN else None,
        "aside": aside if found.state in CAN_BE_LEFT else None,
        "unsure": found.state == S.UNSURE,
        "dead": dead,
    }
    wrong = again.errors or aside.errors
    return render(request, "mailing/message.html", context, status=422 if wrong else 200)


def line(one: Message) -> Line:
    """A message as a row."""
    tone = {S.UNSURE: "honey", S.FAILED: "poppy", S.BOUNCED: "line", S.SENT: "leaf"}
    return Line(
        ref=one.public_id,
        title=words.title(one.kind),
        icon="message-square" if one.medium == Medium.SMS else "mail",
        to=hidden(one.to),
        state=words.STATES[one.state],
        tone=tone.get(S(one.state), "line"),
        trouble=words.TROUBLES.get(one.trouble, ""),
        at=one.failed_at or one.sent_at or one.created_at,
    )


def hidden(to: str) -> str:
    """`p•••@o•••`, `••• 17`: enough to compare with what somebody says, not to know anyone."""
    if "@" in to:
        name, _, host = to.partition("@")
        return f"{name[:1]}•••@{host[:1]}•••"
    return f"••• {to[-2:]}"


def past(one: Message, events: list[Event]) -> list[tuple[str | Promise, datetime]]:
    """What happened to a message, in order."""
    told = {
        "message.sent": words.STATES["sent"],
        "message.failed": words.TROUBLES.get(one.trouble, words.STATES["failed"]),
        "message.dropped": words.STATES["dropped"],
        "message.bounced": words.STATES["bounced"],
        "message.again": words.HAPPENED["again"],
        "message.put_aside": words.TROUBLES["aside"],
        "bounce.lifted": words.HAPPENED["lifted"],
    }
    found = [(words.HAPPENED["written"], one.created_at)]
    for event in events:
        why = event.data.get("why", "")
        said = words.TROUBLES.get(why) if event.kind == "message.failed" else None
        found.append((said or told[event.kind], event.at))
    if one.delivered_at:
        found.append((words.STATES["delivered"], one.delivered_at))
    return found


def _ways(rows: QuerySet[Message], at: datetime) -> list[Way]:
    counted = queries.counted(rows, at)
    cursors = Cursor.objects.filter(reader__startswith=READER, retry_at__gt=at)
    rests = {row.reader.removeprefix(READER): row.retry_at for row in cursors}
    return [
        _way(medium, counted.get(medium, queries.Counted({})), rests.get(medium))
        for medium in Medium.values
    ]


def _way(medium: str, counted: queries.Counted, rests_until: datetime | None) -> Way:
    n = counted.states
    return Way(
        name=words.MEDIA[medium],
        icon="message-square" if medium == Medium.SMS else "mail",
        working=medium == Medium.EMAIL or sms_possible(),
        waiting=n.get(S.WAITING, 0) + n.get(S.SENDING, 0),
        sent=n.get(S.SENT, 0) + n.get(S.DELIVERED, 0),
        delivered=n.get(S.DELIVERED, 0),
        back=n.get(S.BOUNCED, 0),
        oldest=counted.oldest,
        rests_until=rests_until,
    )
