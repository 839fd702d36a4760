"""One row of a file of referrals so far, parsed. What may be kept of it is decided above."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from polecam.imports import cells
from polecam.imports.cells import BadCell
from polecam.imports.fields import Fields
from polecam.imports.records import trouble
from polecam.kit.names import fold


class Past(StrEnum):
    """What a file says became of a referral."""

    OPEN = "open"
    MET = "met"
    WON = "won"
    LOST = "lost"


STATUSES: dict[str, Past] = {
    word: status
    for status, words in {
        Past.OPEN: "nowe|nowy|nowa|otwarte|otwarty|w toku|w trakcie|w kontakcie|kontakt|"
        "do kontaktu|oczekuje|czeka|zaproszony|zaproszona|"
        "new|open|in progress|pending|contacted|in contact|to contact|invited|waiting",
        Past.MET: "spotkanie|spotkania|umowione spotkanie|po spotkaniu|spotkanie odbyte|"
        "odbyte spotkanie|meeting|met|meeting held|meeting set",
        Past.WON: "sprzedaz|sprzedane|sprzedany|umowa|wygrane|wygrana|klient|sukces|podpisane|"
        "sale|sold|won|customer|client|closed won|success|signed",
        Past.LOST: "rezygnacja|zrezygnowal|zrezygnowala|odmowa|przegrane|przegrana|utracone|"
        "niezainteresowany|niezainteresowana|brak zainteresowania|zamkniete|anulowane|nie|"
        "lost|declined|refused|not interested|closed lost|closed|cancelled|canceled|no",
    }.items()
    for word in words.split("|")
}


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """Who recommended whom, through which seller, when, and what became of it."""

    line: int
    cells: list[str]
    on: date | None = None
    recommender: tuple[str, str] = ("", "")
    recommender_number: str = ""
    prospect: tuple[str, str] = ("", "")
    phone: str = ""
    email: str = ""
    seller: str = ""
    status: Past = Past.OPEN
    problem: str = ""
    column: str = ""


def parse(line: int, row: list[str], mapping: dict[str, str], *, today: date) -> ReferralRow:
    """Read one row; never raises."""
    if problem := trouble(row):
        return ReferralRow(line, row[1:], problem=problem)
    read = Fields(row, mapping)
    try:
        number = read.get("recommender_number", lambda cell: cells.text(cell, most=40))
        recommender = read.get("recommender", cells.person_name)
        if not number and not recommender[0]:
            raise BadCell("missing")
        return ReferralRow(
            line,
            row,
            on=read.required("date", lambda cell: _past(cells.day(cell), today)),
            recommender=recommender,
            recommender_number=number,
            prospect=_prospect(read),
            phone=read.get("phone", cells.phone),
            email=read.get("email", cells.email),
            seller=read.required("seller", lambda cell: cells.text(cell, most=160)),
            status=read.get("status", _status),
        )
    except BadCell as bad:
        return ReferralRow(line, row, problem=bad.code, column=read.column)


def _prospect(read: Fields) -> tuple[str, str]:
    if read.has("prospect"):
        return read.required("prospect", lambda cell: _or_none(cells.person_name(cell)))
    first = read.required("prospect_first", lambda cell: cells.text(cell, most=60))
    return first, read.get("prospect_last", lambda cell: cells.text(cell, most=80))


def _or_none(name: tuple[str, str]) -> tuple[str, str] | None:
    return name if name[0] else None


def _status(cell: str) -> Past:
    said = fold(cells.text(cell))
    if not said:
        return Past.OPEN
    if said not in STATUSES:
        raise BadCell("status_unknown")
    return STATUSES[said]


def _past(day: date | None, today: date) -> date | None:
    if day and day > today:
        raise BadCell("date_future")
    return day
