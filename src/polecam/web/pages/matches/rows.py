"""Pairs and joins as rows of ready strings, and the two sides of one pair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.insights.matches import Record
from polecam.parties.models import Match, Merge, Party
from polecam.people.models import Person
from polecam.web.pages.matches import words
from polecam.web.ui import format as fmt

Records = Mapping[int, Record]


@dataclass(frozen=True, slots=True)
class Row:
    """A pair that waits, or an answer that can be taken back."""

    title: str
    sub: str
    url: str


@dataclass(frozen=True, slots=True)
class Side:
    """One record, as much of it as its reader may see: facts as (what, value)."""

    party: Party
    name: str
    kind: str
    facts: list[tuple[str, str]]


def name_of(record: Record) -> str:
    """A friend whose name was never said has none."""
    return record.name or _("A recommended person")


def both(one: Party, other: Party, records: Records) -> str:
    """ "Anna Kowalczyk and Ania"."""
    names = [name_of(records[party.pk]) for party in (one, other)]
    return fmt.listed(names)


def of_pairs(pairs: Iterable[Match], records: Records) -> list[Row]:
    """Pairs that wait."""
    return [
        Row(
            both(pair.one, pair.other, records),
            f"{words.likeness(pair.score_bp)} · {fmt.day(pair.found_at)}",
            reverse("matches:pair", args=[pair.public_id]),
        )
        for pair in pairs
    ]


def of_joins(joins: Iterable[Merge], records: Records, reader: Person) -> list[Row]:
    """Joins made, with who made them."""
    return [
        Row(
            both(join.kept, join.merged, records),
            f"{_joined(join.by, reader)} · {fmt.day(join.at)}",
            reverse("matches:part", args=[join.public_id]),
        )
        for join in joins
    ]


def of_parted(pairs: Iterable[Match], records: Records, reader: Person) -> list[Row]:
    """Pairs of which somebody said "two people"."""
    return [
        Row(
            both(pair.one, pair.other, records),
            f"{_by(pair.decided_by, reader)} · {fmt.day(pair.decided_at)}",
            reverse("matches:again", args=[pair.public_id]),
        )
        for pair in pairs
        if pair.decided_at
    ]


def _joined(by: Person | None, reader: Person) -> str:
    return _by(by, reader) if by else _("by itself: the same number or address, and the name fits")


def _by(person: Person | None, reader: Person) -> str:
    if person is None:
        return ""
    return pgettext("who did it", "you") if person.pk == reader.pk else person.full_name


def side(record: Record) -> Side:
    """One side of a pair."""
    kind = _("Client") if record.is_client else _("Recommended person")
    return Side(record.party, name_of(record), kind, list(_facts(record)))


def _facts(record: Record) -> Iterable[tuple[str, str]]:
    client, referral = record.client, record.referral
    if client:
        yield _("Branch"), client.branch.name
        if client.since:
            yield _("Client since"), fmt.month(client.since)
        yield _("Looked after by"), client.owner.full_name if client.owner else _("nobody yet")
    elif referral:
        yield _("Branch"), referral.branch.name
        yield _("Recommended"), fmt.day(referral.captured_at)
        if record.stage in words.STAGES:
            yield _("Stage"), str(words.STAGES[record.stage])
    if record.others:
        yield (
            _("Joined before"),
            ngettext("%(n)s more record", "%(n)s more records", record.others)
            % {"n": record.others},
        )


def context(match: Match, records: Records) -> dict[str, Any]:
    """The two sides of one pair and what is alike."""
    return {
        "match": match,
        "sides": [side(records[match.one_id]), side(records[match.other_id])],
        "likeness": words.likeness(match.score_bp),
        "reasons": words.reasons(match),
        "title": both(match.one, match.other, records),
    }
