"""A client reacted badly: noted in two taps, put right by its owner."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import repairs
from polecam.asking import setbacks
from polecam.clients.queries import askable_by
from polecam.web.access import SELLERS, door
from polecam.web.pages.notebook.forms import RepairForm
from polecam.web.pages.notebook.views import BOTH
from polecam.web.types import Request


@door("notebook:repair", SELLERS)
@BOTH
def begin(request: Request, client: str) -> HttpResponse:
    """How the client reacted; then nobody asks until it is put right."""
    found = askable_by(request.user).select_related("party").filter(public_id=client).first()
    if found is None:
        raise Http404
    form = RepairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        repairs.begin(
            by=request.user,
            at=datetime.now(UTC),
            client=found,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Noted. Nobody asks this client until you have put it right."))
        return HttpResponseRedirect(reverse("clients:one", args=[client]), status=303)
    context = {"form": form, "client": found}
    return render(request, "notebook/repair.html", context, status=422 if form.errors else 200)


@door("notebook:repaired", SELLERS)
@require_POST
def finish(request: Request, repair: str) -> HttpResponse:
    """Put right."""
    found = setbacks.repairs_of(request.user).filter(public_id=repair).first()
    if found is None:
        raise Http404
    repairs.finish(by=request.user, at=datetime.now(UTC), repair=found)
    messages.success(request, _("Thank you. Now the client rests for a while."))
    return HttpResponseRedirect(reverse("clients:one", args=[found.client.public_id]), status=303)
