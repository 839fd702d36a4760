"""Ready words of thanks, by occasion: for the trust and for the talk, never for a sale.

They never say what the friend chose, bought or answered, nor who the friend is. Several, so that
the seller takes what sounds like them; in the forms of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from polecam.kit import polish
from polecam.kit.polish_endings import Case
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.thanks.models import Occasion, Thanks
from polecam.thanks.rules import TALKED
from polecam.web.ui import format as fmt
from polecam.web.ui import voice


@dataclass(frozen=True, slots=True)
class Row:
    """What is owed to one client on one occasion, as a line of the list."""

    ref: str
    who: Party
    sub: str
    due: str
    today: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What was given lately, as a line of the list."""

    ref: str
    who: Party
    sub: str
    may_reopen: bool


def owed(rows: Sequence[Thanks], today: date) -> list[Row]:
    """One line for each client and occasion, the earliest first."""
    grouped: dict[tuple[int, str], list[Thanks]] = {}
    for row in rows:
        grouped.setdefault((row.client_id, row.occasion), []).append(row)
    return [_line(group, today) for group in grouped.values()]


def _line(group: list[Thanks], today: date) -> Row:
    first = group[0]
    due = max(first.due_on, today)
    return Row(
        ref=first.public_id,
        who=first.client.party,
        sub=occasion(first.occasion, len(group)),
        due=fmt.near(due) if due == today else fmt.weekday(due, reference=today),
        today=first.due_on <= today,
    )


def occasion(code: str, count: int = 1) -> str:
    """For what."""
    if code == TALKED:
        said = npgettext("thanks", "after the talk", "after %(n)s talks", count)
    else:
        said = npgettext("thanks", "for a recommendation", "for %(n)s recommendations", count)
    return said % {"n": count}


def given(row: Thanks, *, may_reopen: bool) -> Given:
    """How, and when."""
    how = {
        "words": pgettext("thanked", "in words"),
        "card": pgettext("thanked", "with a card"),
        "email": pgettext("thanked", "by e-mail"),
        "": pgettext("thanked", "wants no thanks"),
    }[row.way]
    when = fmt.near(fmt.as_day(row.done_at or row.skipped_at or row.due_on))
    return Given(row.public_id, row.client.party, f"{how}, {when}", may_reopen)


def form_of(party: Party) -> str | None:
    """The client's form, guessed from the first name where nobody said it."""
    return party.form if party.form in ("f", "m") else polish.guess_form(party.first_name)


def to_whom(party: Party) -> str:
    """Whom to thank: `pani Annie`."""
    if fmt.language() == "en":
        return party.first_name
    form = form_of(party)
    return f"{polish.polite(form, Case.DATIVE).lower()} {polish.dative(party.first_name, form)}"


def address(party: Party) -> str:
    """How the client is spoken to, in the active language: `Pani Anno`, `Anna`."""
    if fmt.language() == "en":
        return party.first_name
    return polish.address(party.first_name, party.form)


def sentences(code: str, party: Party, seller: Person) -> list[str]:
    """Ready words for an occasion, in the active language, each complete."""
    made = _talked if code == Occasion.TALKED else _recommended
    form = form_of(party)
    your = "your" if fmt.language() == "en" else polish.polite(form, Case.GENITIVE)
    said = {"name": address(party), "your": your}
    return [fmt.tie(one % said) for one in made(form or "n", seller)]


def _recommended(client: str, seller: Person) -> list[str]:
    return [
        pgettext(
            "thanks",
            "%(name)s, thank you for your trust. Whatever comes of it, I value it a lot.",
        ),
        {
            "f": pgettext(
                "said to a woman",
                "%(name)s, thank you for thinking of me. To lend somebody your good word is no "
                "small thing.",
            ),
            "m": pgettext(
                "said to a man",
                "%(name)s, thank you for thinking of me. To lend somebody your good word is no "
                "small thing.",
            ),
            "n": pgettext(
                "said to a person",
                "%(name)s, thank you for thinking of me. To lend somebody your good word is no "
                "small thing.",
            ),
        }[client],
        voice.pick(
            seller,
            pgettext(
                "said by a woman",
                "%(name)s, it made me glad. Thank you for %(your)s good word; I will take care "
                "of it.",
            ),
            pgettext(
                "said by a man",
                "%(name)s, it made me glad. Thank you for %(your)s good word; I will take care "
                "of it.",
            ),
            pgettext(
                "said by a person",
                "%(name)s, it made me glad. Thank you for %(your)s good word; I will take care "
                "of it.",
            ),
        ),
    ]


def _talked(_client: str, seller: Person) -> list[str]:
    return [
        _("%(name)s, the talk has taken place. Thank you. What was said there stays there."),
        voice.pick(
            seller,
            pgettext(
                "said by a woman",
                "%(name)s, I promised to tell you once, so I do: we talked. Thank you for %(your)s "
                "trust.",
            ),
            pgettext(
                "said by a man",
                "%(name)s, I promised to tell you once, so I do: we talked. Thank you for %(your)s "
                "trust.",
            ),
            pgettext(
                "said by a person",
                "%(name)s, I promised to tell you once, so I do: we talked. Thank you for %(your)s "
                "trust.",
            ),
        ),
        _("%(name)s, thank you for bringing us together. I do not take it for granted."),
    ]


def thanked(person: Person) -> str:
    """The button: `Podziękowałam`."""
    return voice.pick(
        person,
        pgettext("said by a woman", "I thanked them"),
        pgettext("said by a man", "I thanked them"),
        pgettext("said by a person", "I thanked them"),
    )


def handed(person: Person) -> str:
    """The button beside the card: `Dałam kartę`."""
    return voice.pick(
        person,
        pgettext("said by a woman", "I gave the card"),
        pgettext("said by a man", "I gave the card"),
        pgettext("said by a person", "I gave the card"),
    )


def done(way: str) -> str:
    """A calm word after a tap."""
    return {
        "words": _("Noted. The loop is closed."),
        "card": _("Noted. A card on paper stays in a drawer for years."),
        "email": _("On its way, in your name."),
    }[way]
