"""A component of a plan as plain sentences: what pays how much, and on which terms.

`sentence(component, bands)` says it whole; `main` and `details` give the parts. Works on a stored
Component and on anything with the same fields that somebody is still writing (`Paying`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import Base, Component, Shape
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns
from polecam.web.ui.plan_bands import Stretch, band_list


class Paying(Protocol):
    """The fields of a component that a sentence needs; units as in `bonuses.models.Component`."""

    @property
    def fact_kind(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def shape(self) -> str: ...
    @property
    def amount_grosze(self) -> int: ...
    @property
    def rate_bp(self) -> int: ...
    @property
    def floor_grosze(self) -> int: ...
    @property
    def cap_grosze(self) -> int: ...
    @property
    def needs_kind(self) -> str: ...
    @property
    def needs_least(self) -> int: ...
    @property
    def needs_most(self) -> int | None: ...
    @property
    def window_from(self) -> datetime | None: ...
    @property
    def window_until(self) -> datetime | None: ...
    @property
    def budget_grosze(self) -> int: ...
    @property
    def hold_days(self) -> int | None: ...
    @property
    def vests_after(self) -> str: ...
    @property
    def months(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the places of a sentence: formatted values, or marks of an editor's slots."""

    amount: str
    rate: str
    floor: str
    months: str


def sentence(component: Paying, bands: Sequence[Stretch] = ()) -> str:
    """Everything a component says, as one text of full sentences, in the active language."""
    return " ".join([main(component, bands), *details(component)])


def of_component(component: Component) -> str:
    """`sentence` of a stored component; reads its bands (prefetch `band_set` for many)."""
    return sentence(component, sorted(component.band_set.all(), key=lambda band: band.lower))


def main(component: Paying, bands: Sequence[Stretch] = ()) -> str:
    """What is paid for what: `Za potwierdzoną sprzedaż z polecenia płacimy 12,5% marży.`"""
    filling = Filling(
        amount=fmt.zl(component.amount_grosze),
        rate=fmt.percent(component.rate_bp),
        floor=fmt.zl(component.floor_grosze),
        months=nouns.months(component.months),
    )
    table = band_list(component.base, component.shape, bands)
    return fmt.tie(template(component, filling, table, floor=bool(component.floor_grosze)))


def template(component: Paying, filling: Filling, table: str, *, floor: bool) -> str:
    """The main sentence with its places filled. `floor`: whether "at least ..." stands in it."""
    what = {"for_what": nouns.for_what(component.fact_kind, months=filling.months)}
    if component.shape != Shape.FLAT:
        return _banded(component.base, component.shape) % {**what, "bands": table}
    if component.base == Base.COUNT:
        return _("%(for_what)s we pay %(amount)s.") % {**what, "amount": filling.amount}
    numbers = {**what, "rate": filling.rate, "floor": filling.floor}
    if component.base == Base.VALUE:
        if floor:
            return (
                _("%(for_what)s we pay %(rate)s of the sale's value, at least %(floor)s.") % numbers
            )
        return _("%(for_what)s we pay %(rate)s of the sale's value.") % numbers
    if floor:
        return (
            _("%(for_what)s we pay %(rate)s of the branch's margin, at least %(floor)s.") % numbers
        )
    return _("%(for_what)s we pay %(rate)s of the branch's margin.") % numbers


