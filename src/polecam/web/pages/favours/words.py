"""A balance of favours in calm words: counts, never a debt, never an amount."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from polecam.insights.favours import COVERED, HANDED, JOINT, REUSED, Balance, Favour
from polecam.kit import polish
from polecam.people.models import Person
from polecam.referrals import states
from polecam.web.ui import format as fmt
from polecam.web.ui import voice


def summary(balance: Balance, reader: Person) -> str:
    """`Kamil przyniósł Ci dwie osoby, Ty jemu jedną. Wspólne sprzedaże: 2.`"""
    said = [_exchange(balance, reader), _covered(balance), _together(balance)]
    return fmt.tie(" ".join(text for text in said if text))


def _exchange(balance: Balance, reader: Person) -> str:
    got, given, other = balance.got, balance.given, balance.colleague
    if got and given:
        return _("%(they)s %(people)s, you %(them)s %(count)s.") % {
            "they": _they_brought(other),
            "people": _people(got),
            "them": _them(other),
            "count": _how_many(given),
        }
    if got:
        return f"{_they_brought(other)} {_people(got)}."
    if given:
        name = other.first_name
        if fmt.language() == "pl":
            name = polish.dative(name, other.form)
        return f"{_you_brought(reader) % {'name': name}} {_people(given)}."
    return ""


def _they_brought(other: Person) -> str:
    return {
        "f": pgettext("said of a woman", "%(name)s brought you"),
        "m": pgettext("said of a man", "%(name)s brought you"),
        "n": pgettext("said of a person", "%(name)s brought you"),
    }[voice.form_of(other)] % {"name": other.first_name}


def _you_brought(reader: Person) -> str:
    return {
        "f": pgettext("said to a woman", "You brought %(name)s"),
        "m": pgettext("said to a man", "You brought %(name)s"),
        "n": pgettext("said to a person", "You brought %(name)s"),
    }[voice.form_of(reader)]


def _them(other: Person) -> str:
    """`jemu`, `jej`: to whom."""
    return {
        "f": pgettext("to a woman", "her"),
        "m": pgettext("to a man", "him"),
        "n": pgettext("to a person", "them"),
    }[voice.form_of(other)]


def _how_many(n: int) -> str:
    """`jedną`, `dwie`: people, as an object; digits from ten on."""
    words = {
        1: pgettext("how many people", "one"),
        2: pgettext("how many people", "two"),
        3: pgettext("how many people", "three"),
        4: pgettext("how many people", "four"),
        5: pgettext("how many people", "five"),
        6: pgettext("how many people", "six"),
        7: pgettext("how many people", "seven"),
        8: pgettext("how many people", "eight"),
        9: pgettext("how many people", "nine"),
    }
    return words.get(n) or fmt.number(n)


def _people(n: int) -> str:
    said = npgettext("brought, as an object", "%(n)s person", "%(n)s people", n)
    return said % {"n": _how_many(n)}


def _covered(balance: Balance) -> str:
    """Absences covered, both ways, as a count."""
    n = balance.count(COVERED, by_me=True) + balance.count(COVERED, by_me=False)
    if not n:
        return ""
    return ngettext(
        "Cover during an absence: %(n)s time.", "Cover during an absence: %(n)s times.", n
    ) % {"n": n}


def _together(balance: Balance) -> str:
    n = balance.together
    if not n:
        return ""
    return ngettext("%(n)s joint sale.", "%(n)s joint sales.", n) % {"n": n}


def groups(balance: Balance) -> list[dict[str, Any]]:
    """What one brought, what the other brought, what was done together."""
    name = balance.colleague.first_name
    kinds = [
        (_("From %(name)s to you") % {"name": _genitive(balance.colleague)}, False),
        (_("From you to %(name)s") % {"name": _genitive(balance.colleague)}, True),
        (_("Together with %(name)s") % {"name": _instrumental(balance.colleague) or name}, None),
    ]
    found = [
        {"title": title, "rows": [row(one) for one in balance.favours if one.by_me is direction]}
        for title, direction in kinds
    ]
    return [group for group in found if group["rows"]]


def _genitive(person: Person) -> str:
    if fmt.language() == "en":
        return person.first_name
    return polish.genitive(person.first_name, person.form)


def _instrumental(person: Person) -> str:
    if fmt.language() == "en":
        return person.first_name
    return polish.instrumental(person.first_name, person.form)


def row(one: Favour) -> dict[str, Any]:
    """One favour: whom it was about (where the reader may know), what it was, what came of it."""
    what = {
        HANDED: _("handed on"),
        REUSED: _("recommended by a shared client"),
        COVERED: _("covered during an absence"),
        JOINT: _("joint sale"),
    }[one.kind]
    return {
        "title": one.name or _("A recommended person"),
        "sub": f"{what} · {fmt.day(one.at)}{_became(one)}",
        "known": bool(one.name),
        "url": reverse("referrals:one", args=[one.referral.public_id]) if one.name else "",
    }


def _became(one: Favour) -> str:
    if one.kind == JOINT:
        return ""
    if one.referral.state == states.WON:
        return " · " + _("became a client")
    return " · " + _("in touch") if one.referral.state in states.WORKABLE else ""
