"""The firm itself: what friends read about it, and its branches."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import setup
from polecam.kit.errors import Refused
from polecam.organisation.settings import organisation
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import forms
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.firm import forget


@door("setup:firm", ADMINS)
@require_http_methods(["GET", "POST"])
def firm(request: Request) -> HttpResponse:
    """Name, address, whom to write to about personal data."""
    found = organisation()
    start = {key: getattr(found, key) for key in forms.Firm.base_fields}
    form = forms.Firm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            setup.change_organisation(by=request.user, at=datetime.now(UTC), **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            forget()
            messages.success(request, _("Saved."))
            return to("setup:setup")
    return show(request, "setup/firm.html", form)
