"""What columns are called: words in Polish and English, and in the exports of other programs. Pure.

Words are folded (`kit.names.fold`), the likeliest first. Where one field may stand in several
columns (a mobile, a work and a home number), the order says which is meant first.
"""

import re
from functools import lru_cache

from polecam.kit.names import fold

CLIENT_FIELDS = (
    "number", "full_name", "name_last_first", "first_name", "last_name", "company",
    "phone", "phone2", "phone3", "phone4", "email", "email2",
    "owner", "since", "renews_on", "product",
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
SPARE = {"phone2": "phone", "phone3": "phone", "phone4": "phone", "email2": "email"}
"""Fields that take what is left of another one's columns."""

WORDS: dict[str, str] = {
    "number": "nr klienta|numer klienta|klient nr|id klienta|identyfikator klienta|"
    "kod klienta|cif|nr cif|nr kartoteki|numer kontrahenta|kod kontrahenta|"
    "client number|client no|client id|customer number|customer no|customer id|"
    "record id contact|record id|contact id|person id|id kontaktu|id osoby|id rekordu|"
    "identyfikator|nr|numer|id|number|no",
    "full_name": "imie i nazwisko|imie nazwisko|imie i nazwisko klienta|klient|nazwa klienta|"
    "nazwa kontaktu|osoba|kontrahent|full name|client name|customer name|contact name|client|"
    "customer|name|nazwa|contact|nazwa wyswietlana|display name|osoba kontaktowa",
    "name_last_first": "nazwisko i imie|nazwisko imie|last name first name|surname and name",
    "first_name": "imie|imie klienta|imiona|imie kontaktu|first name|firstname|given name|forename",
    "last_name": "nazwisko|nazwisko klienta|nazwisko kontaktu|"
    "last name|lastname|surname|family name",
    "company": "firma|nazwa firmy|nazwa przedsiebiorstwa|organizacja|instytucja|nazwa konta|"
    "company|company name|organization|organisation|organization name|organization 1 name|"
    "account name|associated company|primary associated company|powiazana firma",
    "phone": "telefon komorkowy|numer telefonu komorkowego|komorka|tel kom|telefon kom|kom|"
    "telefon komorka|mobile phone|mobile phone number|mobile|phone mobile|cell phone|cell|"
    "telefon podstawowy|primary phone|telefon|tel|nr telefonu|numer telefonu|nr tel|"
    "telefon kontaktowy|telefony|phone|phone number|telephone|phones|"
    "phone 1 value|telefon 1 wartosc|phone 2 value|telefon 2 wartosc|phone 3 value|"
    "telefon 3 wartosc|telefon sluzbowy|telefon praca|business phone|work phone|phone work|"
    "telefon domowy|telefon dom|home phone|phone home|inny telefon|telefon inny|telefon inne|"
    "other phone|phone other|telefon sluzbowy 2|business phone 2|telefon domowy 2|home phone 2|"
    "glowny telefon do firmy|company main phone",
    "email": "e mail|email|mail|adres e mail|adres email|poczta|poczta e mail|adresy e mail|"
    "adres poczty elektronicznej|e mail address|email address|emails|"
    "e mail 1 value|e mail 1 wartosc|e mail praca|email work|e mail work|work email|"
    "e mail dom|email home|e mail home|e mail inny|e mail inne|email other|e mail other|"
    "adres e mail 2|e mail 2 address|e mail 2 value|e mail 2 wartosc|"
    "adres e mail 3|e mail 3 address|e mail 3 value|e mail 3 wartosc",
    "owner": "opiekun|opiekun klienta|opiekun kontaktu|doradca|sprzedawca|handlowiec|agent|"
    "prowadzacy|wlasciciel kontaktu|wlasciciel rekordu|wlasciciel|wlasciciel konta|"
    "owner|account owner|contact owner|record owner|account manager|advisor|adviser|seller|"
    "salesperson|relationship manager|assigned to|przypisany do",
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
}  # fmt: skip
RANKS = {
    field: {word: rank for rank, word in reversed(list(enumerate(words.split("|"))))}
    for field, words in WORDS.items()
}
KNOWN = frozenset(word for words in RANKS.values() for word in words)
NEVER = frozenset(
    "pesel|nip|regon|krs|nr dowodu|numer dowodu|seria i numer dowodu|dowod|nr rachunku|"
    "numer rachunku|nr konta|numer konta|iban|government id number|tax id|tax number|vat|"
    "fax|faks|faks sluzbowy|faks domowy|inny faks|business fax|home fax|other fax|pager|"
    "telefon asystenta|assistant s phone".split("|")
)
"""Columns that hold numbers or texts which must never be taken for a telephone."""
ABOUT = frozenset("person people osoba osoby kontakt contact contacts klient klienci".split())
"""What an export puts before a dash: `Person - Phone - Work`."""
DASHED = re.compile(" [-–] ")
LONGEST = 100


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading as the words above are written: `Osoba - E-mail - Praca` -> `e mail praca`."""
    heading = " ".join(heading[:LONGEST].split())
    before, *rest = DASHED.split(heading, maxsplit=1)
    return fold(rest[0]) if rest and fold(before) in ABOUT else fold(heading)


def known(cells: list[str]) -> int:
    """How many of the cells are headings, each counted once."""
    return len({plain(cell) for cell in cells} & KNOWN)
