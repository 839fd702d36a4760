"""A card of thanks for print: a paper cut outside, the words inside. Nothing of the friend."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext

from polecam.people.models import Person
from polecam.thanks.models import Thanks
from polecam.web.pages.thanks import cutting, words
from polecam.web.ui import format as fmt
from polecam.web.ui import typeset
from polecam.web.ui.firm import firm

TEMPLATE = Path(__file__).with_name("card.typ")
SHEETS = ("a6", "a5")
"""`a6`: a flat card, picture and words; `a5`: a sheet folded once, printed on both sides."""


def pdf(thanks: Thanks, seller: Person, *, language: str, sheet: str, number: int) -> bytes:
    """The card as PDF, in either language, with the n-th of the ready words."""
    with translation.override(language):
        return typeset.pdf(TEMPLATE, said(thanks, seller, sheet=sheet, number=number))


def said(thanks: Thanks, seller: Person, *, sheet: str, number: int) -> dict[str, Any]:
    """Everything the card says, in the active language (see card.typ)."""
    found = words.sentences(thanks.occasion, thanks.client.party, seller)
    greeting, _, rest = found[(number - 1) % len(found)].partition(", ")
    return {
        "lang": fmt.language(),
        "sheet": sheet,
        "title": pgettext("front of a card", "Thank you"),
        "greeting": f"{greeting},",
        "words": rest[:1].upper() + rest[1:],
        "seller": seller.full_name,
        "firm": firm().name,
        "front": cutting.bough(),
        "small": cutting.sprig(),
    }
