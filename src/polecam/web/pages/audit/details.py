"""One transaction, one line with its events, one statement with its movements."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing.figures import Movement
from polecam.bonuses.models import Component, LedgerTransaction, Line
from polecam.insights import audit
from polecam.web.access import PAYROLL, door
from polecam.web.pages.audit import words
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences
from polecam.web.ui.parts import Event, Row
from polecam.web.ui.sentences import Names, sentence

ON_PAGE = 50


@door("audit:transaction", PAYROLL)
@require_safe
def transaction(request: Request, public_id: str) -> HttpResponse:
    """Both sides of a transaction, and the lines it carried."""
    one = get_object_or_404(
        audit.transactions(request.user).select_related("person", "branch", "reverses"),
        public_id=public_id,
    )
    sides = [
        (
            words.account(entry.account.kind),
            _whose(entry.account),
            entry.amount,
        )
        for entry in audit.entries_of(one)
    ]
    page = Paginator(audit.lines_of(one), ON_PAGE).get_page(request.GET.get("page"))
    listed = [(line, words.fact(line.fact.kind)) for line in page.object_list]
    context = {
        "one": one,
        "kind": words.transaction(one.kind),
        "sides": sides,
        "sum": sum(amount for _account, _who, amount in sides),
        "page": page,
        "rows": listed,
    }
    return render(request, "audit/transaction.html", context)


def _whose(account: Any) -> str:
    return str(account.person.full_name if account.person else account.branch.name)


@door("audit:line", PAYROLL)
@require_safe
def line(request: Request, public_id: str) -> HttpResponse:
    """One line: why so much, where it went, and the journal under it with its seals."""
    one = get_object_or_404(audit.lines(request.user), public_id=public_id)
    context = {
        "one": one,
        "state": words.state(one.state),
        "fact": words.fact(one.fact.kind),
        "rule": plan_sentences.of_component(one.component),
        "trace": _trace(one),
        "steps": _steps(one),
        "related": Line.objects.filter(fact=one.fact, component=one.component)
        .exclude(pk=one.pk)
        .order_by("revision"),
        "events": _events(request, one),
    }
    return render(request, "audit/line.html", context)


def _trace(one: Line) -> list[Row]:
    fact = one.fact
    rows = [
        Row(_("Plan"), f"{fact.version.plan.name}, {fact.version.number}", fact.branch.name),
        Row(_("Confirmed"), fmt.day(fact.confirmed_at)),
    ]
    if fact.base_grosze:
        rows.append(Row(_("Margin"), fmt.zl(fact.base_grosze)))
    if fact.value_grosze:
        rows.append(Row(_("Value"), fmt.zl(fact.value_grosze)))
    rows += [
        Row(_("For the whole"), fmt.zl(one.whole_grosze)),
        Row(_("Share"), fmt.percent(fact.share_bp)),
        Row(_("This line, gross"), fmt.zl(one.amount_grosze), total=True),
    ]
    if one.paid_grosze:
        rows.append(Row(_("of it paid"), fmt.zl(one.paid_grosze)))
    return rows


def _steps(one: Line) -> list[tuple[str, LedgerTransaction]]:
    found = (one.accrual, one.vesting, one.paying, one.voiding)
    return [(words.transaction(step.kind), step) for step in found if step is not None]


def _events(request: Request, one: Line) -> list[Event]:
    return [
        Event(
            sentence(found.event, request.user, Names()),
            found.event.at,
            "badge-check" if found.seal else "clock",
            "leaf" if found.seal else "",
            _seal(found),
        )
        for found in audit.events_of(one)
    ]


def _seal(found: audit.Sealed) -> str:
    if found.seal is None:
        return _("entry %(n)s, not sealed yet") % {"n": found.event.pk}
    said = _("entry %(n)s, sealed with %(day)s, root %(root)s…")
    return said % {
        "n": found.event.pk,
        "day": fmt.day(found.seal.day),
        "root": found.seal.root[:12],
    }


@door("audit:statement", PAYROLL)
@require_safe
def statement(request: Request, public_id: str) -> HttpResponse:
    """A statement: opening, movements, closing; the lines of one movement at a time."""
    one = get_object_or_404(audit.statements(request.user), public_id=public_id)
    found = closing.read(one.body)
    components = _sentences(found.movements)
    places = [str(place) for place in range(len(found.movements))]
    asked = request.GET.get("part", "")
    part = int(asked) if asked in places else None
    lines = found.movements[part].lines if part is not None else found.payout.lines
    page = Paginator(lines, ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "one": one,
        "found": found,
        "month": found.month,
        "parts": [
            {
                "name": words.movement(move.kind),
                "rule": components.get(move.component, ""),
                "amount": move.amount,
                "moved": move.moved,
                "lines": len(move.lines),
            }
            for move in found.movements
        ],
        "part": part,
        "part_name": words.movement(found.movements[part].kind) if part is not None else "",
        "page": page,
        "rows": _told(list(page.object_list)),
        "holds": closing.digest(one.body) == one.digest,
    }
    return render(request, "audit/statement.html", context)


def _told(lines: list[list]) -> list[tuple[str, int, str, datetime]]:
    """Public id, grosze, what earned it, and when it was confirmed."""
    rows = Line.objects.filter(public_id__in=[line for line, _amount in lines])
    facts = {
        line: (kind, at)
        for line, kind, at in rows.values_list("public_id", "fact__kind", "fact__confirmed_at")
    }
    return [
        (line, amount, words.fact(facts[line][0]).capitalize(), facts[line][1])
        for line, amount in lines
        if line in facts
    ]


def _sentences(moves: list[Movement]) -> dict[str, str]:
    ids = {move.component for move in moves if move.component}
    rows = Component.objects.filter(public_id__in=ids).prefetch_related("band_set")
    return {one.public_id: plan_sentences.sentence(one, list(one.band_set.all())) for one in rows}
