"""What the officer does for the person whose page is open: an objection, a correction."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import officer_deeds
from polecam.kit.errors import Refused
from polecam.web.access import OFFICERS, door
from polecam.web.pages.privacy.forms import Object
from polecam.web.pages.privacy.request_forms import Correct
from polecam.web.pages.privacy.views import KEY, opened
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request


@door("privacy:object", OFFICERS)
@require_http_methods(["GET", "POST"])
def objection(request: Request, public_id: str) -> HttpResponse:
    """The person objects to marketing: everything stops, after a second thought."""
    party = opened(request, public_id)
    if party is None:
        return to("privacy:people")
    form = Object(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        officer_deeds.objection(by=request.user, at=datetime.now(UTC), party=party)
        request.session.pop(KEY, None)
        messages.success(request, _("Everything stopped. Nobody can enter this person again."))
        return to("privacy:people")
    return show(request, "privacy/object.html", form, party=party)


@door("privacy:correct", OFFICERS)
@require_http_methods(["GET", "POST"])
def correct(request: Request, public_id: str) -> HttpResponse:
    """The name put right."""
    party = opened(request, public_id)
    if party is None:
        return to("privacy:people")
    start = {"first_name": party.first_name, "last_name": party.last_name}
    form = Correct(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            officer_deeds.correct(
                by=request.user, at=datetime.now(UTC), party=party, **form.cleaned_data
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("Corrected, under every page that shows this name."))
            return to("privacy:person", party.public_id)
    return show(request, "privacy/correct.html", form, party=party)
