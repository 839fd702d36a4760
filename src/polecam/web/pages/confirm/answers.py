"""What every page of this area does after an action: a sentence, and back to the list."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from polecam.kit.errors import NotAllowed, Refused
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def back(request: Request, said: str, name: str = "confirm:list") -> HttpResponse:
    """To a page of this area, with a sentence."""
    messages.success(request, said)
    return HttpResponseRedirect(reverse(name), status=303)


def refused(request: Request, error: Refused) -> HttpResponse:
    """To the list with the reason; a missing permission is no mistake, it stays a 403."""
    if isinstance(error, NotAllowed):
        raise error
    messages.error(request, sentence_of(error))
    return HttpResponseRedirect(reverse("confirm:list"), status=303)


def beside(form: Form, error: Refused) -> None:
    """The refusal beside its field; what was typed stays."""
    if isinstance(error, NotAllowed):
        raise error
    form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
