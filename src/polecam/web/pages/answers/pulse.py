""" "I felt free to refuse": one tap. Looking at it records nothing."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from polecam.actions import pulse as actions
from polecam.surveys import links
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.answers.doors import USES, nothing, own_device, patiently, see_other


@door("answers:pulse", PUBLIC)
@limited("pulse-link", USES, link)
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or the thanks; the answer is nowhere beside this link."""
    at = datetime.now(UTC)
    found = links.find_pulse(token, at=at)
    if found is None:
        return nothing(request)
    own_device(request)
    said = request.POST.get("free", "")
    if request.method == "POST" and said in ("yes", "no"):
        patiently(lambda: actions.answer(pulse=found, at=at, free=said == "yes"))
        return see_other(reverse("answers:pulse", args=[token]))
    if found.answered_at is not None:
        return render(request, "answers/pulse_thanks.html")
    status = 422 if request.method == "POST" else 200
    return render(request, "answers/pulse.html", {"token": token}, status=status)
