"""Two taps: how likely a recommendation is, and what helped most. Looking at it records nothing."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from polecam.actions import client_consents, survey_answers
from polecam.clients.models import ClientChannel, ClientPurpose
from polecam.kit.errors import Refused
from polecam.surveys import links
from polecam.surveys.models import Survey
from polecam.surveys.rules import SCORES
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.answers.doors import USES, nothing, own_device, patiently, see_other
from polecam.web.pages.surveys.words import helped
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("answers:survey", PUBLIC)
@limited("survey-link", USES, link)
@BOTH
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The next question, or the thanks. `?change=1`: the first once more; `?done=1`: no second."""
    at = datetime.now(UTC)
    found = links.find_survey(token, at=at)
    if found is None:
        return nothing(request)
    own_device(request)
    if request.method == "POST":
        try:
            patiently(lambda: _answer(found, request, at))
        except Refused as error:
            return _shown(request, found, at, problem=sentence_of(error))
        return see_other(reverse("answers:survey", args=[token]))
    return _shown(request, found, at)


def _answer(found: Survey, request: HttpRequest, at: datetime) -> None:
    """What was tapped: a number, or what helped. Raises Refused."""
    if "helped" in request.POST:
        survey_answers.tell_what_helped(survey=found, at=at, helped=request.POST["helped"])
        return
    typed = request.POST.get("score", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 2 else -1
    survey_answers.answer(survey=found, at=at, score=number)


def _shown(request: HttpRequest, found: Survey, at: datetime, problem: str = "") -> HttpResponse:
    """The page of where the client is. Nothing personal stands on it, not even the answer."""
    is_open = found.expires_at > at and found.withdrawn_at is None
    if found.withdrawn_at is not None:
        page = "taken_back"
    elif is_open and (found.score is None or "change" in request.GET):
        page = "score"
    elif is_open and not found.helped and "done" not in request.GET:
        page = "helped"
    else:
        page = "thanks"
    context = {
        "token": links.survey_ref(found),
        "scores": SCORES,
        "choices": helped(),
        "open": is_open,
        "problem": problem,
    }
    return render(request, f"answers/{page}.html", context, status=422 if problem else 200)


@door("answers:withdraw", PUBLIC)
@limited("survey-link", USES, link)
@BOTH
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """One tap, at once, without a reason."""
    at = datetime.now(UTC)
    found = links.find_survey(token, at=at)
    if found is None:
        return nothing(request)
    if request.method == "POST":
        gone = patiently(lambda: survey_answers.withdraw(survey=found, at=at))
        return _shown(request, gone, at)
    return see_other(reverse("answers:survey", args=[token]))


@door("answers:stop", PUBLIC)
@limited("survey-stop", USES, link)
@BOTH
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mails of this kind: a button, since a preview of the link must end nothing."""
    client = links.find_stop(token)
    if client is None:
        return nothing(request)
    done = request.method == "POST"
    if done:
        client_consents.withdraw(
            client=client,
            at=datetime.now(UTC),
            channel=ClientChannel.EMAIL,
            purpose=ClientPurpose.SURVEY,
        )
    return render(request, "answers/stop.html", {"done": done, "token": token})
