"""What is wrong with the table of a rule, with figures: gaps, overlaps, steps."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from polecam.bonuses.models import Base
from polecam.web.ui import format as fmt
from polecam.web.ui.plan_bands import stretch, units

Figures = Mapping[str, int | str]


def _number(figures: Figures, name: str) -> int:
    return int(figures.get(name, 0))


def _border(base: str, value: int) -> str:
    return units(value) if base == Base.COUNT else fmt.zl(value)


def _gap(figures: Figures, base: str, shape: str) -> str:
    where = stretch(base, shape, _number(figures, "start"), _number(figures, "end"))
    return _("Between the rows something is missing: %(where)s. Let a row begin there.") % {
        "where": where
    }


def _overlap(figures: Figures, base: str, shape: str) -> str:
    end = _number(figures, "end")
    if not end:
        return _("The row above has no end, so this one never begins. Write an end there.")
    where = stretch(base, shape, _number(figures, "start"), end)
    return _(
        "Two rows overlap: %(where)s stands in both. Let this row begin after the one above."
    ) % {"where": where}


def _end(figures: Figures, base: str, shape: str) -> str:
    return _("Nothing is said above %(end)s. Leave the end of the last row empty.") % {
        "end": _border(base, _number(figures, "end"))
    }


def _cliff(figures: Figures, base: str, shape: str) -> str:
    said = {
        "at": _border(base, _number(figures, "at")),
        "before": fmt.zl(_number(figures, "before_grosze")),
        "after": fmt.zl(_number(figures, "after_grosze")),
        "jump": fmt.zl(_number(figures, "jump_grosze")),
    }
    return (
        _(
            "A cliff: just below %(at)s the month brings %(before)s, from %(at)s on %(after)s. One "
            "step is worth %(jump)s, which tempts to move work between months."
        )
        % said
    )


def _cliff_down(figures: Figures, base: str, shape: str) -> str:
    said = {
        "at": _border(base, _number(figures, "at")),
        "before": fmt.zl(_number(figures, "before_grosze")),
        "after": fmt.zl(_number(figures, "after_grosze")),
    }
    return (
        _(
            "More work brings less: just below %(at)s the month brings %(before)s, from %(at)s on "
            "only %(after)s."
        )
        % said
    )


def _faster(figures: Figures, base: str, shape: str) -> str:
    before, after = _number(figures, "before"), _number(figures, "after")
    money = base == Base.COUNT
    said = {
        "from": stretch(base, shape, _number(figures, "at"), None),
        "before": fmt.zl(before) if money else fmt.percent(before),
        "after": fmt.zl(after) if money else fmt.percent(after),
    }
    return (
        _(
            "It pays more %(from)s: %(after)s instead of %(before)s. Near that border people may "
            "move work to the better month."
        )
        % said
    )


WORDS: dict[str, Callable[[Figures, str, str], str]] = {
    "bands_missing": lambda f, b, s: _("The table is empty. Add a row."),
    "band_negative": lambda f, b, s: _("A row begins at 0 or above."),
    "band_absurd": lambda f, b, s: (
        _("That is too much to be meant: at most %(most)s.")
        % {"most": _border(b, _number(f, "most"))}
    ),
    "band_backwards": lambda f, b, s: _("The row ends before it begins. Write a larger end."),
    "band_gap": _gap,
    "band_twice": lambda f, b, s: _("Two rows begin at the same point. Change one or take it out."),
    "band_overlap": _overlap,
    "bands_end": _end,
    "accelerator_slows": lambda f, b, s: _(
        "Here each further row must pay more than the one above. Choose another table otherwise."
    ),
    "faster_from": _faster,
    "cliff": _cliff,
    "cliff_down": _cliff_down,
}
