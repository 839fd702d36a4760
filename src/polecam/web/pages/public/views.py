"""The page of an invitation: who recommends, who will get in touch, yes or no."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from polecam.actions import privacy, telling
from polecam.kit.errors import Refused
from polecam.messages.gateway import sms_possible
from polecam.organisation.settings import organisation
from polecam.privacy import links as own_links
from polecam.privacy import notice, queries, wordings
from polecam.privacy.models import Consent
from polecam.privacy.rules import MEDIA
from polecam.referrals import links
from polecam.referrals.models import Invitation, Referral
from polecam.referrals.shown import Shown, shown
from polecam.web.access import PUBLIC, door
from polecam.web.demo import personas_allowed
from polecam.web.limits import limited, link
from polecam.web.pages.public.forms import Answer

BY = ("sms", "email", "visit", "kept")
ANSWERS_A_LINK = (20, 3600)
ANSWERS_AN_ADDRESS = (60, 3600)


@door("public:invitation", PUBLIC)
@limited("answer-link", ANSWERS_A_LINK, link)
@limited("answer-address", ANSWERS_AN_ADDRESS)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page, and the friend's answer. Bad input comes back as it was typed."""
    at = datetime.now(UTC)
    found = find(token)
    if found.revoked_at is not None:
        return taken_back(request)
    seen = shown(found, at)
    form = Answer(
        request.POST if request.method == "POST" else None,
        words=words(found, seen),
        at=at,
        zone=organisation().zone,
    )
    if request.method == "POST" and form.is_valid():
        try:
            referral = privacy.consent(
                invitation=found, at=at, language=language(), device=device(request), **form.said()
            )
        except Refused as error:
            if error.code == "invitation_revoked":
                return see_other("public:invitation", token)
            form.refuse(error)
        else:
            return after(token, form.said(), referral)
    context = {"invitation": found, "seen": seen, "form": form, "token": token}
    status = 422 if form.errors else 200
    context["notice"] = told(found, seen, at)
    context["hints"] = {
        "phone": _("Only for a call or a text message. Otherwise leave it empty."),
        "email": _("Only if you want an e-mail. Otherwise leave it empty."),
    }
    return render(request, "public/invitation.html", context, status=status)


@door("public:decline", PUBLIC)
@limited("answer-link", ANSWERS_A_LINK, link)
@limited("answer-address", ANSWERS_AN_ADDRESS)
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """ "No, thank you": what was there is erased at once."""
    found = find(token)
    if found.revoked_at is not None:
        return taken_back(request)
    if request.method == "POST":
        privacy.decline(invitation=found, at=datetime.now(UTC))
        return see_other("public:declined", token)
    return see_other("public:invitation", token)


@door("public:sent", PUBLIC)
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next, the same whoever answered."""
    find(token)
    by = [medium for medium in BY if medium in request.GET.get("by", "").split(",")]
    return render(request, "public/sent.html", {"by": by})


@door("public:declined", PUBLIC)
def declined(request: HttpRequest, token: str) -> HttpResponse:
    """A no is fine."""
    find(token)
    return render(request, "public/declined.html", {"token": token})


@door("public:terms", PUBLIC)
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of the programme, with their number."""
    lines = wordings.text("terms", language()).format(firm=organisation().name).split("\n")
    context = {
        "articles": list(zip(lines[::2], lines[1::2], strict=True)),
        "version": wordings.VERSIONS["terms"],
        "officer": organisation().privacy_contact or notice.officer_contact(),
    }
    return render(request, "public/terms.html", context)


def find(token: str) -> Invitation:
    """The invitation of a link. Raises Http404 for a wrong one, saying nothing more."""
    found = links.find(token)
    if found is None:
        raise Http404
    return found


def taken_back(request: HttpRequest) -> HttpResponse:
    """Whoever gave this link took it back: said calmly, without a name."""
    return render(request, "public/taken_back.html", status=410)


def words(found: Invitation, seen: Shown) -> dict[str, str]:
    """The sentences of the consents, filled as they will be stored."""
    codes = {
        channel: wordings.code_for(channel, names_branch=seen.seller is None)
        for channel in ("phone", "sms", "email", "visit")
    }
    codes["other_offers"] = "consent_other_offers"
    codes["may_tell"] = telling.code_for(seen.client_first)
    firm = organisation().name
    return {
        name: wordings.fill(
            wordings.text(code, language()),
            firm=firm,
            branch=found.branch,
            seller=seen.seller,
            client=seen.client_first,
        )
        for name, code in codes.items()
    }


def told(found: Invitation, seen: Shown, at: datetime) -> list[notice.Section]:
    """The Art. 14 notice of this invitation."""
    return notice.sections(
        firm=organisation(),
        branch=found.branch,
        seller=seen.seller,
        client_name=seen.client_name,
        language=language(),
        at=at,
    )


def after(token: str, said: dict, referral: Referral | None) -> HttpResponse:
    """The next page: where the link went; a mere visit leads to the friend's own page."""
    channels = said["channels"]
    if channels == ["visit"] and referral is not None:
        consent = referral_visit(referral)
        if consent is not None:
            return moved(own_links.friend_path(consent))
    media = {MEDIA[channel] for channel in channels} - {""}
    if "sms" in media and not sms_possible():
        media = media - {"sms"} | {"kept"}
    by = ",".join(sorted(media)) or "visit"
    return moved(f"{reverse('public:sent', args=[token])}?by={by}")


def referral_visit(referral: Referral) -> Consent | None:
    """The consent to a visit, whose link leads to the friend's own page."""
    return queries.active(referral.public_id).filter(channel="visit").first()


def see_other(name: str, token: str) -> HttpResponse:
    """303 to a page of the same link."""
    return moved(reverse(name, args=[token]))


def moved(path: str) -> HttpResponse:
    """303: the answer to a POST is a page to look at."""
    return HttpResponseRedirect(path, status=303)


def device(request: HttpRequest) -> str:
    """Whether an employee is signed in where the answer was given.

    In a demo one browser plays everybody: there nothing is held.
    """
    staff = request.user.is_authenticated and not personas_allowed(request)
    return privacy.STAFF if staff else ""


def language() -> str:
    """`pl` or `en`."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]
