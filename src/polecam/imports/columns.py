"""Which column means what: headings in Polish and English, with a look at what the cells hold."""

import re
from dataclasses import dataclass
from itertools import islice

from polecam.imports.firstnames import looks_first
from polecam.imports.models import ImportKind
from polecam.kit.names import fold

CLIENT_FIELDS = (
    "number", "full_name", "name_last_first", "first_name", "last_name",
    "phone", "email", "owner", "since", "renews_on", "product",
)  # fmt: skip
REFERRAL_FIELDS = (
    "date", "recommender", "recommender_number", "prospect", "prospect_first", "prospect_last",
    "phone", "email", "seller", "status",
)  # fmt: skip
SALE_FIELDS = (
    "contract", "date", "full_name", "name_last_first", "first_name", "last_name",
    "phone", "email", "product", "value", "margin", "seller",
)  # fmt: skip
MOMENT_FIELDS = (
    "number", "kind", "date", "until", "full_name", "name_last_first", "first_name", "last_name",
)  # fmt: skip
FIELDS = {
    ImportKind.CLIENTS: CLIENT_FIELDS,
    ImportKind.REFERRALS: REFERRAL_FIELDS,
    ImportKind.SALES: SALE_FIELDS,
    ImportKind.MOMENTS: MOMENT_FIELDS,
}
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    ImportKind.CLIENTS: (("full_name", "name_last_first", "first_name", "last_name"),),
    ImportKind.REFERRALS: (
        ("recommender", "recommender_number"),
        ("seller",),
        ("date",),
        ("prospect", "prospect_first"),
    ),
    ImportKind.SALES: (("contract",), ("date",), ("value", "margin")),
    ImportKind.MOMENTS: (
        ("number", "full_name", "name_last_first", "first_name", "last_name"),
        ("kind",),
        ("date",),
    ),
}
"""One of each group must be there, or the import cannot start."""

WORDS: dict[str, str] = {
    "number": "nr klienta|numer klienta|klient nr|id klienta|identyfikator|identyfikator klienta|"
    "nr|numer|kod klienta|cif|nr cif|nr kartoteki|client number|client no|client id|"
    "customer number|customer no|customer id|id|number|no",
    "full_name": "imie i nazwisko|imie nazwisko|klient|nazwa|nazwa klienta|osoba|kontrahent|"
    "full name|name|client|customer|client name|customer name|contact",
    "name_last_first": "nazwisko i imie|nazwisko imie|last name first name|surname and name",
    "first_name": "imie|imie klienta|imiona|first name|firstname|given name|forename",
    "last_name": "nazwisko|nazwisko klienta|last name|lastname|surname|family name",
    "phone": "telefon|tel|nr telefonu|numer telefonu|tel kom|telefon komorkowy|komorka|"
    "nr tel|kom|telefon kontaktowy|phone|phone number|mobile|mobile phone|"
    "cell|cell phone|telephone",
    "email": "e mail|email|mail|adres e mail|adres email|poczta|e mail address|email address",
    "owner": "opiekun|opiekun klienta|doradca|sprzedawca|handlowiec|agent|prowadzacy|"
    "owner|account owner|account manager|advisor|adviser|seller|salesperson|relationship manager",
    "since": "klient od|od kiedy|data rozpoczecia|data pozyskania|poczatek wspolpracy|data od|"
    "data dodania|client since|customer since|since|start date|joined",
    "renews_on": "odnowienie|data odnowienia|odnawia sie|odnawia sie dnia|koniec umowy|"
    "data konca umowy|umowa do|polisa do|wznowienie|data wznowienia|renews on|renewal|"
    "renewal date|renews|contract end|contract until|expires on",
    "kind": "moment|rodzaj|rodzaj momentu|zdarzenie|co sie stalo|typ|typ zdarzenia|"
    "kind|kind of moment|event|what happened|type",
    "until": "do kiedy|do dnia|trwa do|until|ends|ends on|valid until",
    "product": "produkt|usluga|rodzaj produktu|product|service",
    "date": "data|data umowy|data sprzedazy|data polecenia|dzien|kiedy|data podpisania|"
    "date|day|sale date|contract date|signed|signed on|referral date|when",
    "recommender": "kto polecil|polecajacy|polecil|polecila|klient polecajacy|od kogo|z polecenia|"
    "imie i nazwisko polecajacego|klient|imie i nazwisko klienta|"
    "referrer|referred by|recommended by|who recommended|recommender|client",
    "recommender_number": "nr klienta|numer klienta|nr polecajacego|numer polecajacego|"
    "id klienta|id polecajacego|client number|client no|client id|referrer number|referrer id|"
    "customer number|customer id",
    "prospect": "polecony|polecona|osoba polecona|kogo polecil|kogo|imie i nazwisko poleconego|"
    "imie i nazwisko|prospect|referred person|referral|friend|lead|whom|referred",
    "prospect_first": "imie poleconego|imie|imie poleconej|first name|prospect first name",
    "prospect_last": "nazwisko poleconego|nazwisko|nazwisko poleconej|last name|surname",
    "seller": "sprzedawca|doradca|opiekun|handlowiec|agent|autor|kto zebral|kto|pracownik|"
    "seller|salesperson|advisor|adviser|author|owner|agent|rep|sales rep|employee",
    "status": "status|stan|etap|wynik|rezultat|state|stage|result|outcome",
    "contract": "nr umowy|numer umowy|umowa|nr polisy|numer polisy|polisa|nr dokumentu|nr faktury|"
    "contract|contract number|contract no|policy number|agreement|agreement number|invoice",
    "value": "wartosc|kwota|wartosc umowy|kwota umowy|kwota kredytu|suma|skladka|obrot|"
    "value|amount|contract value|deal value|revenue|total",
    "margin": "marza|prowizja|zysk|marza zl|przychod|margin|commission|profit|gross margin",
}
SYNONYMS = {field: frozenset(words.split("|")) for field, words in WORDS.items()}
EMAIL = re.compile(r"^\S+@\S+\.\S+$")
PHONE = re.compile(r"^(?:\+|00)?[\d\s()./-]{9,18}$")


