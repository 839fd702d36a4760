"""The sheets a person may take along, by what they may see on pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from polecam.insights import export_rows as rows
from polecam.insights.export_rows import Row, Scene
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

P = Permission


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: its columns as (name, kind), who may have it, its rows.

    Kinds: text, number, money (grosze), day, yes (a boolean), and words (a code to be said).
    """

    key: str
    permission: Permission
    columns: tuple[tuple[str, str], ...]
    read: Callable[[Scene], Iterator[Row]]


def sheets_for(person: Person) -> list[Sheet]:
    """Every sheet the person may take along, in the order of the page."""
    here = standing(person)
    return [sheet for sheet in SHEETS if here.may(sheet.permission)]


KEPT = 20_000
"""So many rows are counted and kept; of a longer list the rest is read once more."""


def counted(sheet: Sheet, scene: Scene) -> tuple[int, Iterator[Row]]:
    """How many rows a sheet has, and the rows."""
    rows_of = sheet.read(scene)
    first = list(islice(rows_of, KEPT))
    if len(first) < KEPT:
        return len(first), iter(first)
    return KEPT + sum(1 for _ in rows_of), sheet.read(scene)


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition(":") for part in text.split())
    return tuple((name, kind or "text") for name, _sign, kind in pairs)


SHEETS = (
    Sheet(
        "clients", P.SEE_OWN_CLIENTS,
        _columns("last_name first_name adviser product since:day rests:yes"), rows.clients_rows,
    ),
    Sheet(
        "referrals", P.WORK_REFERRALS,
        _columns(
            "friend recommended_by way:words stage:words mine:yes captured_on:day"
            " consented_on:day stage_on:day"
        ), rows.referrals_rows,
    ),
    Sheet(
        "asks", P.ASK,
        _columns(
            "asked_on:day last_name first_name for_reference:yes moment:words answer:words"
            " answered_on:day"
        ), rows.asks_rows,
    ),
    Sheet(
        "moments", P.SEE_OWN_CLIENTS,
        _columns(
            "last_name first_name moment:words not_now:yes on:day until:day closed_on:day"
        ), rows.moments_rows,
    ),
    Sheet(
        "sales", P.REPORT_SALE,
        _columns("sold_on:day seller contract value:money margin:money state:words"),
        rows.sales_rows,
    ),
    Sheet(
        "lines", P.SEE_OWN_MONEY,
        _columns(
            "month fact:words amount:money paid:money line_state:words confirmed_on:day"
            " version:number"
        ), rows.lines_rows,
    ),
    Sheet("months", P.SEE_OWN_MONEY, _columns("month earned:money paid:money"), rows.months_rows),
    Sheet("praise", P.PRAISE, _columns("on:day from to text"), rows.praise_rows),
    Sheet(
        "overseen", P.SEE_NAMED,
        _columns("seller stage:words consented_on:day stage_on:day"), rows.overseen_rows,
    ),
    Sheet(
        "amounts", P.SEE_AMOUNTS,
        _columns(
            "month last_name first_name accrued:money taken_back:money payable:money paid:money"
            " not_paid:money"
        ), rows.amounts_rows,
    ),
    Sheet(
        "people", P.MANAGE_PEOPLE,
        _columns("last_name first_name email role:words branch since_on:day"), rows.people_rows,
    ),
    Sheet(
        "settings", P.MANAGE_SETTINGS,
        _columns("setting:words value branch from_on:day set_by set_on:day why"),
        rows.settings_rows,
    ),
    Sheet(
        "imports", P.IMPORT_CLIENTS,
        _columns(
            "on:day kind:words branch by import_state:words rehearsal:yes new:number"
            " changed:number unchanged:number rejected:number"
        ), rows.imports_rows,
    ),
    Sheet(
        "requests", P.KEEP_REGISTER,
        _columns(
            "received_on:day request:words came:words due_on:day extended_on:day done_on:day"
            " outcome:words"
        ), rows.requests_rows,
    ),
)  # fmt: skip
