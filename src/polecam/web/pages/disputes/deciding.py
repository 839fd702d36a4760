"""The decision: how, by which rule, in which words; its effect is shown before it is saved."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import dispute_decisions
from polecam.claims.disputes import rules
from polecam.claims.models import DisputeState
from polecam.insights.dispute_money import before_bp, effects
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.permissions import standing
from polecam.web.access import door
from polecam.web.pages.disputes import case as cases
from polecam.web.pages.disputes import forms
from polecam.web.pages.disputes.answers import back
from polecam.web.pages.disputes.views import DECIDERS, WAITS, found
from polecam.web.types import Request
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("disputes:decide", DECIDERS)
@BOTH
def decide(request: Request, ref: str) -> HttpResponse:
    """First the choice, then its effect, then the decision; what was typed stays all the way."""
    at = datetime.now(UTC)
    dispute = found(request.user, ref)
    if dispute.decider_id != request.user.pk:
        raise NotAllowed("dispute_not_yours")
    if dispute.state not in WAITS:
        raise Refused("dispute_decided")
    case = cases.read(dispute)
    amounts = not standing(request.user).only_sums(dispute.branch_id)
    before = before_bp(dispute)
    initial = {"part": fmt.percent(before + dispute.contested_bp // 2).removesuffix("%")}
    form = forms.DecisionForm(request.POST if request.method == "POST" else None, initial=initial)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        done = form.cleaned_data
        typed = done["part"] - before
        try:
            given = rules.granted(done["outcome"], dispute.contested_bp, typed)
            choice = f"{done['outcome']}:{given}"
            if done["seen"] == choice:
                dispute_decisions.decide(
                    by=request.user,
                    at=at,
                    dispute=dispute,
                    outcome=done["outcome"],
                    rule=done["rule"],
                    words=done["words"],
                    granted_bp=typed,
                )
                return back(request, dispute, _("Decided. Both sides read it on the same page."))
            shortest, longest = rules.SHORTEST_WORDS, rules.LONGEST_WORDS
            rules.words(done["words"], field="words", shortest=shortest, longest=longest)
        except Refused as error:
            field = "part" if error.field == "granted" else error.field
            form.refuse(type(error)(error.code, field=field, **error.params))
        else:
            shown = {"choice": choice, "effect": _effect(case, given, at, amounts=amounts)}
    second = dispute.state == DisputeState.APPEALED
    context = shown | {
        "form": form,
        "dispute": dispute,
        "second": second,
        "who": case.name(dispute.raised_by_id),
        "rule_notes": labels.RULE_WORDS,
        "outcome_notes": _notes(case, before),
        "contested": dispute.contested_bp,
    }
    return render(request, "disputes/decide.html", context, status=422 if form.errors else 200)


def _notes(case: cases.Case, before: int) -> dict[str, str]:
    whole = fmt.percent(before + case.dispute.contested_bp)
    return {
        "upheld": _("%(part)s instead of %(before)s")
        % {"part": whole, "before": fmt.percent(before)},
        "partly": _("something in between"),
        "rejected": fmt.percent(before),
    }


def _effect(case: cases.Case, given: int, at: datetime, *, amounts: bool) -> dict[str, Any]:
    """Before and after for everyone, shares and (for whoever may read `amounts`) money; what stays
    because it was paid long ago."""
    found = effects(case.dispute, given, at=at)
    rows = [
        Row(
            case.name(one.person_id),
            f"{fmt.percent(one.before_bp)} → {fmt.percent(one.after_bp)}",
            _("credited so far, gross: %(before)s → %(after)s")
            % {"before": fmt.zl(one.before_grosze), "after": fmt.zl(one.after_grosze)}
            if amounts
            else "",
        )
        for one in found.rows
    ]
    kept = ""
    if found.kept_grosze and amounts:
        kept = _("%(amount)s gross were paid so long ago that the plan asks nothing back.") % {
            "amount": fmt.zl(found.kept_grosze)
        }
    return {"rows": rows, "kept": fmt.tie(kept)}
