"""To the provider and back."""

import logging
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import arrivals, single_sign_on
from polecam.kit.errors import Refused
from polecam.people.queries import visible_to
from polecam.signin import oidc
from polecam.signin.models import Outcome, Way
from polecam.web import devices
from polecam.web.access import ADMINS, PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.entry import arriving
from polecam.web.pages.entry.arriving import safe_next
from polecam.web.pages.sso import journeys
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

log = logging.getLogger(__name__)


@door("sso:go", PUBLIC)
@limited("sso-go", per=(60, 600), methods=("GET",))
@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """On to the provider's own sign-in page. Changes nothing here."""
    provider = _provider()
    onward = safe_next(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    journey = journeys.begin()
    try:
        response = HttpResponseRedirect(oidc.going_to(provider, journey, _way_back()))
    except oidc.ProviderAway as error:
        log.warning("the identity provider is away: %s", error)
        return _stay(request, _("%(name)s does not answer just now.") % _name(), status=503)
    journeys.remember(response, journey, onward)
    return response


@door("sso:back", PUBLIC)
@limited("sso-back", per=(30, 600), methods=("GET",))
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """The provider sends them back with a code, once; whoever it proves is let in."""
    provider = _provider()
    packed = journeys.recall(request)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if packed is None or not constant_time_compare(packed[0].state, state):
        said = _("This sign-in was begun elsewhere or too long ago. Nothing happened; begin again.")
        return _stay(request, said, status=400)
    if request.GET.get("iss", provider.issuer) != provider.issuer or not code:
        said = _("%(name)s did not confirm who you are. Nothing happened; you can begin again.")
        return _stay(request, said % _name(), status=403)
    try:
        told = oidc.come_back(provider, packed[0], code, _way_back())
        person = single_sign_on.recognise(
            at=datetime.now(UTC),
            told=told,
            trusts_email=settings.OIDC_TRUST_EMAIL,
            language=translation.get_language() or "pl",
        )
    except oidc.ProviderAway as error:
        log.warning("the identity provider is away: %s", error)
        return _stay(request, _("%(name)s does not answer just now.") % _name(), status=503)
    except oidc.NotBelieved as error:
        log.warning("an identity was not believed: %s", error)
        said = _("%(name)s did not confirm who you are. Nothing happened; you can begin again.")
        return _stay(request, said % _name(), status=403)
    except Refused as error:
        arrivals.tried(
            at=datetime.now(UTC),
            person=None,
            way=Way.SSO,
            outcome=Outcome.NOT_HERE,
            trace=devices.trace(request),
        )
        return _stay(request, str(sentence_of(error)), status=403)
    strong = settings.OIDC_STRONG or told.strong
    response = arriving.begin(request, person, way=Way.SSO, onward=packed[1], strong=strong)
    journeys.forget(response)
    return response


@door("sso:unbind", ADMINS)
@require_POST
def unbind(request: Request, public_id: str) -> HttpResponse:
    """Somebody got another account at the provider: the next sign-in binds it."""
    found = get_object_or_404(visible_to(request.user), public_id=public_id)
    single_sign_on.unbind(by=request.user, at=datetime.now(UTC), person=found)
    messages.success(request, _("The next sign-in binds their account anew, by their work e-mail."))
    return HttpResponseRedirect(reverse("setup:person", args=[found.public_id]), status=303)


def _provider() -> oidc.Provider:
    found = journeys.provider()
    if found is None:
        raise Http404
    return found


def _way_back() -> str:
    return f"{settings.BASE_URL}{reverse('sso:back')}"


def _name() -> dict[str, str]:
    return {"name": settings.OIDC_NAME}


def _stay(request: HttpRequest, said: str, *, status: int) -> HttpResponse:
    """Why nobody was let in, and the way to begin again."""
    context = {"said": said, "name": settings.OIDC_NAME}
    response = render(request, "sso/stay.html", context, status=status)
    journeys.forget(response)
    return response
