"""The way in: sign-in, sign-out, invitation, language, and the personas of the demo."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import arrivals, people
from polecam.kit.errors import Refused
from polecam.people import links
from polecam.people.models import Person
from polecam.people.rules import welcome_is_open
from polecam.signin.models import Outcome, Way
from polecam.web import devices
from polecam.web.access import ANYONE, PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.entry import arriving, forms, tries
from polecam.web.pages.entry.arriving import safe_next
from polecam.web.pages.entry.cast import cast
from polecam.web.ui.refusals import sentence_of

LANGUAGE_AGE = 365 * 24 * 3600


@door("entry:sign_in", PUBLIC)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """E-mail and password; in a demo, its people stand below."""
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(onward)
    form = forms.SignIn(request, data=request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _sign_in_page(request, form, onward, 200)
    at, email = datetime.now(UTC), request.POST.get("username", "")
    buckets = [tries.as_somebody(email), tries.from_here(request)]
    wait = tries.count(buckets, at)
    if wait is not None:  # the password is not even looked at
        tries.note(request, wait, _works_here(email), Way.PASSWORD, at)
        form = forms.SignIn(request, initial={"username": email})
        return wait.on(_sign_in_page(request, form, onward, 429, wait), at)
    if form.is_valid():
        tries.was_right(buckets, at)
        return arriving.begin(request, form.get_user(), way=Way.PASSWORD, onward=onward)
    if "password" in form.cleaned_data:
        person = _works_here(email)
        arrivals.tried(
            at=at,
            person=person,
            way=Way.PASSWORD,
            outcome=Outcome.WRONG if person else Outcome.NOT_HERE,
            trace=devices.trace(request),
        )
    return _sign_in_page(request, form, onward, 422)


def _works_here(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email.strip()[:254], is_active=True).first()


def _sign_in_page(
    request: HttpRequest,
    form: forms.SignIn,
    onward: str,
    status: int,
    wait: tries.Wait | None = None,
) -> HttpResponse:
    context = {"form": form, "next": onward, "cast": cast(request), "wait": wait}
    return render(request, "entry/sign_in.html", context, status=status)


@door("entry:sign_out", ANYONE)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    arriving.go(request)
    return HttpResponseRedirect(reverse("entry:sign_in"), status=303)


@door("entry:no_role", ANYONE)
def no_role(request: HttpRequest) -> HttpResponse:
    """Signed in, but without a role yet: whom to ask."""
    return render(request, "entry/no_role.html")


@csrf_exempt  # public pages send no referrer, so no origin either; a language harms nobody
@door("entry:language", PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, for a year or until changed again; a signed-in person's for good."""
    form = forms.Language(request.POST)
    if not form.is_valid():
        return redirect("home")
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        people.change_profile(by=request.user, at=datetime.now(UTC), language=chosen)
    onward = safe_next(request, form.cleaned_data["next"])
    response = HttpResponseRedirect(onward, status=303)
    remember_language(response, chosen)
    return response


def remember_language(response: HttpResponse, chosen: str) -> None:
    """Keep the choice in a cookie: public pages and the sign-in page know no person."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=LANGUAGE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


# --- invitation to join ---------------------------------------------------------------------------


@door("entry:welcome", PUBLIC)
@limited("welcome", per=(300, 3600), methods=("GET", "POST"))  # a branch shares one address
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, ref: str) -> HttpResponse:
    """An invited person chooses name, form, language and password, and is in."""
    found = links.find(ref)
    now = datetime.now(UTC)
    if found is None:
        raise Http404
    if not welcome_is_open(found.accepted_at, found.expires_at, now):
        return render(request, "entry/welcome_over.html", {"welcome": found}, status=410)
    start = {
        "first_name": found.first_name,
        "last_name": found.last_name,
        "language": translation.get_language() or "pl",
    }
    form = forms.Welcome(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.accept_invitation(at=now, welcome=found, **form.cleaned_data)
        except Refused as error:
            form.add_error(error.field or None, sentence_of(error))
        else:
            response = arriving.begin(request, person, way=Way.WELCOME)
            remember_language(response, person.language)
            return response
    context = {"form": form, "welcome": found}
    return render(request, "entry/welcome.html", context, status=422 if form.errors else 200)


# --- demo -----------------------------------------------------------------------------------------


@door("entry:personas", PUBLIC)
def personas(request: HttpRequest) -> HttpResponse:
    """The people of the demo."""
    found = cast(request)
    if found is None:
        raise Http404
    return render(request, "entry/personas.html", {"cast": found})


@door("entry:become", PUBLIC)
@require_POST
def become(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the place of a person of the demo."""
    found = cast(request)
    for person in found.people if found else []:
        if person.public_id == public_id:
            return arriving.begin(request, person, way=Way.PERSONA)
    raise Http404
