"""A seller asks one of their own clients: a code on the phone, a link, an e-mail they agreed to."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import surveys
from polecam.clients.models import Client
from polecam.clients.queries import askable_by
from polecam.kit.errors import NotAllowed, Refused
from polecam.surveys import links, queries
from polecam.surveys.models import Survey, SurveyWay
from polecam.web.access import SELLERS, door
from polecam.web.pages.surveys import words
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


@door("surveys:new", SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, client: str) -> HttpResponse:
    """Which way; each is one tap. A client who rests is left in peace, said calmly."""
    at = datetime.now(UTC)
    found = _own(request, client)
    if request.method == "POST":
        try:
            survey = surveys.ask(
                by=request.user,
                at=at,
                client=found,
                way=request.POST.get("way", ""),
                language=surveys.language_of(found),
            )
        except NotAllowed:
            raise
        except Refused as error:
            return _which_way(request, found, at, sentence_of(error), status=422)
        return _after(survey, request)
    return _which_way(request, found, at)


def _which_way(
    request: Request, client: Client, at: datetime, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting = queries.open_survey(client, at=at)
    if not problem and waiting is None:
        try:
            surveys.check(client, SurveyWay.LINK, at=at)
        except Refused as error:
            problem = sentence_of(error)
    context = {
        "client": client,
        "waiting": waiting,
        "problem": problem,
        "by_mail": surveys.by_mail(client),
    }
    return render(request, "surveys/new.html", context, status=status)


def _after(survey: Survey, request: Request) -> HttpResponse:
    """To where the chosen way goes on."""
    if survey.way == SurveyWay.EMAIL:
        messages.success(request, _("The question goes out by e-mail. The rest is the client’s."))
        return _moved("clients:one", survey.client.public_id)
    name = "surveys:code" if survey.way == SurveyWay.QR else "surveys:show"
    return _moved(name, survey.public_id)


@door("surveys:show", SELLERS)
@require_safe
def show(request: Request, ref: str) -> HttpResponse:
    """The link to pass on. Whether and what the client answered stands nowhere here."""
    survey = _shown(request, ref)
    context = {
        "survey": survey,
        "open": survey.expires_at > datetime.now(UTC),
        "url": links.survey_url(survey),
        "text": words.message(survey),
    }
    return render(request, "surveys/show.html", context)


@door("surveys:code", SELLERS)
@require_safe
def code(request: Request, ref: str) -> HttpResponse:
    """The code to scan, turned towards the client: nothing else stands here."""
    survey = _shown(request, ref)
    context = {
        "survey": survey,
        "open": survey.expires_at > datetime.now(UTC),
        "url": links.survey_url(survey),
    }
    return render(request, "surveys/code.html", context)


def _own(request: Request, ref: str) -> Client:
    rows = askable_by(request.user).select_related("party", "branch", "owner")
    client = rows.filter(public_id=ref).first()
    if client is None:
        raise Http404
    return client


def _shown(request: Request, ref: str) -> Survey:
    rows = queries.visible_to(request.user).select_related("client__party")
    survey = rows.filter(public_id=ref).first()
    if survey is None:
        raise Http404
    return survey


def _moved(name: str, ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[ref]), status=303)
