"""The bands of a component in words: where each holds and what it pays."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.bonuses.models import Base, Shape
from polecam.kit.money import WHOLE_BP
from polecam.web.ui import format as fmt


class Stretch(Protocol):
    """One row of a component's table, as `bonuses.models.Band` has it."""

    @property
    def lower(self) -> int: ...
    @property
    def upper(self) -> int | None: ...
    @property
    def amount_grosze(self) -> int: ...
    @property
    def rate_bp(self) -> int: ...


def band_list(base: str, shape: str, bands: Iterable[Stretch]) -> str:
    """`1–5: po 40 zł; od 6: po 60 zł`; says so where no band is written yet."""
    said = [f"{stretch(base, shape, band.lower, band.upper)}: {pays(base, band)}" for band in bands]
    return "; ".join(said) or _("the bands are not written yet")


def pays(base: str, band: Stretch) -> str:
    """What a band pays: `po 40 zł`, `1,5%`, `nic`."""
    if not band.amount_grosze and not band.rate_bp:
        return pgettext("band", "nothing")
    if base == Base.COUNT:
        return pgettext("band", "%(amount)s each") % {"amount": fmt.zl(band.amount_grosze)}
    return fmt.percent(band.rate_bp)


def stretch(base: str, shape: str, lower: int, upper: int | None) -> str:
    """Where a band holds. Units as in `Band`: basis points of one, or grosze.

    Of a count, the sixth one lies in the band that begins at 5 when bands pay for what lies in
    them (`od 6`); a whole month's total of 5 has reached that band (`od 5`).
    """
    if base != Base.COUNT:
        if upper is None:
            return _("from %(lower)s") % {"lower": fmt.zl(lower)}
        return f"{fmt.amount(lower)}–{fmt.zl(upper)}"
    if shape == Shape.WHOLE:
        if upper is None:
            return _("from %(lower)s") % {"lower": units(lower)}
        if not lower:
            return _("less than %(upper)s") % {"upper": units(upper)}
        return _("from %(lower)s, less than %(upper)s") % {
            "lower": units(lower),
            "upper": units(upper),
        }
    if lower % WHOLE_BP or (upper or 0) % WHOLE_BP:
        if upper is None:
            return _("above %(lower)s") % {"lower": units(lower)}
        return _("above %(lower)s up to %(upper)s") % {
            "lower": units(lower),
            "upper": units(upper),
        }
    first = lower // WHOLE_BP + 1
    if upper is None:
        return _("from %(lower)s") % {"lower": first}
    last = upper // WHOLE_BP
    return str(first) if first == last else f"{first}–{last}"


def units(bp: int) -> str:
    """Basis points of one as a number: 25,000 -> `2,5`."""
    return fmt.decimal(bp / WHOLE_BP, 4)
