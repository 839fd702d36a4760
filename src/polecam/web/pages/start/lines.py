"""What each line of business brings along, shown before it is chosen."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.asking import catalogue, house_words
from polecam.bonuses.planning import templates
from polecam.organisation.currencies import Currency
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences as sentences

NAMES: dict[str, str | Promise] = {
    "bank": pgettext_lazy("line of business", "Bank"),
    "insurance": pgettext_lazy("line of business", "Insurance"),
    "real_estate": pgettext_lazy("line of business", "Real estate"),
    "telco": pgettext_lazy("line of business", "Telephone and internet"),
    "cars": pgettext_lazy("line of business", "Cars"),
    "b2b": pgettext_lazy("line of business", "Firms for firms (B2B)"),
    "other": pgettext_lazy("line of business", "Something else"),
}
ICONS = "landmark shield-check building-2 phone car file-signature sprout"
PAYS: dict[str, str | Promise] = {
    "bank": _("It pays small first steps and a part of the margin."),
    "insurance": _(
        "It pays a part of the premium now, and a part once the policy was kept a year."
    ),
    "real_estate": _("It pays for meetings and a part of the commission that grows with it."),
    "telco": _("It pays for each activation, half of it once the client has stayed three months."),
    "cars": _("It pays flat amounts for a test drive and a sold car: margins of cars differ much."),
    "b2b": _("It pays a part of the margin, capped, and for references and help for colleagues."),
    "other": _("It pays a consent, a meeting and a part of the margin: three plain sentences."),
}
MOST = 5
"""Moments named before "and more"."""


@dataclass(frozen=True, slots=True)
class Brings:
    """One line's panel."""

    code: str
    name: str | Promise
    moments: int
    named: list[str]
    said: str
    pays: str | Promise
    plan: list[str]


def brings(at: datetime, currency: Currency) -> list[Brings]:
    """Every line of business with its moments, one sentence of words, and its plan."""
    return [_of(code, at, currency) for code in NAMES]


def _of(code: str, at: datetime, currency: Currency) -> Brings:
    english = fmt.language() == "en"
    kinds = catalogue.for_line(code)
    good = [kind for kind in kinds if kind.good]
    own = [kind for kind in good if kind.lines] or good
    named = [kind.title_en if english else kind.title_pl for kind in own[:MOST]]
    first = next((w for kind in own for w in house_words.HOUSE if w.kind == kind.code), None)
    draft = templates.build(templates.for_line(code), at, currency=currency)
    return Brings(
        code,
        NAMES[code],
        len(kinds),
        named,
        _plain(first.en if english else first.pl, english=english) if first else "",
        PAYS[code],
        [sentences.sentence(one, one.bands) for one in draft.components],
    )


def _plain(words: str, *, english: bool) -> str:
    """A sentence with its places filled for a made-up client."""
    places = (
        {"address": "Anna", "pronoun": "you", "whose": "your", "to_whom": "you"}
        if english
        else {"address": "Pani Anno", "pronoun": "Pani", "whose": "Pani", "to_whom": "Pani"}
    )
    return words.format(**places, link="polecam.example/z/…")
