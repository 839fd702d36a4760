"""What people write into cells, read as values. Pure: text in, value out.

A parser returns None (or "") for an empty cell and raises BadCell(code) for one that says
something it cannot mean; the code's sentence stands in `imports.reasons`.
"""

import re
from datetime import date
from functools import cache, lru_cache

from polecam.imports import contacts, persons
from polecam.imports.letters import UNSEEN, garbled, unreadable
from polecam.kit import emails, names
from polecam.organisation.currencies import PLN, Currency

PLACEHOLDERS = frozenset(
    "brak|nie podano|nie podal|nie podala|nieznany|nieznana|nieznane|nie dotyczy|nd|n d|bd|b d|"
    "brak danych|none|null|nan|nil|n a|na|unknown|not given|not provided|no data|empty|puste|"
    "do uzupelnienia|tbd".split("|")
)
"""What stands for nothing, folded; signs alone (-, ---, ?, .) fold to nothing anyway."""
FORMULA_ERRORS = frozenset(
    "#ARG! #VALUE! #ADR! #REF! #DZIEL/0! #DIV/0! #NAZWA? #NAME? #LICZBA! #NUM! #ZERO!".split()
)
"""Of spreadsheets in both languages. `#N/A` and `#N/D!` say that there is nothing."""
PLAIN_ADDRESS = re.compile(
    r"^(?=[^@]{1,64}@)([A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*)@([A-Za-z0-9.-]{1,60})$"
)
"""Addresses whose local part needs no look into the standard."""
DIGIT = re.compile(r"\d")
FORMULA_SIGNS = "=+-@\t\r"
QUOTED = re.compile(r"'+[=+\-@\t\r]")
MONTHS = {
    **dict.fromkeys(("stycznia", "styczen", "sty", "january", "jan", "i"), 1),
    **dict.fromkeys(("lutego", "luty", "lut", "february", "feb", "ii"), 2),
    **dict.fromkeys(("marca", "marzec", "mar", "march", "iii"), 3),
    **dict.fromkeys(("kwietnia", "kwiecien", "kwi", "april", "apr", "iv"), 4),
    **dict.fromkeys(("maja", "maj", "may", "v"), 5),
    **dict.fromkeys(("czerwca", "czerwiec", "cze", "june", "jun", "vi"), 6),
    **dict.fromkeys(("lipca", "lipiec", "lip", "july", "jul", "vii"), 7),
    **dict.fromkeys(("sierpnia", "sierpien", "sie", "august", "aug", "viii"), 8),
    **dict.fromkeys(("wrzesnia", "wrzesien", "wrz", "september", "sep", "sept", "ix"), 9),
    **dict.fromkeys(("pazdziernika", "pazdziernik", "paz", "october", "oct", "x"), 10),
    **dict.fromkeys(("listopada", "listopad", "lis", "november", "nov", "xi"), 11),
    **dict.fromkeys(("grudnia", "grudzien", "gru", "december", "dec", "xii"), 12),
}
ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d.*)?$")
POLISH = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: ?r\.?)?(?:[T ,]+\d.*)?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
SERIAL = re.compile(r"^[2-6]\d{4}$")
SPREADSHEET_EPOCH = date(1899, 12, 30).toordinal()
"""Day 0 of the serial dates of spreadsheets (25569 = 1 January 1970)."""
GROUPED = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+$|^[+-]?\d{1,3}(?:\.\d{3})+$")
AMOUNT = re.compile(r"^([+-]?)(\d{1,13})(?:\.(\d{1,4}))?$")