def _banded(base: str, shape: str) -> str:
    by = {
        (Base.COUNT, Shape.MARGINAL): _(
            "%(for_what)s we pay by its number in the month: %(bands)s. A higher band pays only "
            "for what lies in it."
        ),
        (Base.COUNT, Shape.ACCELERATOR): _(
            "%(for_what)s we pay more from a certain number in the month on: %(bands)s."
        ),
        (Base.COUNT, Shape.WHOLE): _(
            "%(for_what)s we pay by the month's total: %(bands)s. The band the total reaches pays "
            "for the whole month, from the first one on."
        ),
        (Base.VALUE, Shape.MARGINAL): _(
            "%(for_what)s we pay a part of its value, by the value sold in the month: %(bands)s. A "
            "higher band pays only for what lies in it."
        ),
        (Base.VALUE, Shape.ACCELERATOR): _(
            "%(for_what)s we pay a part of its value, more from a certain value in the month on: "
            "%(bands)s."
        ),
        (Base.VALUE, Shape.WHOLE): _(
            "%(for_what)s we pay a part of its value, by the value sold in the month: %(bands)s. "
            "The band the total reaches pays for the whole month."
        ),
        (Base.MARGIN, Shape.MARGINAL): _(
            "%(for_what)s we pay a part of the branch's margin, by the month's margin: %(bands)s. "
            "A higher band pays only for what lies in it."
        ),
        (Base.MARGIN, Shape.ACCELERATOR): _(
            "%(for_what)s we pay a part of the branch's margin, more from a certain margin in the "
            "month on: %(bands)s."
        ),
        (Base.MARGIN, Shape.WHOLE): _(
            "%(for_what)s we pay a part of the branch's margin, by the month's margin: %(bands)s. "
            "The band the total reaches pays for the whole month."
        ),
    }
    return by[Base(base), Shape(shape)]


# --- terms of one component -----------------------------------------------------------------------


def details(component: Paying) -> list[str]:
    """The terms of one component, a sentence each."""
    said = []
    if component.cap_grosze:
        said.append(
            _("At most %(cap)s for one person in a month.") % {"cap": fmt.zl(component.cap_grosze)}
        )
    if component.needs_kind and (component.needs_least or component.needs_most is not None):
        said.append(
            _("The month's condition: %(condition)s; without it this rule pays nothing that month.")
            % {"condition": condition(component)}
        )
    if component.window_from or component.window_until:
        said.append(window(component.window_from, component.window_until))
    if component.budget_grosze:
        said.append(
            _(
                "The budget for everybody together is %(budget)s, in the order in which things "
                "are recorded; when it is used up, the action is over."
            )
            % {"budget": fmt.zl(component.budget_grosze)}
        )
    if component.hold_days is not None:
        said.append(hold(component.hold_days))
    if component.vests_after:
        said.append(
            _("Payable only once the same referral also has %(fact)s.")
            % {"fact": nouns.has_also(component.vests_after)}
        )
    return [fmt.tie(one) for one in said]


def condition(component: Paying) -> str:
    """`co najmniej 2 i najwyżej 5 potwierdzonych sprzedaży`: whole facts of the month."""
    kind, least, most = component.needs_kind, component.needs_least, component.needs_most
    if most is None:
        return _("at least %(counted)s") % {"counted": nouns.counted(kind, least)}
    if most == 0:
        return nouns.none_of(kind)
    if not least:
        return _("at most %(counted)s") % {"counted": nouns.counted(kind, most)}
    if least == most:
        return _("exactly %(counted)s") % {"counted": nouns.counted(kind, most)}
    return _("at least %(least)s and at most %(counted)s") % {
        "least": least,
        "counted": nouns.counted(kind, most),
    }


def window(opens: datetime | None, closes: datetime | None) -> str:
    """When a special action runs; its last day is the one before a closing midnight."""
    days = {
        "first": _moment(opens) if opens else "",
        "last": _moment(closes - timedelta(microseconds=1), last=True) if closes else "",
    }
    if opens and closes:
        return (
            _("A special action from %(first)s to %(last)s; the day of confirmation counts.") % days
        )
    if opens:
        return _("A special action from %(first)s on; the day of confirmation counts.") % days
    return _("A special action to %(last)s; the day of confirmation counts.") % days


def _moment(at: datetime, *, last: bool = False) -> str:
    """A day; with the hour where it begins or ends within the day."""
    edge = fmt.local(at + timedelta(microseconds=1) if last else at)
    return fmt.day(at) if f"{edge:%H%M}" == "0000" else f"{fmt.day(at)}, {edge:%H:%M}"


def hold(days: int) -> str:
    """How long amounts of this component wait, where it is not the version's time."""
    if not days:
        return _("Payable at once after the confirmation.")
    return ngettext(
        "Payable %(n)s day after the confirmation.",
        "Payable %(n)s days after the confirmation.",
        days,
    ) % {"n": days}
