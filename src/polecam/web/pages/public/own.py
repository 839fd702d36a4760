"""The friend's links in messages: confirm, see, withdraw, object, forget, "we did talk"."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from polecam.actions import privacy, telling
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.settings import organisation
from polecam.people.models import Person
from polecam.privacy import contact, links, notice, queries, wordings
from polecam.privacy.models import Channel, Consent, Purpose, Telling
from polecam.referrals.models import Referral
from polecam.referrals.shown import meeting_to_confirm
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.public import question as asked
from polecam.web.pages.public.forms import TIMES
from polecam.web.pages.public.views import device, language, see_other
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

USES = (30, 3600)


@door("public:confirm", PUBLIC)
@limited("confirm-link", USES, link)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link that was sent: a button, since a preview of the link must confirm nothing."""
    consent = find(token, links.CONFIRM)
    if request.method == "POST":
        try:
            privacy.confirm(consent=consent, at=datetime.now(UTC), device=device(request))
        except Refused as error:
            return over(request, sentence_of(error))
        messages.success(request, _("Thank you, confirmed."))
        return see_other("public:friend", links.ref(consent, links.FRIEND))
    if consent.withdrawn_at is not None or consent.party.erased_at is not None:
        return over(request)
    branch = Referral.objects.select_related("branch").get(public_id=consent.referral).branch
    context = {
        "consent": consent,
        "hint": contact.hint(consent),
        "words": [sentence(item, branch) for item in _together(consent)],
        "own": links.friend_path(consent),
    }
    return render(request, "public/confirm.html", context)


@door("public:friend", PUBLIC)
def friend(request: HttpRequest, token: str) -> HttpResponse:
    """What is stored about the friend, and every way to end it."""
    at = datetime.now(UTC)
    consent = find(token, links.FRIEND)
    referral = Referral.objects.select_related("branch").filter(public_id=consent.referral).first()
    if referral is None or referral.party_id != consent.party_id:
        return render(request, "public/nothing.html", {"firm": organisation().name})
    rows = list(
        Consent.objects.filter(referral=consent.referral)
        .select_related("wording", "receiver", "party")
        .order_by("id")
    )
    meeting = meeting_to_confirm(referral, at) if consent.confirmed_at else None
    seller = asked.adviser(consent, rows, referral)
    context = {
        "token": token,
        "consent": consent,
        "seller": seller,
        "question": asked.question(referral, at=at),
        "referral": referral,
        "rows": consent_rows(
            [item for item in rows if item.withdrawn_at is None], referral.branch, seller
        ),
        "telling": told_to_client(referral),
        "time": dict(TIMES).get(referral.preferred_time, ""),
        "hints": sorted({contact.hint(item) for item in rows if not item.withdrawn_at} - {""}),
        "meeting": meeting,
        "notice": told(referral, seller, at),
    }
    return render(request, "public/friend.html", context)


@door("public:withdraw", PUBLIC)
@limited("own-link", USES, link)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """One channel, or all: no reason is asked."""
    consent = find(token, links.FRIEND)
    if request.method == "POST":
        channel, purpose = (request.POST.get(name, "") for name in ("channel", "purpose"))
        if channel in ("", *Channel.values) and purpose in ("", *Purpose.values):
            privacy.withdraw(
                consent=consent, at=datetime.now(UTC), channel=channel, purpose=purpose
            )
            messages.success(request, _("Withdrawn. It holds from this moment."))
    return see_other("public:friend", token)


@door("public:not_told", PUBLIC)
@limited("own-link", USES, link)
def not_told(request: HttpRequest, token: str) -> HttpResponse:
    """Their client is told nothing after all."""
    consent = find(token, links.FRIEND)
    if request.method == "POST":
        telling.take_back(consent=consent, at=datetime.now(UTC))
        messages.success(request, _("Withdrawn. It holds from this moment."))
    return see_other("public:friend", token)


