"""Kinds of moments and their dates in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from polecam.asking import catalogue, kinds
from polecam.asking.models import DateField, DateRule, MomentType
from polecam.clients.checks import NEEDS_END
from polecam.web.pages.today import why
from polecam.web.ui import format as fmt

LINES: dict[str, str | Promise] = {
    "bank": gettext_lazy("Bank"),
    "insurance": pgettext_lazy("line of business", "Insurance"),
    "real_estate": gettext_lazy("Real estate"),
    "telco": gettext_lazy("Telecoms"),
    "cars": pgettext_lazy("line of business", "Cars"),
    "b2b": gettext_lazy("B2B"),
}
HEARERS = (("Anna", "f"), ("Jan", "m"), ("", "n"))
"""For whom a sentence is shown: a woman, a man, somebody whose form nobody knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One kind in the list."""

    ident: str
    title: str
    sub: str
    icon: str
    own: bool
    used: bool
    changed: bool


def line(row: MomentType) -> Line:
    """As the list shows it."""
    return Line(
        row.public_id,
        title_of(row),
        lasting(row),
        why.icon_of(row.code) if row.good else "circle-alert",
        row.own,
        row.used,
        row.changed_by_id is not None and not row.own,
    )


def title_of(row: MomentType) -> str:
    """Its name in the reader's language."""
    return row.title_en if fmt.language() == "en" else row.title_pl


def lasting(row: MomentType) -> str:
    """How strong, and for how long."""
    if row.good:
        days = row.days or 1
        return ngettext(
            "strength %(strength)s of 5, fresh for %(n)s day",
            "strength %(strength)s of 5, fresh for %(n)s days",
            days,
        ) % {"strength": row.strength, "n": days}
    if row.code == NEEDS_END:
        return _("lasts until the day that was chosen")
    if row.days:
        return ngettext("lasts %(n)s day", "lasts %(n)s days", row.days) % {"n": row.days}
    return _("lasts until somebody closes it")


def samples(row: MomentType, pl: str, en: str) -> list[tuple[str, str, str]]:
    """The sentence as Today would say it: (of whom, text, its language).

    In Polish of a woman, a man, somebody; in English once, unless the forms differ there, too.
    """
    told = [(_whom(name), _said(row.title_pl, pl, "pl", form), "pl") for name, form in HEARERS]
    english = [(_whom(name), _said(row.title_en, en, "en", form), "en") for name, form in HEARERS]
    alike = len({text for _name, text, _language in english}) == 1
    return told + ([(_("in English"), *english[0][1:])] if alike else english)


def _whom(name: str) -> str:
    return name or _("form unknown")


def _said(title: str, text: str, language: str, form: str) -> str:
    when = {"pl": "wczoraj", "en": "yesterday"}[language]
    said = kinds.said(text or f"{{when}}: {title}", when, form, None)
    return fmt.tie(said[:1].upper() + said[1:])


def for_line(code: str, chosen: str) -> bool:
    """Whether a kind belongs to a line of business; the firm's own belong to all."""
    known = catalogue.BY_CODE.get(code)
    return known is None or not known.lines or chosen in known.lines


def counted(rule: DateRule) -> str:
    """`30 days before the renewal`, `every year on the day they became a client`."""
    n = abs(rule.offset_days)
    if rule.counts_from == DateField.RENEWS:
        if rule.offset_days == 0:
            return _("on the day of the renewal")
        if rule.offset_days < 0:
            text = ngettext("%(n)s day before a renewal", "%(n)s days before a renewal", n)
        else:
            text = ngettext("%(n)s day after a renewal", "%(n)s days after a renewal", n)
        return text % {"n": n}
    if rule.yearly and not n:
        return pgettext("date rule", "every year, on the day they became a client")
    text = ngettext(
        "%(n)s day after they became a client", "%(n)s days after they became a client", n
    )
    return text % {"n": n}
