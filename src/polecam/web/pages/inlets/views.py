"""Inlets as the admin sees them: what they heard, what found no client, opened and closed."""

import json
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import inlets
from polecam.asking import kinds
from polecam.asking.inlets import visible_to
from polecam.asking.models import Inlet, InletKind
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.inlets import forms
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

CLOSED_SHOWN = 10


@door("inlets:list", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Open inlets with what they heard; the last closed ones."""
    rows = visible_to(request.user)
    context = {
        "open": list(rows.filter(closed_at=None)),
        "closed": list(rows.exclude(closed_at=None)[:CLOSED_SHOWN]),
    }
    return render(request, "inlets/list.html", context)


@door("inlets:new", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Request) -> HttpResponse:
    """A new inlet; its secret stands in the answer and nowhere afterwards."""
    managed = standing(request.user).branches(Permission.MANAGE_INLETS)
    branches = {b.public_id: b for b in Branch.objects.filter(pk__in=managed).order_by("name")}
    choices = [(ident, branch.name) for ident, branch in branches.items()]
    form = forms.InletForm(request.POST or None, branches=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            inlet, secret = inlets.make(
                by=request.user,
                at=datetime.now(UTC),
                kind=data["kind"],
                name=data["name"],
                branch=branches.get(data["branch"]),
            )
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            return render(request, "inlets/made.html", _made(inlet, secret))
    status = 422 if form.errors else 200
    return render(request, "inlets/new.html", {"form": form}, status=status)


def _made(inlet: Inlet, secret: str) -> dict[str, object]:
    base = settings.BASE_URL
    used = [kind.code for kind in kinds.known().values() if kind.used]
    example = {"event": "2026-118", "client": "K-1042", "kind": used[0], "on": "2026-11-20"}
    return {
        "inlet": inlet,
        "secret": secret,
        "webhook": inlet.kind == InletKind.WEBHOOK,
        "url": f"{base}{reverse('inlets:hear', args=[inlet.public_id])}",
        "address": f"polecam+{secret}@",
        "kinds": used,
        "example": json.dumps(example, indent=1),
        "command": 'polecam mail-in --to "$RECIPIENT"',
    }


@door("inlets:close", ADMINS)
@require_POST
def close(request: Request, inlet: str) -> HttpResponse:
    """Hear nothing through it any more."""
    found = get_object_or_404(visible_to(request.user), public_id=inlet)
    inlets.close(by=request.user, at=datetime.now(UTC), inlet=found)
    messages.success(request, _("Closed. What it told stays with its clients."))
    return HttpResponseRedirect(reverse("inlets:list"), status=303)
