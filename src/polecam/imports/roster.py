"""A list of people to invite, as it comes: pasted or a file, with headings or without, any order.

From Excel (tabs), a CSV, Outlook ("Jan Kowalski <jan@firma.pl>; ..."), or plain addresses.
"""

import io
import re
from collections.abc import Iterable, Sequence
from csv import reader
from dataclasses import dataclass, replace
from itertools import islice

from polecam.imports import formats, records, workbook
from polecam.imports.firstnames import looks_first
from polecam.kit import emails, names
from polecam.kit.names import fold
from polecam.people.models import Role

MOST = 120
"""In one go: what a form can bring back, and what somebody can look through."""
MOST_BYTES = 1 << 20
HEADINGS: dict[str, str] = {
    **dict.fromkeys(
        (
            "e mail", "email", "mail", "adres e mail", "adres email", "e mail address",
            "email address", "adres", "primary smtp address", "user principal name", "login",
        ),
        "email",
    ),
    **dict.fromkeys(("imie", "first name", "given name", "firstname", "name first"), "first_name"),
    **dict.fromkeys(("nazwisko", "last name", "surname", "family name", "lastname"), "last_name"),
    **dict.fromkeys(
        (
            "imie i nazwisko", "nazwisko i imie", "name", "full name", "display name", "nazwa",
            "nazwa wyswietlana", "osoba", "person",
        ),
        "name",
    ),
    **dict.fromkeys(
        ("oddzial", "branch", "placowka", "office", "miejsce", "place", "zespol", "team"), "branch"
    ),
    **dict.fromkeys(("rola", "role", "stanowisko", "funkcja", "job title", "position"), "role"),
    **dict.fromkeys(("jezyk", "language"), "language"),
}  # fmt: skip
ROLES: dict[str, str] = {
    **dict.fromkeys(
        ("seller", "sprzedawca", "sprzedawczyni", "doradca", "doradczyni", "adviser", "advisor",
         "handlowiec", "agent", "agentka", "opiekun", "opiekunka"),
        Role.SELLER,
    ),
    **dict.fromkeys(
        ("manager", "szef", "szefowa", "kierownik", "kierowniczka", "menedzer", "dyrektor",
         "dyrektorka", "head", "boss"),
        Role.MANAGER,
    ),
    **dict.fromkeys(("admin", "administrator", "administratorka"), Role.ADMIN),
    **dict.fromkeys(
        ("dpo", "iod", "iodo", "data protection officer", "inspektor ochrony danych",
         "inspektorka ochrony danych"),
        Role.DPO,
    ),
    **dict.fromkeys(("payroll", "place", "kadry", "kadry i place", "ksiegowosc"), Role.PAYROLL),
}  # fmt: skip
LANGUAGES = {
    "pl": "pl", "polski": "pl", "polish": "pl", "en": "en", "angielski": "en", "english": "en",
}  # fmt: skip
MAILBOX = re.compile(r"\s*[;,]?\s*\"?([^<>;\"]*?)\"?\s*<\s*([^<>\s]*@[^<>\s]*)\s*>")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list, as read: `branch` and `role` are what was written."""

    email: str
    first_name: str = ""
    last_name: str = ""
    branch: str = ""
    role: str = ""
    language: str = ""


def of_text(pasted: str) -> list[Listed]:
    """Whoever is named in a pasted list."""
    lines = []
    for line in pasted.replace("\x00", "").splitlines(keepends=True):
        found = MAILBOX.findall(line)
        if len(found) > 1 or (found and MAILBOX.fullmatch(line.rstrip("\r\n;, \t"))):
            lines += [f"{_quiet(name)}\t{address}\n" for name, address in found]
        else:
            lines.append(line)
    if not lines:
        return []
    sign = records.sniff(lines[:60])
    return of_rows(records.rows((_parted(line, sign) for line in lines), sign))


def _parted(line: str, sign: str) -> str:
    """A line that was typed among others with another sign between its parts, with theirs."""
    own = sign in line or '"' in line or "<" in line
    return line if own else re.sub(r"[;,\t]", sign, line)


def of_file(content: bytes) -> list[Listed]:
    """Whoever is named in a CSV or a workbook. Raises formats.WrongFile."""
    if len(content) > MOST_BYTES:
        raise formats.WrongFile("file_too_large")
    found = formats.detect(iter([content]))
    if found.kind == "workbook":
        text = b"".join(workbook.staged(iter([content]), {}, "")).decode("utf-8", "replace")
        return of_rows(row[1:] for row in reader(io.StringIO(text)))
    if found.kind != "csv":
        raise formats.WrongFile("file_kind")
    return of_text(content.decode(found.letters.encoding, "replace"))


def of_rows(table: Iterable[Sequence[str]]) -> list[Listed]:
    """Whoever is named in a table of cells, at most one more than MOST."""
    rows = [[_clean(cell) for cell in row] for row in table]
    rows = [row for row in rows if any(row)]
    place = next((n for n, row in enumerate(rows[:10]) if _is_heading(row)), None)
    if place is not None:
        columns = [HEADINGS.get(fold(cell), "") for cell in rows[place]]
        last_first = any(fold(cell) == "nazwisko i imie" for cell in rows[place])
        found = (_by_heading(row, columns, last_first) for row in rows[place + 1 :])
    else:
        found = (one for row in rows for one in _by_content(row))
    return list(islice((one for one in found if one != Listed("")), MOST + 1))


def role_of(written: str) -> str:
    """The role behind a word of a list; empty for an unknown one."""
    said = fold(written)
    return ROLES.get(said) or next(
        (role for word, role in ROLES.items() if said.startswith(f"{word} ")), ""
    )


def _clean(cell: str) -> str:
    return " ".join(names.plain(cell.replace("\ufffd", "")).split()).strip("'\"").strip()


def _quiet(name: str) -> str:
    return name.replace("\t", " ").strip()


def _is_heading(row: Sequence[str]) -> bool:
    known = [HEADINGS[fold(cell)] for cell in row if fold(cell) in HEADINGS]
    return "email" in known and not any("@" in cell for cell in row)


def _by_heading(row: Sequence[str], columns: Sequence[str], last_first: bool) -> Listed:
    said: dict[str, str] = {}
    for cell, column in zip(row, columns, strict=False):
        if column and cell:
            said.setdefault(column, cell)
    first, last = said.get("first_name", ""), said.get("last_name", "")
    whole = said.get("name", "")
    if whole and not (first and last):
        first, last = _name(whole, last_first=last_first)
    address, named = _address(said.get("email", ""))
    one = Listed(
        address, first, last, said.get("branch", ""), said.get("role", ""),
        LANGUAGES.get(fold(said.get("language", "")), ""),
    )  # fmt: skip
    return _named(one, named)


def _by_content(row: Sequence[str]) -> list[Listed]:
    mails = [cell for cell in row if "@" in cell]
    rest = [cell for cell in row if cell and "@" not in cell]
    if len(mails) > 1 and not rest:
        return [_named(Listed(address), named) for address, named in map(_address, mails)]
    role = next((cell for cell in rest if role_of(cell)), "")
    language = next((cell for cell in rest if fold(cell) in LANGUAGES), "")
    words = [cell for cell in rest if cell not in (role, language)]
    address, named = _address(mails[0]) if mails else ("", "")
    branch = ""
    if len(words) > 1 and (" " in words[0] or len(words) > 2):
        branch = words.pop()
    if len(words) == 1:
        first, last = _name(words[0])
    else:
        first, last = (words[0], " ".join(words[1:])) if words else ("", "")
        if last and looks_first(last) and not looks_first(first):
            first, last = last, first
    one = Listed(address, first, last, branch, role, LANGUAGES.get(fold(language), ""))
    return [_named(one, named)]


def _address(cell: str) -> tuple[str, str]:
    """(address, name beside it); the cell itself where it holds none that is right."""
    found = MAILBOX.match(cell)
    typed, named = (found[2], found[1]) if found else (cell, "")
    typed = typed.removeprefix("mailto:").strip(" ;,<>")
    return emails.normal(typed) or typed[:254], named


def _named(one: Listed, whole: str) -> Listed:
    if not whole or one.first_name or one.last_name:
        return one
    first, last = _name(whole)
    return replace(one, first_name=first, last_name=last)


def _name(whole: str, *, last_first: bool = False) -> tuple[str, str]:
    if whole.count(",") == 1:
        last, _, first = (part.strip() for part in whole.partition(","))
        return first[:60], last[:80]
    words = whole.split()
    turned = len(words) > 1 and looks_first(words[-1]) and not looks_first(words[0])
    if len(words) > 1 and (last_first or turned):
        return " ".join(words[1:])[:60], words[0][:80]
    first, last = names.split(whole)
    return first[:60], last[:80]
