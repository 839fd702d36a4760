"""The catalogue as the firm uses it: one read of MomentType, over what is delivered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from polecam.asking import catalogue
from polecam.asking.models import DateRule, MomentType
from polecam.asking.rules import Window

KEY = "moment-kinds"
SECONDS = 60
COLUMNS = (
    "code", "good", "strength", "days", "title_pl", "title_en", "sentence_pl", "sentence_en",
    "own", "used", "order",
)  # fmt: skip
FORMS = {"f": 0, "m": 1, "n": 2}
CHOICE = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)(?:\|([^\[\]|]*))?\]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of moment: columns of MomentType, and from when and for which lines it is."""

    code: str
    good: bool
    strength: int
    days: int | None
    title_pl: str
    title_en: str
    sentence_pl: str
    sentence_en: str
    own: bool
    used: bool
    order: int

    @property
    def before(self) -> int:
        """From so many days ahead of it a good one is fresh."""
        known = catalogue.BY_CODE.get(self.code)
        return known.before if known else 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines of business it is delivered for; empty: any."""
        known = catalogue.BY_CODE.get(self.code)
        return known.lines if known else ()

    @property
    def window(self) -> Window | None:
        """When asking at it is right; None for a wrong one."""
        return Window(self.before, self.days or 1) if self.good else None

    def title(self, language: str) -> str:
        """What it is called, in `pl` or `en`."""
        return self.title_en if language == "en" else self.title_pl

    def sentence(self, language: str, *, when: str, form: str, rating: int | None) -> str:
        """Why now, said of a woman (`f`), a man (`m`) or somebody (`n`)."""
        text = self.sentence_en if language == "en" else self.sentence_pl
        return said(text or f"{{when}}: {self.title(language)}", when, form, rating)


class Kinds(dict[str, Kind]):
    """Every kind by its code, in the firm's order."""

    def good(self) -> list[Kind]:
        """Good ones in use."""
        return [kind for kind in self.values() if kind.good and kind.used]

    def wrong(self) -> list[Kind]:
        """Wrong ones in use."""
        return [kind for kind in self.values() if not kind.good and kind.used]

    def windows(self) -> dict[str, Window]:
        """When asking is right, for each good kind in use."""
        return {kind.code: kind.window for kind in self.good() if kind.window}


def said(text: str, when: str, form: str, rating: int | None) -> str:
    """A sentence with its day, its rating and the words for this person's form filled in."""
    place = FORMS.get(form, 2)

    def chosen(found: re.Match[str]) -> str:
        words: str | None = found.group(place + 1)
        return words if words is not None else f"{found.group(1)}/{found.group(2)}"

    filled = CHOICE.sub(chosen, text)
    filled = filled.replace("{when}", when).replace("{rating}", str(rating or 10))
    return " ".join(filled.split())


def read() -> Kinds:
    """The catalogue now: one query. A kind that has no row yet is as it is delivered."""
    rows = [Kind(*row) for row in MomentType.objects.order_by("order", "id").values_list(*COLUMNS)]
    known = {row.code for row in rows}
    bank = catalogue.for_line("bank") if not rows else ()
    rest = [
        as_delivered(kind, order=number, used=not rows and kind in bank)
        for number, kind in enumerate(catalogue.DELIVERED)
        if kind.code not in known
    ]
    return Kinds((kind.code, kind) for kind in (*rows, *rest))


def known() -> Kinds:
    """The catalogue, at most a minute old: for pages, which only show and rank."""
    found: Kinds | None = cache.get(KEY)
    if found is None:
        found = read()
        cache.set(KEY, found, SECONDS)
    return found


def forget() -> None:
    """After a change: it shows at once in this process, within a minute in the others."""
    cache.delete(KEY)


def as_delivered(kind: catalogue.Delivered, *, order: int, used: bool) -> Kind:
    """A delivered kind in the shape of a row."""
    return Kind(
        kind.code, kind.good, kind.strength, kind.days, kind.title_pl, kind.title_en,
        kind.sentence_pl, kind.sentence_en, False, used, order,
    )  # fmt: skip


def install(at: datetime, business: str) -> int:
    """Make every delivered kind a row, in use where the firm's line knows it; how many were new.

    Call inside an action's transaction; repeating it changes nothing that the firm said. Dates
    that can make moments come along switched off, until somebody wants them.
    """
    have = set(MomentType.objects.values_list("code", flat=True))
    ours = {kind.code for kind in catalogue.for_line(business)}
    new = [
        _row(kind, number, at, used=kind.code in ours)
        for number, kind in enumerate(catalogue.DELIVERED)
        if kind.code not in have
    ]
    MomentType.objects.bulk_create(new)
    if not have:
        DateRule.objects.bulk_create(_rules(catalogue.RULES, at))
    return len(new)


def use_line(business: str, at: datetime) -> None:
    """Inner step, before the firm works: in use is what its line of business knows, no more."""
    ours = {kind.code for kind in catalogue.for_line(business)}
    delivered = MomentType.objects.filter(own=False)
    delivered.filter(used=True).exclude(code__in=ours).update(used=False, changed_at=at)
    delivered.filter(used=False, code__in=ours).update(used=True, changed_at=at)
    forget()


def _row(kind: catalogue.Delivered, number: int, at: datetime, *, used: bool) -> MomentType:
    return MomentType(
        code=kind.code,
        good=kind.good,
        strength=kind.strength,
        days=kind.days,
        title_pl=kind.title_pl,
        title_en=kind.title_en,
        sentence_pl=kind.sentence_pl,
        sentence_en=kind.sentence_en,
        used=used,
        order=number,
        changed_at=at,
    )


def _rules(rules: Iterable[catalogue.Rule], at: datetime) -> list[DateRule]:
    return [
        DateRule(
            kind=rule.kind,
            counts_from=rule.counts_from,
            offset_days=rule.offset_days,
            yearly=rule.yearly,
            used=False,
            made_at=at,
        )
        for rule in rules
    ]
