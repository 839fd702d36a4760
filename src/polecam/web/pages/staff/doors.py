"""Whom the reader looks after, and how pages of this area answer."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import visible_to
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def managed(request: Request) -> list[Branch]:
    """Places whose people the reader manages and that are open, by name."""
    ids = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    return list(Branch.objects.filter(pk__in=ids, closed_on=None).order_by("name", "id"))


def colleague(request: Request, public_id: str) -> Person:
    """Somebody whom the reader manages, also who left. 404 for anyone else."""
    branches = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    own = visible_to(request.user).filter(memberships__branch_id__in=branches).distinct()
    return get_object_or_404(own, public_id=public_id)


def options(branches: list[Branch]) -> list[tuple[str, str]]:
    """Places as the choices of a field."""
    return [(branch.public_id, branch.name) for branch in branches]


def one_of(branches: list[Branch], public_id: str) -> Branch | None:
    """The place of this id, if it is one of these."""
    return next((branch for branch in branches if branch.public_id == public_id), None)


def to(name: str, *args: object) -> HttpResponseRedirect:
    """See other: after a POST."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def said(error: Refused) -> str:
    """A refusal as a sentence; a missing permission goes on to its own page."""
    if isinstance(error, NotAllowed) and error.code == "not_allowed":
        raise error
    return sentence_of(error)


def page(request: Request, template: str, context: dict, *, wrong: bool = False) -> HttpResponse:
    """The page; 422 where something typed is to be mended."""
    return render(request, template, context, status=422 if wrong else 200)
