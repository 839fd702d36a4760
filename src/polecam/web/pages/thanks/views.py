"""Thanks owed and given: a calm list; one client with ready words, a card, an e-mail."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import thanks as actions
from polecam.insights import client_rewards
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.thanks import queries
from polecam.thanks.models import Thanks
from polecam.web.access import SELLERS, door
from polecam.web.pages.rewards.words import mine as rewards_of
from polecam.web.pages.thanks import page, paper, words
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.refusals import sentence_of

LATELY = 8
"""Lines of what was given."""
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("thanks:list", SELLERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What is owed, what was given lately, and rewards of own clients where there are any."""
    at, person = datetime.now(UTC), request.user
    owed = queries.owed(person).select_related("client__party")
    past = queries.visible_to(person).exclude(done_at=None, skipped_at=None)
    lately = list(past.select_related("client__party").order_by("-id")[:LATELY])
    minutes = settings.value("undo_minutes", at=at)
    since = at - timedelta(minutes=minutes)
    context = {
        "owed": words.owed(list(owed), fmt.today()),
        "given": [words.given(row, may_reopen=_may_reopen(row, since)) for row in lately],
        "rewards": rewards_of(client_rewards.of_seller(person)),
    }
    return render(request, "thanks/list.html", context)


def _may_reopen(row: Thanks, since: datetime) -> bool:
    noted = row.done_at or row.skipped_at
    return row.way != "email" and noted is not None and noted > since


@door("thanks:one", SELLERS)
@BOTH
def one(request: Request, ref: str) -> HttpResponse:
    """Ready words (`?w=2` shows the second), and one tap that it is done. POST: `way`."""
    thanks = _own(request, ref)
    refusal = ""
    if request.method == "POST":
        way, language = request.POST.get("way", ""), request.POST.get("language", "pl")
        at = datetime.now(UTC)
        try:
            actions.give(by=request.user, at=at, thanks=thanks, way=way, language=language)
        except NotAllowed:
            raise
        except Refused as error:
            refusal = sentence_of(error)
        else:
            messages.success(request, words.done(way))
            return _back()
    context = page.context(request.user, thanks, request.GET.get("w", ""), at=datetime.now(UTC))
    status = 422 if refusal else 200
    return render(request, "thanks/one.html", context | {"refusal": refusal}, status=status)


@door("thanks:skip", SELLERS)
@require_POST
def skip(request: Request, ref: str) -> HttpResponse:
    """The client wants none."""
    try:
        actions.skip(by=request.user, at=datetime.now(UTC), thanks=_own(request, ref))
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Noted. Some people like it better without."))
    return _back()


@door("thanks:again", SELLERS)
@require_POST
def again(request: Request, ref: str) -> HttpResponse:
    """A tap too soon: owed again."""
    try:
        actions.reopen(by=request.user, at=datetime.now(UTC), thanks=_own(request, ref))
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Taken back. It is on the list again."))
    return _back()


@door("thanks:card", SELLERS)
@require_safe
def card(request: Request, ref: str) -> HttpResponse:
    """The card for print: `?lang=pl|en`, `?sheet=a6|a5`, `?w=` as on the page."""
    thanks = _own(request, ref)
    language = request.GET.get("lang", fmt.language())
    sheet = request.GET.get("sheet", "a5")
    if language not in actions.LANGUAGES or sheet not in paper.SHEETS:
        raise Http404
    number = page.number_of(request.GET.get("w", ""))
    body = paper.pdf(thanks, request.user, language=language, sheet=sheet, number=number)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="polecam-{sheet}-{language}.pdf"'
    return response


def _own(request: Request, ref: str) -> Thanks:
    rows = queries.visible_to(request.user).select_related("client__party", "referral")
    found = rows.filter(public_id=ref).first()
    if found is None:
        raise Http404
    return found


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("thanks:list"), status=303)
