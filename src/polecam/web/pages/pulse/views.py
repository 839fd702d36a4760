"""Quiet alerts of the pulse: somebody looks, which is recorded, and decides with a reason."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import pulse_alerts
from polecam.kit.errors import NotAllowed, Refused
from polecam.surveys import queries
from polecam.surveys.models import Decision, PulseAlert
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

RULE = MANAGERS | ADMINS
MOST = 50


class DecisionForm(forms.Form):
    """What follows, and why."""

    decision = forms.ChoiceField(label=gettext_lazy("What follows?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=pulse_alerts.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, alert: PulseAlert) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        choices = [
            (Decision.TALK, _("A talk")),
            (Decision.NOTHING, _("Nothing for now")),
        ]
        if alert.seller_id is not None:
            choices.append((Decision.PAUSE, _("A pause of suggestions")))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


@door("pulse:list", RULE)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What waits for a look, and what was decided; no figure before somebody looks."""
    alerts = list(queries.alerts_for(request.user)[:MOST])
    context = {
        "waiting": [alert for alert in alerts if not alert.decision],
        "decided": [alert for alert in alerts if alert.decision],
        "said": decisions(),
    }
    return render(request, "pulse/list.html", context)


def decisions() -> dict[str, str]:
    """What was decided, in words."""
    return {
        Decision.NOTHING: _("nothing for now"),
        Decision.TALK: _("a talk"),
        Decision.PAUSE: _("a pause of suggestions"),
    }


@door("pulse:one", RULE)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """The alert: before a look a button, after it the figures and the decision."""
    return _shown(request, _found(request, ref))


@door("pulse:look", RULE)
@require_POST
def look(request: Request, ref: str) -> HttpResponse:
    """The look is recorded."""
    alert = _found(request, ref)
    pulse_alerts.look(by=request.user, at=datetime.now(UTC), alert=alert)
    return _back(ref)


@door("pulse:decide", RULE)
@require_POST
def decide(request: Request, ref: str) -> HttpResponse:
    """The decision, with its reason; what was typed stays when something is missing."""
    alert = _found(request, ref)
    form = DecisionForm(request.POST, alert=alert)
    if form.is_valid():
        try:
            pulse_alerts.decide(
                by=request.user, at=datetime.now(UTC), alert=alert, **form.cleaned_data
            )
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, _("Decided, and written down with your reason."))
            return _back(ref)
    return _shown(request, alert, form, status=422)


@door("pulse:end", RULE)
@require_POST
def end(request: Request, ref: str) -> HttpResponse:
    """Suggestions come again."""
    pulse_alerts.end_pause(by=request.user, at=datetime.now(UTC), alert=_found(request, ref))
    messages.success(request, _("The pause is over. Suggestions come again."))
    return _back(ref)


def _found(request: Request, ref: str) -> PulseAlert:
    alert = queries.alerts_for(request.user).filter(public_id=ref).first()
    if alert is None:
        raise Http404
    return alert


def _shown(
    request: Request, alert: PulseAlert, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "alert": alert,
        "form": form or DecisionForm(None, alert=alert),
        "said": decisions().get(alert.decision, ""),
        "pause": queries.pause_after(alert),
        "now": datetime.now(UTC),
    }
    return render(request, "pulse/one.html", context, status=status)


def _back(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("pulse:one", args=[ref]), status=303)
