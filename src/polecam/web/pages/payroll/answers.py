"""How the pages of this area answer a form."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from polecam.kit.errors import NotAllowed, Refused
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def to(name: str, *args: object) -> HttpResponseRedirect:
    """See other: after a POST."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def show(request: Request, template: str, form: forms.Form, **context: object) -> HttpResponse:
    """The page with its form; 422 with everything typed when something is wrong."""
    context["form"] = form
    return render(request, template, context, status=422 if form.errors else 200)


def complain(form: forms.Form, error: Refused) -> None:
    """Put a refusal beside its field. A missing permission goes on to its own page."""
    if isinstance(error, NotAllowed) and error.code == "not_allowed":
        raise error
    form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
