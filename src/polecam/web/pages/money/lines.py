"""One line in words: what for, how it was counted, its dates, and what became of it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.bonuses.models import Base, Component, FactKind, Line, LineState, Shape, Suspense
from polecam.insights.line_trace import Piece, Standing, Sums
from polecam.kit.money import WHOLE_BP, share_of
from polecam.kit.periods import month_of
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences
from polecam.web.ui.parts import Row
from polecam.web.ui.plan_bands import pays, stretch, units
from polecam.web.ui.plan_nouns import has_also


def title(line: Line, name: str) -> str:
    """`Sprzedaż – Piotr`, or without the name where it may not be known."""
    what = kind_word(line.fact.kind)
    said = f"{what} – {name}" if name else what
    if line.corrects_id is None:
        return said
    return _("Difference: %(what)s") % {"what": said}


def kind_word(kind: str) -> str:
    """What was confirmed."""
    return {
        FactKind.CONSENT: _("Consent"),
        FactKind.MEETING: _("Meeting"),
        FactKind.SALE: _("Sale"),
        FactKind.RETAINED: _("Stayed a client"),
        FactKind.REFERENCE: _("Reference"),
        FactKind.HANDOFF: _("A hand-off that won"),
        FactKind.COACHED: _("A colleague made ready"),
        FactKind.COMPLAINT: _("Complaint"),
    }[FactKind(kind)]


def rule_word(kind: str) -> str:
    """What the rule pays for."""
    return {
        FactKind.CONSENT: _("a confirmed consent"),
        FactKind.MEETING: _("a confirmed meeting"),
        FactKind.SALE: _("a confirmed sale"),
        FactKind.RETAINED: _("a client who stays"),
        FactKind.REFERENCE: _("a published reference"),
        FactKind.HANDOFF: _("a hand-off that won"),
        FactKind.COACHED: _("a colleague made ready"),
        FactKind.COMPLAINT: _("a complaint"),
    }[FactKind(kind)]


def state(line: Line) -> str:
    """From when the amount is payable, or what became of it."""
    if line.state == LineState.VOID and line.voiding:
        return _("taken back %(day)s") % {"day": fmt.day(line.voiding.at)}
    if line.state == LineState.OWED:
        return _("to be settled")
    if line.state == LineState.PAID and line.paying:
        return _("paid %(day)s") % {"day": fmt.day(line.paying.at)}
    if line.state == LineState.PAID:
        return _("paid")
    if line.state == LineState.POOLED:
        return _("went to the branch pool")
    if line.state == LineState.PAYABLE and line.vesting:
        return _("payable since %(day)s") % {"day": fmt.day(line.vesting.at)}
    return _("payable from %(day)s") % {"day": fmt.day(line.vests_at)}


def brief(line: Line) -> list[Row]:
    """The sum as a list has room for it; of a rule that counts months, its name and the amount."""
    rule = line.component
    if line.corrects_id is None and by_itself(rule):
        return trace(line)
    label = _("Difference for you, gross") if line.corrects_id else _("For you, gross")
    return [
        Row(rule_name(line), fmt.zl(line.amount_grosze, plus=bool(line.corrects_id))),
        Row(label, fmt.zl(line.amount_grosze), total=True),
    ]


def by_itself(rule: Component) -> bool:
    """Whether the rule pays each fact by itself; its columns alone say so."""
    monthly = rule.cap_grosze or rule.needs_kind or rule.budget_grosze
    window = rule.window_from or rule.window_until
    return rule.shape == Shape.FLAT and not monthly and not window


def trace(
    line: Line,
    *,
    whole: bool = False,
    place: Standing | None = None,
    sums: Sums | None = None,
) -> list[Row]:
    """The sum behind the amount, with the rounding where there is any. `whole`: every step, in
    words; `place`: where it stands in its month, of a rule that counts months; `sums`: of a fact
    that has several lines."""
    if line.corrects_id is not None:
        return _difference(line, place, sums)
    rows = _counted(line, place) if place else _flat(line, whole=whole)
    if sums is not None and sums.now != line.amount_grosze:
        later = sums.now - line.amount_grosze
        rows.append(Row(_("Later differences, in lines of their own"), fmt.zl(later, plus=True)))
    rows.append(Row(_("For you, gross"), fmt.zl(line.amount_grosze), total=True))
    return rows


def _flat(line: Line, *, whole: bool) -> list[Row]:
    fact, rule = line.fact, line.component
    name = rule_name(line)
    rows = []
    if rule.rate_bp:
        base = fact.value_grosze if rule.base == Base.VALUE else fact.base_grosze
        rows.append(Row(base_word(rule.base), fmt.zl(base)))
        rated = share_of(base, rule.rate_bp)
        product = f"× {fmt.percent(rule.rate_bp)} = {fmt.zl(rated)}"
        rows.append(Row(name, product, _rounding(base * rule.rate_bp, rated)))
        if rule.floor_grosze and rated < line.whole_grosze:
            rows.append(Row(_("At least, by the same rule"), fmt.zl(line.whole_grosze)))
    else:
        rows.append(Row(name, fmt.zl(line.whole_grosze)))
    if whole or fact.share_bp != WHOLE_BP:
        exact = line.whole_grosze * fact.share_bp
        value = f"× {fmt.percent(fact.share_bp)} = {fmt.zl(line.amount_grosze)}"
        rows.append(Row(_("Your share"), value, _rounding(exact, line.amount_grosze)))
    return rows


def _counted(line: Line, place: Standing) -> list[Row]:
    """By a rule that looks at the whole month: the place in it, then each band."""
    rule, term = line.component, place.term
    rows = [Row(_("Your part of it"), _size(rule.base, place.own), _share_note(line))]
    if term.shape != Shape.FLAT:
        rows.append(_place(line, place))
    rows += [_band(line, piece, place) for piece in place.pieces]
    if place.needed is not None:
        note = plan_sentences.condition(rule)
        rows.append(Row(_("The month's condition"), _so_far(place), note))
    if term.cap_grosze:
        rows.append(Row(_("At most in a month"), fmt.zl(term.cap_grosze)))
    if place.factor_bp != WHOLE_BP and (term.cap_grosze or term.shape != Shape.FLAT):
        part = fmt.percent(place.factor_bp)
        rows.append(Row(_("Part of full time"), part, _("bands and the most of a month by it")))
    if rule.budget_grosze:
        rows.append(Row(_("Budget of this action, for everybody"), fmt.zl(rule.budget_grosze)))
    return rows


def _place(line: Line, place: Standing) -> Row:
    """`Twoje 11.–14. spotkanie w listopadzie`."""
    base, month = line.component.base, fmt.in_month(line.fact.month)
    if place.term.shape == Shape.WHOLE:
        label = _("Altogether %(month)s") % {"month": month}
        return Row(label, _size(base, place.total), _("the band that the month reached pays"))
    if base == Base.COUNT and place.before % WHOLE_BP == 0 and place.own == WHOLE_BP:
        number = place.after // WHOLE_BP
        value = pgettext("number in a month", "no. %(n)s") % {"n": number}
        return Row(_("Its number %(month)s") % {"month": month}, value, _order())
    label = _("Its place %(month)s") % {"month": month}
    span = _("from %(start)s to %(end)s") % {
        "start": _size(base, place.before),
        "end": _size(base, place.after),
    }
    return Row(label, span, _order())


def _order() -> str:
    return _("in the order of confirmation")


def _band(line: Line, piece: Piece, place: Standing) -> Row:
    base, step = line.component.base, piece.step
    name = rule_name(line)
    if place.term.shape == Shape.FLAT:
        return Row(name, f"× {pays(base, step)}")
    where = stretch(base, place.term.shape, step.lower, step.upper)
    label = _("%(rule)s, band %(band)s") % {"rule": name, "band": where}
    return Row(label, f"{_size(base, piece.size)} × {pays(base, step)}")


def _so_far(place: Standing) -> str:
    return fmt.number(place.needed or 0)


def _size(base: str, size: int) -> str:
    return units(size) if base == Base.COUNT else fmt.zl(size)


def _share_note(line: Line) -> str:
    if line.fact.share_bp == WHOLE_BP:
        return ""
    return _("your share %(share)s") % {"share": fmt.percent(line.fact.share_bp)}


def _difference(line: Line, place: Standing | None, sums: Sums | None) -> list[Row]:
    rows = _counted(line, place) if place else []
    if sums is not None:
        upto = sums.before + line.amount_grosze
        rows.append(Row(_("Earned by the rule after the change"), fmt.zl(upto)))
        rows.append(Row(_("Credited before"), fmt.zl(sums.before)))
    rows.append(Row(_("Difference for you, gross"), fmt.zl(line.amount_grosze), total=True))
    return rows


def rule_name(line: Line) -> str:
    """`Reguła 2: potwierdzona sprzedaż`."""
    said = {"n": line.component.position, "what": rule_word(line.fact.kind)}
    return _("Rule %(n)s: %(what)s") % said


def base_word(base: str) -> str:
    """What a rate is taken of."""
    return _("Value of the sale") if base == Base.VALUE else _("Branch margin on the sale")


def waiting(line: Line, held: Suspense) -> list[Row]:
    """What of the line waits for a decision, what does not, and for which question."""
    rest = line.amount_grosze - held.amount_grosze
    return [
        Row(_("Your part as credited"), fmt.zl(line.amount_grosze)),
        Row(_("Stays in any case"), fmt.zl(rest)),
        Row(_("Waits, gross"), fmt.zl(held.amount_grosze), _asked(held), total=True),
    ]


def _asked(held: Suspense) -> str:
    reason = str(labels.REASONS[held.dispute.reason])
    part = fmt.percent(held.dispute.contested_bp)
    return _("%(reason)s: %(part)s of the credit, since %(day)s") % {
        "reason": reason,
        "part": part,
        "day": fmt.day(held.at),
    }


def facts(line: Line, payday: str) -> list[Row]:
    """Dates and the plan version of one line. `payday`: when it is paid, in words, or ""."""
    fact, rule = line.fact, line.component
    held = rule.hold_days if rule.hold_days is not None else fact.version.hold_days
    rows = [
        Row(_("Confirmed on"), fmt.day(fact.confirmed_at)),
        Row(_("Counted in"), fmt.month(line.month)),
        Row(_("Held for"), fmt.days(held)),
        Row(_("Payable from"), fmt.day(line.vests_at), only_after(rule.vests_after)),
    ]
    if payday:
        rows.append(Row(_("Pay-day"), payday))
    return [*rows, Row(_("May be asked back for"), fmt.days(fact.version.clawback_days))]


def only_after(kind: str) -> str:
    """What the referral must have before the amount is payable; "" for nothing."""
    if not kind:
        return ""
    said = _("Payable only once the same referral also has %(fact)s.")
    return fmt.tie(said % {"fact": has_also(kind)})


def late(line: Line, zone: str) -> str:
    """A fact recorded after its month ended says so."""
    happened = month_of(line.fact.confirmed_at, zone)
    if happened == line.month:
        return ""
    return _("Confirmed %(then)s, recorded after that month had ended: counted %(now)s.") % {
        "then": fmt.in_month(happened),
        "now": fmt.in_month(line.month),
    }


def _rounding(times_whole_bp: int, rounded: int) -> str:
    """`zaokrąglone z 545,0012 zł`, when the exact amount was no whole grosz."""
    if times_whole_bp == rounded * WHOLE_BP:
        return ""
    exact = Decimal(times_whole_bp) / (WHOLE_BP * 100)
    text = f"{exact:f}".rstrip("0")
    if fmt.language() == "pl":
        text = text.replace(".", ",")
    return _("rounded from %(exact)s") % {"exact": f"{text}{fmt.NARROW}{fmt.unit()}"}