class BadCell(ValueError):
    """The cell says something that cannot be meant. `code` names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def unquoted(cell: str) -> str:
    """Takes off the apostrophe that an export puts before a formula sign, and before its like."""
    return cell[1:] if QUOTED.match(cell) else cell


def text(cell: str, *, most: int = 0) -> str:
    """The cell with single spaces; "" for a placeholder such as `brak` or `-`.

    Raises BadCell when longer than `most` (0 = any length) or with an unreadable letter.
    """
    if not cell:
        return ""
    if not cell.isascii():
        cell = UNSEEN.sub("", cell)
    said = " ".join(unquoted(cell.strip(" ")).split())
    if not said or (len(said) <= 20 and not DIGIT.search(said) and _stands_for_nothing(said)):
        return ""
    if unreadable(said):
        raise BadCell("unreadable")
    if said[0] == "#" and said.upper() in FORMULA_ERRORS:
        raise BadCell("formula_error")
    if most and len(said) > most:
        raise BadCell("too_long")
    return said


@lru_cache(maxsize=4096)
def _stands_for_nothing(said: str) -> bool:
    plain = names.fold(said)
    return plain in PLACEHOLDERS or (not plain and not any(map(str.isalnum, said)))


def phone(cell: str) -> str:
    """E.164, or "" when there is none; of several the first mobile. Raises BadCell."""
    return next(iter(phones(cell)), "")


def phones(cell: str) -> list[str]:
    """All of them, the one to use first. Raises BadCell("phone_invalid", "phone_rounded")."""
    said = text(cell.strip().replace("\n", "; ")).removeprefix("'")
    if not said:
        return []
    try:
        found = contacts.phones(said)
    except contacts.Rounded:
        raise BadCell("phone_rounded") from None
    if not found:
        raise BadCell("phone_invalid")
    return found


def email(cell: str) -> str:
    """A normal address, or "" when there is none; of several the first. Raises BadCell."""
    return next(iter(addresses(cell)), "")


def addresses(cell: str) -> list[str]:
    """All of them, in their order. Raises BadCell("email_invalid")."""
    said = text(cell).removeprefix("mailto:").strip("<> ")
    if not said:
        return []
    plain = PLAIN_ADDRESS.match(said)
    if plain and (host := _plain_host(plain[2])):
        return [f"{plain[1]}@{host}"]
    if address := emails.normal(said):
        return [address]
    several = contacts.emails(said) if re.search(r"[\s;,|<]", said) else []
    if not several:
        raise BadCell("email_invalid")
    return several


@lru_cache(maxsize=1024)
def _plain_host(host: str) -> str:
    """The host as the library writes it, asked once a host: 20 us an address count here."""
    return emails.normal(f"x@{host}").removeprefix("x@")


@lru_cache(maxsize=8192)
def day(cell: str) -> date | None:
    """`28.10.2016`, `2016-10-28`, `28 października 2016`, `28 Oct 2016`; day before month.

    Two-digit years are 1970-2069. Raises BadCell("date_invalid").
    """
    said = text(cell)
    if not said:
        return None
    try:
        if match := ISO.match(said) or COMPACT.match(said):
            return date(*map(int, match.groups()))
        if match := POLISH.match(said):
            return date(_year(match[3]), int(match[2]), int(match[1]))
        if SERIAL.match(said):
            return date.fromordinal(SPREADSHEET_EPOCH + int(said))
        return _day_in_words(said)
    except (ValueError, OverflowError):
        raise BadCell("date_invalid") from None


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _day_in_words(said: str) -> date:
    words = [word for word in names.fold(said).split() if word not in {"r", "roku", "of", "the"}]
    if len(words) != 3:
        raise BadCell("date_invalid")
    if words[0] in MONTHS:
        words[0], words[1] = words[1], words[0]
    number, month, year = words
    number = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", number)
    if month not in MONTHS or not number.isdigit() or not year.isdigit():
        raise BadCell("date_invalid")
    return date(_year(year), MONTHS[month], int(number))


def grosze(cell: str, currency: Currency = PLN) -> int | None:
    """`256 274,00 zł` -> 25627400; also `1.234,56`, `1,234.56`, `6623.42`, `500`.

    Raises BadCell("amount_invalid"), also for other money: nothing is ever converted.
    """
    said = _money_words(currency).sub("", text(cell).replace("−", "-")).strip()
    if not said:
        return None
    squeezed = re.sub(r"[\s\u00a0\u202f'’]", "", said)
    match = AMOUNT.match(_with_point(squeezed))
    if not match:
        raise BadCell("amount_invalid")
    sign, whole, part = match[1], match[2], (match[3] or "")
    if part[2:].strip("0"):
        raise BadCell("amount_invalid")
    value = int(whole) * 100 + int(part[:2].ljust(2, "0") or 0)
    return -value if sign == "-" else value


@cache
def _money_words(currency: Currency) -> re.Pattern[str]:
    """Before the amount or after it."""
    words = "|".join(map(re.escape, currency.words))
    return re.compile(rf"^(?:{words})(?=[\s\d+-])|(?:{words})\.?$", re.IGNORECASE)


def _with_point(amount: str) -> str:
    """One decimal point, no grouping: the last of `,` and `.` is the decimal sign.

    A single sign before exactly three digits groups thousands, whichever it is. What is grouped
    otherwise than by threes stays as it is, and is no amount then.
    """
    signs = [sign for sign in amount if sign in ",."]
    if not signs:
        return amount
    last = signs[-1]
    whole, _, part = amount.rpartition(last)
    if len(set(signs)) == 1 and len(part) == 3:
        whole, part = amount, ""
    if any(sign in whole for sign in ",.") and not GROUPED.match(whole):
        return amount
    return re.sub("[,.]", "", whole) + (f".{part}" if part else "")


def name(cell: str, *, most: int) -> str:
    """A first or a last name from a column of its own. Raises BadCell."""
    said = _readable(text(cell, most=most))
    return persons.cased(persons.untitled(said)) if said else ""


def person_name(cell: str, *, last_first: bool = False) -> tuple[str, str]:
    """(first, last) of a full name; `Kowalczyk, Anna` is last name first whatever `last_first`.

    Raises BadCell for a name without letters, too long, or read by a wrong table of letters.
    """
    said = _readable(text(cell))
    if not said:
        return "", ""
    if not any(map(str.isalpha, said)):
        raise BadCell("name_invalid")
    return _checked(*persons.split(said, last_first=last_first))


def person_name_last_first(cell: str) -> tuple[str, str]:
    """As `person_name`, for a column that says `Kowalczyk Anna`."""
    return person_name(cell, last_first=True)


def company(cell: str) -> tuple[str, str]:
    """A firm's name in the place of a person's. Raises BadCell."""
    return _checked(*persons.firm(_readable(text(cell))))


def _readable(said: str) -> str:
    if garbled(said):
        raise BadCell("unreadable")
    return said


def _checked(first: str, last: str) -> tuple[str, str]:
    if len(first) > persons.MOST_FIRST or len(last) > persons.MOST_LAST:
        raise BadCell("too_long")
    return first, last