@dataclass(frozen=True)
class Guess:
    """`mapping` of column index (as text) to field; `header` is that row's line, 0 for none."""

    mapping: dict[str, str]
    headings: list[str]
    header: int


def recognise(rows: list[tuple[int, list[str]]], kind: str) -> Guess:
    """The likeliest header among the first ten rows, and what its columns mean."""
    best = max(rows[:10], key=lambda row: (_known(row[1], kind), -row[0]))
    if _known(best[1], kind) < 2:
        best = rows[0] if not _looks_like_data(rows[0][1]) else (0, [])
    data = [cells for line, cells in rows if line > best[0]]
    width = max(map(len, [best[1], *data[:50]]), default=0)
    headings = [*best[1], *[""] * (width - len(best[1]))]
    mapping = _by_heading(headings, kind)
    _by_content(mapping, headings, data, kind)
    _order_of_names(mapping, headings, data)
    return Guess(mapping, headings, best[0])


def missing(mapping: dict[str, str], kind: str) -> list[str]:
    """The first field of each group that no column fills."""
    chosen = set(mapping.values())
    return [group[0] for group in REQUIRED[kind] if not chosen & set(group)]


def _known(cells: list[str], kind: str) -> int:
    return len(_by_heading(cells, kind))


def _looks_like_data(cells: list[str]) -> bool:
    return any(EMAIL.match(cell.strip()) or PHONE.match(cell.strip()) for cell in cells)


def _by_heading(headings: list[str], kind: str) -> dict[str, str]:
    mapping: dict[str, str] = {}
    plain = [fold(heading) for heading in headings]
    for field in FIELDS[ImportKind(kind)]:
        for index, heading in enumerate(plain):
            if str(index) not in mapping and heading in SYNONYMS[field]:
                mapping[str(index)] = field
                break
    return mapping


def _by_content(
    mapping: dict[str, str], headings: list[str], data: list[list[str]], kind: str
) -> None:
    """A column without a known heading that holds addresses or numbers says what it is."""
    for field, pattern in (("email", EMAIL), ("phone", PHONE)):
        if field in mapping.values() or field not in FIELDS[ImportKind(kind)]:
            continue
        for index in range(len(headings)):
            if str(index) in mapping:
                continue
            cells = [row[index].strip() for row in data[:50] if len(row) > index and row[index]]
            if cells and sum(bool(pattern.match(cell)) for cell in cells) * 2 > len(cells):
                mapping[str(index)] = field
                break


def _order_of_names(mapping: dict[str, str], headings: list[str], data: list[list[str]]) -> None:
    """`Klient` may hold `Kowalczyk Anna`: the cells decide, the user sees it and may change it."""
    for index, field in mapping.items():
        if field not in {"full_name", "name_last_first"}:
            continue
        cells = (row[int(index)] for row in data if len(row) > int(index))
        if (last_first := last_name_first(islice(cells, 400))) is not None:
            mapping[index] = "name_last_first" if last_first else "full_name"


def last_name_first(cells: object) -> bool | None:
    """Whether full names begin with the last name; None when the cells do not tell."""
    forward = backward = 0
    for cell in cells:  # type: ignore[attr-defined]
        words = str(cell).split()
        if len(words) >= 2:
            ahead, behind = looks_first(words[0]), looks_first(words[-1])
            forward += ahead and not behind
            backward += behind and not ahead
    return None if forward == backward else backward > forward
