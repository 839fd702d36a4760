"""What whoever divides portfolios does; each view calls one action."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import portfolio
from polecam.claims.models import BulkHandoff, BulkItem
from polecam.insights import portfolio as reads
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import door
from polecam.web.pages.portfolio import forms, rows
from polecam.web.pages.portfolio.views import RULE, found, preview
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def to(move: BulkHandoff) -> HttpResponseRedirect:
    """Back to its page."""
    return HttpResponseRedirect(reverse("portfolio:one", args=[move.public_id]), status=303)


def givers(request: Request) -> list[tuple[Person, Branch]]:
    """Whose portfolio the reader may divide: who sells in their branches, and who left them."""
    ids = standing(request.user).branches(Permission.DIVIDE_PORTFOLIO)
    held = Membership.objects.filter(branch_id__in=ids, role__in=("seller", "manager"))
    rows_ = held.select_related("person", "branch").order_by(
        "branch__name", "person__first_name", "person__last_name", "-since"
    )
    behind = {(one.person_id, one.branch_id) for one in _behind(request)}
    found_: dict[tuple[int, int], tuple[Person, Branch]] = {}
    for row in rows_:
        here = row.until is None and row.person.is_active
        if here or (row.person_id, row.branch_id) in behind:
            found_.setdefault((row.person_id, row.branch_id), (row.person, row.branch))
    return list(found_.values())


def _behind(request: Request) -> list[reads.Left]:
    return reads.left_behind(request.user, at=datetime.now(UTC))


@door("portfolio:new", RULE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Whose portfolio (`?giver=`), then among whom; a draft is looked at before anything moves."""
    everyone = givers(request)
    chosen = request.GET.get("giver", "")
    giver, branch = next(((p, b) for p, b in everyone if p.public_id == chosen), (None, None))
    if giver is None or branch is None:
        if chosen:
            raise Http404
        return render(request, "portfolio/whose.html", {"givers": everyone})
    people = list(reads.receivers(giver, branch.pk))
    gone = not giver.is_active
    form = forms.Among(request.POST or None, people=people, gone=gone, initial={"why": "division"})
    if request.method == "POST" and form.is_valid():
        try:
            move = portfolio.draft(
                by=request.user,
                at=datetime.now(UTC),
                giver=giver,
                branch=branch,
                to=form.chosen,
                leaving=form.leaving,
            )
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            return to(move)
    at = datetime.now(UTC)
    number = reads.clients_of(giver, branch.pk).count()
    led = reads.led_by(giver, branch.pk, at=at).count()
    context = {"form": form, "giver": giver, "gone": gone, "has": rows.things(number, led)}
    return render(request, "portfolio/new.html", context, status=422 if form.errors else 200)


@door("portfolio:divide", RULE)
@require_POST
def divide(request: Request, bulk: str) -> HttpResponse:
    """So many clients for each."""
    move = found(request, bulk)
    at = datetime.now(UTC)
    others = list(reads.receivers(move.giver, move.branch_id))
    form = forms.Counts(request.POST, people=others, now={})
    if form.is_valid():
        try:
            portfolio.divide(by=request.user, at=at, bulk=move, counts=form.counts)
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, _("Divided anew. Nothing has moved yet."))
            return to(move)
    return preview(request, move, at=at, form=form)


@door("portfolio:give", RULE)
@require_POST
def give(request: Request, bulk: str, item: int) -> HttpResponse:
    """One referral to somebody else, or nobody."""
    move = found(request, bulk)
    thing = get_object_or_404(BulkItem.objects.filter(bulk=move).select_related("bulk"), pk=item)
    wanted = request.POST.get("to", "")
    person = None
    if wanted:
        person = reads.receivers(move.giver, move.branch_id).filter(public_id=wanted).first()
        if person is None:
            raise Refused("owner_unfit", field="to")
    portfolio.give(by=request.user, at=datetime.now(UTC), item=thing, to=person)
    return to(move)


@door("portfolio:run", RULE)
@require_POST
def run(request: Request, bulk: str) -> HttpResponse:
    """Now."""
    move = found(request, bulk)
    try:
        portfolio.start(by=request.user, at=datetime.now(UTC), bulk=move)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    return to(move)


@door("portfolio:undo", RULE)
@require_POST
def undo(request: Request, bulk: str) -> HttpResponse:
    """Everything back to which nothing has happened."""
    move = found(request, bulk)
    try:
        portfolio.undo(by=request.user, at=datetime.now(UTC), bulk=move)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    return to(move)


@door("portfolio:drop", RULE)
@require_POST
def drop(request: Request, bulk: str) -> HttpResponse:
    """Leave everything where it is."""
    move = found(request, bulk)
    portfolio.drop(by=request.user, at=datetime.now(UTC), bulk=move)
    messages.success(request, _("Dropped. Nothing has moved."))
    return HttpResponseRedirect(reverse("portfolio:list"), status=303)
