"""What a person may take along: every sheet reads through the same scoped queries as the pages.

Rows are tuples in the order of the columns, with codes instead of words (the page says them);
amounts in grosze. No contact data of clients or friends: those are shown one at a time, to whom
consent and claim allow it, and never leave in a list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from polecam.asking import queries as asks
from polecam.asking.budget import rests
from polecam.asking.models import Moment
from polecam.bonuses.models import Line
from polecam.clients import queries as clients
from polecam.clients.queries import Listed
from polecam.imports import queries as imports
from polecam.insights.my_months import my_months
from polecam.insights.payroll import amounts
from polecam.insights.seller import lines_of
from polecam.kit.periods import day_of, month_of, previous_month
from polecam.organisation.models import Setting
from polecam.people import queries as people
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy import desk
from polecam.recognition import queries as praise
from polecam.referrals import queries as referrals
from polecam.sales import queries as sales

AT_ONCE = 500
"""Rows read at a time: a long list never stands in memory as a whole."""
MONTHS = 12
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who takes along, when, in which zone."""

    person: Person
    at: datetime
    zone: str

    def day(self, at: datetime | None) -> object:
        """The firm's day of an instant."""
        return day_of(at, self.zone) if at else None


def _named(first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip()


def clients_rows(scene: Scene) -> Iterator[Row]:
    """As the list of clients: the product only of one's own, "rests" without date or reason."""
    rows = clients.listed(clients.visible_to(scene.person)).iterator(chunk_size=AT_ONCE)
    for some in _some(rows):
        listed = [Listed(*row) for row in some]
        quiet = rests(listed, at=scene.at, zone=scene.zone)
        for one in listed:
            own = one.owner_id == scene.person.pk
            yield (
                one.last_name, one.first_name, _named(one.owner_first, one.owner_last),
                one.product if own else "", one.since, one.pk in quiet,
            )  # fmt: skip


def _some(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while part := [row for _number, row in zip(range(AT_ONCE), rows, strict=False)]:
        yield part


def referrals_rows(scene: Scene) -> Iterator[Row]:
    """What the person brought or holds: the friend's first name, never more."""
    found = referrals.mine(scene.person, at=scene.at).order_by("captured_at", "id")
    fields = (
        "party__first_name", "client__party__first_name", "client__party__last_name", "kind",
        "state", "originator_id", "captured_at", "consented_at", "state_at",
    )  # fmt: skip
    for friend, first, last, kind, state, author, *times in _values(found, fields):
        days = [scene.day(at) for at in times]
        yield friend or "", _named(first, last), kind, state, author == scene.person.pk, *days


def asks_rows(scene: Scene) -> Iterator[Row]:
    """One's own asks with their answers: nobody else has a query for them."""
    found = asks.visible_to(scene.person).order_by("asked_at", "id")
    fields = (
        "asked_at", "client__party__last_name", "client__party__first_name", "for_reference",
        "moment_kind", "outcome", "answered_at",
    )  # fmt: skip
    for asked, last, first, reference, kind, outcome, answered in _values(found, fields):
        day, answer = scene.day(asked), scene.day(answered)
        yield day, last, first, reference, kind, outcome, answer


def moments_rows(scene: Scene) -> Iterator[Row]:
    """Of one's own clients, as their pages show them; a wrong one never says why."""
    own = clients.visible_to(scene.person).filter(owner=scene.person)
    found = Moment.objects.filter(client__in=own.values("pk")).order_by("on", "id")
    fields = (
        "client__party__last_name", "client__party__first_name", "kind", "wrong", "on", "until",
        "closed_at",
    )  # fmt: skip
    for last, first, kind, wrong, on, until, closed in _values(found, fields):
        yield last, first, kind, wrong, on, until, scene.day(closed)


def lines_rows(scene: Scene) -> Iterator[Row]:
    found: QuerySet[Line] = lines_of(scene.person).order_by("month", "id")
    fields = (
        "month", "fact__kind", "amount_grosze", "paid_grosze", "state", "fact__confirmed_at",
        "fact__version__number",
    )  # fmt: skip
    for month, kind, amount, paid, state, confirmed, version in _values(found, fields):
        yield month, kind, amount, paid, state, scene.day(confirmed), version


def months_rows(scene: Scene) -> Iterator[Row]:
    for month in my_months(scene.person, month_of(scene.at, scene.zone)):
        yield month.month, month.earned, month.paid


def praise_rows(scene: Scene) -> Iterator[Row]:
    found = praise.visible_to(scene.person).order_by("at", "id")
    fields = (
        "at", "giver__first_name", "giver__last_name", "receiver__first_name",
        "receiver__last_name", "text",
    )  # fmt: skip
    for at, *names, text in _values(found, fields):
        yield scene.day(at), _named(*names[:2]), _named(*names[2:]), text


def sales_rows(scene: Scene) -> Iterator[Row]:
    """One's own, and of whoever confirms, the branch's."""
    found = sales.visible_to(scene.person).order_by("sold_on", "id")
    fields = (
        "sold_on", "seller__first_name", "seller__last_name", "contract", "value_grosze",
        "margin_grosze", "state",
    )  # fmt: skip
    for sold, first, last, contract, value, margin, state in _values(found, fields):
        yield sold, _named(first, last), contract, value, margin, state


def overseen_rows(scene: Scene) -> Iterator[Row]:
    """Named activity after the notice: seller and stage, nobody recommended, nobody's client."""
    found = referrals.overseen(scene.person, at=scene.at).order_by("consented_at", "id")
    fields = (
        "originator__first_name", "originator__last_name", "state", "consented_at", "state_at",
    )  # fmt: skip
    for first, last, state, consented, moved in _values(found, fields):
        yield _named(first, last), state, scene.day(consented), scene.day(moved)


def amounts_rows(scene: Scene) -> Iterator[Row]:
    """Twelve months of the people whose pay somebody prepares."""
    month = month_of(scene.at, scene.zone)
    for _ in range(MONTHS):
        for row in amounts(scene.person, month).rows:
            view = row.view
            yield (
                month, row.last_name, row.first_name, view.accrued, -view.voided, view.payout,
                view.paid, view.closing,
            )  # fmt: skip
        month = previous_month(month)


def people_rows(scene: Scene) -> Iterator[Row]:
    for row in people.members(scene.person).iterator(chunk_size=AT_ONCE):
        who = row.person
        since = scene.day(row.since)
        yield who.last_name, who.first_name, who.email, row.role, row.branch.name, since


def settings_rows(scene: Scene) -> Iterator[Row]:
    """Every value there ever was, of the firm and of the places whose settings one manages."""
    places = standing(scene.person).branches(Permission.MANAGE_SETTINGS)
    found = Setting.objects.filter(Q(branch=None) | Q(branch_id__in=places))
    authors = dict(Person.objects.values_list("pk", "first_name"))
    fields = ("key", "value", "branch__name", "valid_from", "set_by_id", "set_at", "why")
    for key, value, branch, since, by, at, why in _values(found.order_by("key", "id"), fields):
        told = "" if value is None else str(value)
        yield key, told, branch or "", scene.day(since), authors.get(by, ""), scene.day(at), why


def imports_rows(scene: Scene) -> Iterator[Row]:
    found = imports.visible_to(scene.person).order_by("id")
    fields = (
        "created_at", "kind", "branch__name", "by__first_name", "by__last_name", "state",
        "dry_run", "created", "updated", "unchanged", "rejected",
    )  # fmt: skip
    for at, kind, branch, first, last, *rest in _values(found, fields):
        yield scene.day(at), kind, branch, _named(first, last), *rest


def requests_rows(scene: Scene) -> Iterator[Row]:
    """The register of requests: no names, as the desk itself."""
    found = desk.visible_to(scene.person).order_by("received_on", "id")
    fields = ("received_on", "kind", "came", "due_on", "extended_at", "done_at", "outcome")
    for received, kind, came, due, extended, done, outcome in _values(found, fields):
        yield received, kind, came, due, scene.day(extended), scene.day(done), outcome


def _values(rows: QuerySet[Any], fields: Sequence[str]) -> Iterator[Any]:
    return rows.values_list(*fields).iterator(chunk_size=AT_ONCE)
