"""Which row is the headings, and which column means what, with a look at what the cells hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from polecam.imports import headings as words
from polecam.imports.firstnames import looks_first
from polecam.imports.models import ImportKind

FIELDS = {
    ImportKind.CLIENTS: words.CLIENT_FIELDS,
    ImportKind.REFERRALS: words.REFERRAL_FIELDS,
    ImportKind.SALES: words.SALE_FIELDS,
    ImportKind.MOMENTS: words.MOMENT_FIELDS,
}
NAMES = ("full_name", "name_last_first", "first_name", "last_name")
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    ImportKind.CLIENTS: ((*NAMES, "company"),),
    ImportKind.REFERRALS: (
        ("recommender", "recommender_number"),
        ("seller",),
        ("date",),
        ("prospect", "prospect_first"),
    ),
    ImportKind.SALES: (("contract",), ("date",), ("value", "margin")),
    ImportKind.MOMENTS: (("number", *NAMES), ("kind",), ("date",)),
}
"""One of each group must be there, or the import cannot start."""
WITHIN = 30
"""The headings stand in one of so many first rows."""
EMAIL = re.compile(r"^\S+@\S+\.\S+$")
PHONE = re.compile(r"^(?:\+|00)?[\d\s()./-]{9,18}$")

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Guess:
    """`mapping` of column index (as text) to field; `header` is that row's line, 0 for none."""

    mapping: dict[str, str]
    headings: list[str]
    header: int


def recognise(rows: list[Row], kind: str, *, header: int | None = None) -> Guess:
    """What the columns mean, under the likeliest headings or those of the line `header`."""
    if header is None:
        header = _likeliest(rows, kind)
    data = [cells for line, cells in rows if line > header]
    headings = headings_of(rows, header)
    mapping = _by_heading(headings, data, kind)
    _by_content(mapping, headings, data, kind)
    order_names(mapping, data)
    return Guess(mapping, headings, header)


def _likeliest(rows: list[Row], kind: str) -> int:
    best = max(rows[:WITHIN], key=lambda row: (_fields_in(row[1], kind), -row[0]))
    if _fields_in(best[1], kind) > 1:
        return best[0]
    usual = sorted(_filled(cells) for _, cells in rows[:60])[len(rows[:60]) // 2]
    first = next((row for row in rows[:WITHIN] if _filled(row[1]) * 2 > usual), rows[0])
    return 0 if _looks_like_data(first[1]) else first[0]


def headings_of(rows: list[Row], header: int) -> list[str]:
    """The cells of that line, as wide as the table; a merged heading reaches down from above."""
    above: list[str] = []
    found: list[str] = []
    for line, cells in rows[: WITHIN + 10]:
        if line == header:
            found = list(cells)
            break
        above = cells if line == header - 1 and _filled(cells) > 1 else []
    width = max((len(cells) for line, cells in rows if line >= header), default=0)
    found += [""] * (width - len(found))
    above = [*above, *[""] * (width - len(above))]
    return [cell if cell.strip() else upper for cell, upper in zip(found, above, strict=False)]


def missing(mapping: dict[str, str], kind: str) -> list[str]:
    """The first field of each group that no column fills."""
    chosen = set(mapping.values())
    return [group[0] for group in REQUIRED[kind] if not chosen & set(group)]


def better_kind(rows: list[Row], kind: str) -> str:
    """Another kind of file that these rows clearly are; "" when `kind` fits as well as any."""
    mine = recognise(rows, kind)
    score = -1 if missing(mine.mapping, kind) else len(mine.mapping)
    for other in ImportKind.values:
        guess = recognise(rows, other)
        named = len(_by_heading(guess.headings, [], other))
        if other != kind and not missing(guess.mapping, other) and named > score + 1:
            return other
    return ""


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _fields_in(cells: list[str], kind: str) -> int:
    return len(_by_heading(cells, [], kind))


def _looks_like_data(cells: list[str]) -> bool:
    return any(EMAIL.match(cell.strip()) or PHONE.match(cell.strip()) for cell in cells)


def _by_heading(headings: list[str], data: list[list[str]], kind: str) -> dict[str, str]:
    mapping: dict[str, str] = {}
    plain = [words.plain(heading) for heading in headings]
    for field in FIELDS[ImportKind(kind)]:
        ranks = words.RANKS[words.SPARE.get(field, field)]
        free = [
            (not _has_any(data, index), ranks[heading], index)
            for index, heading in enumerate(plain)
            if heading in ranks and str(index) not in mapping
        ]
        if free:
            mapping[str(min(free)[2])] = field
    _name_is_first(mapping, plain)
    return mapping


def _has_any(data: list[list[str]], index: int) -> bool:
    return not data or any(len(row) > index and row[index].strip() for row in data)


def _name_is_first(mapping: dict[str, str], plain: list[str]) -> None:
    """`Name` beside `Last name` is the first name."""
    fields = set(mapping.values())
    if "last_name" not in fields or "first_name" in fields:
        return
    for index, field in mapping.items():
        if field == "full_name" and plain[int(index)] == "name":
            mapping[index] = "first_name"


def _by_content(
    mapping: dict[str, str], headings: list[str], data: list[list[str]], kind: str
) -> None:
    """A column without a known heading that holds addresses or numbers says what it is."""
    for field, pattern in (("email", EMAIL), ("phone", PHONE)):
        if field in mapping.values() or field not in FIELDS[ImportKind(kind)]:
            continue
        for index, heading in enumerate(headings):
            if str(index) in mapping or words.plain(heading) in words.NEVER:
                continue
            cells = [row[index].strip() for row in data[:50] if len(row) > index and row[index]]
            if cells and sum(bool(pattern.match(cell)) for cell in cells) * 2 > len(cells):
                mapping[str(index)] = field
                break


def order_names(mapping: dict[str, str], data: list[list[str]]) -> None:
    """`Klient` may hold `Kowalczyk Anna`: the cells decide, the user sees it and may change it."""
    for index, field in mapping.items():
        if field not in {"full_name", "name_last_first"}:
            continue
        cells = (row[int(index)] for row in data if len(row) > int(index))
        if (last_first := last_name_first(islice(cells, 400))) is not None:
            mapping[index] = "name_last_first" if last_first else "full_name"


def last_name_first(cells: Iterable[str]) -> bool | None:
    """Whether full names begin with the last name; None when the cells do not tell."""
    forward, backward = orders(cells)
    return None if forward == backward else backward > forward


def orders(cells: Iterable[str]) -> tuple[int, int]:
    """How many full names clearly begin with the first name, and how many with the last."""
    forward = backward = 0
    for cell in cells:
        said = [word for word in cell.split() if word.strip(".,")]
        if len(said) >= 2 and "," not in cell:
            ahead, behind = looks_first(said[0]), looks_first(said[-1])
            forward += ahead and not behind
            backward += behind and not ahead
    return forward, backward