@door("public:object", PUBLIC)
@limited("own-link", USES, link)
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Never again: everything stops."""
    consent = find(token, links.FRIEND)
    if request.method == "POST":
        privacy.objection(consent=consent, at=datetime.now(UTC))
        messages.success(request, _("Noted. Nobody will get in touch any more."))
    return see_other("public:friend", token)


@door("public:erase", PUBLIC)
@limited("own-link", USES, link)
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Forget me: done at once."""
    consent = find(token, links.FRIEND)
    if request.method == "POST":
        try:
            privacy.erase_me(consent=consent, at=datetime.now(UTC))
        except Refused as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, _("Your data are erased."))
    return see_other("public:friend", token)


@door("public:talked", PUBLIC)
@limited("own-link", USES, link)
def talked(request: HttpRequest, token: str) -> HttpResponse:
    """The talk took place."""
    consent = find(token, links.FRIEND)
    if request.method == "POST":
        try:
            privacy.confirm_meeting(consent=consent, at=datetime.now(UTC), device=device(request))
        except Refused as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, _("Thank you. Noted that you talked."))
    return see_other("public:friend", token)


class Row:
    """One consent as its giver sees it: the sentence, whether it counts, how to take it back."""

    def __init__(self, consent: Consent, branch: Branch) -> None:
        self.consent = consent
        self.sentence = sentence(consent, branch)
        other = consent.purpose == Purpose.OTHER_OFFERS
        self.field = "purpose" if other else "channel"
        self.value = consent.purpose if other else consent.channel

    @property
    def status(self) -> str:
        """Whether it counts, and if not, why not."""
        if self.consent.unlocked_at is not None:
            return _("In force.")
        if self.consent.held_for:
            return _("Waiting: a person in the firm will look at it first.")
        return _("Waiting for you to open the link we sent.")


def consent_rows(consents: list[Consent], branch: Branch, seller: Person) -> list[Row]:
    """One row a channel: of the adviser now, else the newest; other offers are one, and in force
    if any is."""
    ordered = sorted(consents, key=lambda item: (item.receiver_id == seller.pk, item.pk))
    newest = {item.channel: item for item in ordered if item.purpose == Purpose.REFERRAL}
    own = [Row(item, branch) for item in newest.values()]
    others = [item for item in consents if item.purpose == Purpose.OTHER_OFFERS]
    others.sort(key=lambda item: item.unlocked_at is None)
    return own + [Row(item, branch) for item in others[:1]]


def find(token: str, purpose: str) -> Consent:
    """The consent of a link. Raises Http404 for a wrong one."""
    consent = links.find(token, purpose)
    if consent is None:
        raise Http404
    return consent


def sentence(consent: Consent, branch: Branch) -> str:
    """The sentence the friend agreed to, as it was read."""
    text = wordings.fill(
        consent.wording.text,
        firm=firm().name,
        branch=branch,
        seller=None if consent.names_branch else consent.receiver,
    )
    return text.partition("\n")[0]


def told_to_client(referral: Referral) -> str:
    """The sentence by which the friend allowed that their client learns of the talk, or ""."""
    row = (
        Telling.objects.filter(referral=referral.public_id, withdrawn_at=None)
        .select_related("wording")
        .first()
    )
    if row is None:
        return ""
    client = referral.client.party.first_name if referral.client else ""
    words = wordings.fill(
        row.wording.text, firm=firm().name, branch=referral.branch, seller=None, client=client
    )
    return words.partition("\n")[0]


def told(referral: Referral, seller: Person, at: datetime) -> list[notice.Section]:
    """The notice again, for the friend's own page."""
    return notice.sections(
        firm=organisation(),
        branch=referral.branch,
        seller=seller,
        client_name="",
        language=language(),
        at=at,
    )


def over(request: HttpRequest, text: str = "") -> HttpResponse:
    """A link whose time is over: said calmly."""
    return render(request, "public/over.html", {"text": text}, status=410)


def _together(consent: Consent) -> list[Consent]:
    """Everything this one link confirms."""
    rows = queries.waiting(consent.referral).select_related("wording", "receiver", "party")
    by_mail = consent.channel == Channel.EMAIL
    return [item for item in rows if (item.channel == Channel.EMAIL) == by_mail] or [consent]
