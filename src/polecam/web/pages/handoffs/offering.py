"""Offering a referral: to whom and why, then the split both will see. The boss proposes here."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import handoffs
from polecam.claims import queries as claims
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.rules import ANYONE
from polecam.claims.models import Claim
from polecam.claims.rules import Part
from polecam.kit.errors import Refused
from polecam.people.models import Person, Skill, SkillKind
from polecam.people.permissions import Permission, standing
from polecam.referrals import queries as referrals
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.handoffs import forms, page
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words


class Offer:
    """What is known before anything is typed: the referral, its holder, who could take it."""

    def __init__(self, reader: Person, ref: str, at: datetime) -> None:
        try:
            self.referral: Referral = referrals.find(reader, ref, at=at)
        except Referral.DoesNotExist:
            raise Http404 from None
        self.reader, self.at = reader, at
        states.require_workable(self.referral.state)
        claim = claims.active(self.referral, at=at)
        if claim is None:
            raise Refused("claim_over")
        self.claim: Claim = claim
        self.holds = claim.holder_id == reader.pk
        branch = self.referral.branch_id
        boss = standing(reader).may(Permission.PROPOSE_HANDOFF, branch)
        if not self.holds and not (
            boss and referrals.overseen(reader, at=at).filter(pk=self.referral.pk).exists()
        ):
            raise Http404
        if queries.open_of(self.referral) is not None:
            raise Refused("handoff_open")
        self.people = list(queries.colleagues(branch, at=at, but=[claim.holder_id]))
        self.skills = list(
            Skill.objects.filter(person__in=[p.pk for p in self.people]).order_by("kind", "value")
        )
        fit = {s.person_id for s in self.skills if s.value == self.referral.need != ""}
        self.people.sort(key=lambda person: person.pk not in fit)

    def who(self, typed: Any) -> forms.WhoForm:
        """The first form."""
        places = sorted({s.value for s in self.skills if s.kind == SkillKind.PLACE})
        return forms.WhoForm(typed or None, colleagues=self.people, places=places)

    def notes(self) -> dict[str, str]:
        """What each colleague says they can do, by public id."""
        said: dict[int, list[str]] = {}
        for row in self.skills:
            said.setdefault(row.person_id, []).append(words.skill(row.kind, row.value))
        found = {p.public_id: ", ".join(said.get(p.pk, [])) for p in self.people}
        return found | {
            forms.ANYONE: _("Choose above what is needed. The first to accept takes it.")
        }

    def now(self) -> list[Part]:
        """The shares in force."""
        return queries.in_force(self.referral)

    def split(self, receiver: Person | None, kept_bp: int) -> list[Part]:
        """The shares once the holder keeps `kept_bp`."""
        return rules.split(
            self.now(),
            giver_id=self.claim.holder_id,
            originator_id=self.referral.originator_id,
            receiver_id=receiver.pk if receiver else ANYONE,
            kept_bp=kept_bp,
        )

    def names(self, split: list[Part]) -> dict[int, Person]:
        """Everyone in the split, by key."""
        return Person.objects.in_bulk({p.person_id for p in split if p.person_id})

    @property
    def about(self) -> str:
        """`Kasia, szuka mieszkania`."""
        party = self.referral.party
        name = party.first_name if party else _("A recommended person")
        need = page.need_of(self.referral)
        return f"{name}, {need}" if need else name


@door("handoffs:offer", SELLERS)
@require_safe
def offer(request: Request, referral: str) -> HttpResponse:
    """To whom, and why."""
    made = Offer(request.user, referral, datetime.now(UTC))
    return _who(request, made, made.who({}))


def _who(request: Request, made: Offer, form: forms.WhoForm) -> HttpResponse:
    context = {"made": made, "form": form, "notes": made.notes()}
    return render(request, "handoffs/offer.html", context, status=422 if form.errors else 200)


@door("handoffs:split", SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Request, referral: str) -> HttpResponse:
    """The usual split of this reason, to be changed before it is sent."""
    at = datetime.now(UTC)
    made = Offer(request.user, referral, at)
    who = made.who(request.POST or request.GET)
    if not who.is_valid():
        return _who(request, made, who)
    receiver, kind = who.receiver, who.cleaned_data["kind"]
    holder = made.claim.holder_id
    usually = queries.usual(
        made.referral,
        giver_id=holder,
        receiver_id=receiver.pk if receiver else ANYONE,
        kind=kind,
        at=at,
    )
    lowest = queries.lowest_floor(made.referral, at=at)
    initial = {
        "kept": forms.typed_percent(rules.part(usually, holder)),
        "floor": forms.typed_percent(lowest),
    }
    form = forms.SplitForm(request.POST or None, initial=initial, splits=made.holds)
    if request.method == "POST" and form.is_valid():
        try:
            done = _send(request, made, who, form, at)
        except Refused as error:
            if error.field in who.fields:
                who.refuse(error)
                return _who(request, made, who)
            form.refuse(error)
        else:
            address = reverse("handoffs:one", args=[done.public_id])
            return HttpResponseRedirect(address, status=303)
    kept = form.cleaned_data.get("kept") if form.is_bound and made.holds else None
    shown = (
        usually if kept is None else made.split(receiver, min(kept, rules.part(made.now(), holder)))
    )
    people = made.names(shown)
    context = {
        "made": made,
        "who": who,
        "form": form,
        "receiver": receiver,
        "kind": words.KINDS[kind],
        "wanted": words.wished(who.wanted),
        "parts": words.drawn(shown, people, request.user),
        "split_words": words.in_words(shown, people, request.user),
        "worth": page.worth(made.referral, shown, request.user, None, at=at),
        "lowest": fmt.percent(lowest),
        "own": fmt.percent(rules.part(made.now(), holder)),
        "author": made.referral.originator,
    }
    return render(request, "handoffs/split.html", context, status=422 if form.errors else 200)


def _send(
    request: Request, made: Offer, who: forms.WhoForm, form: forms.SplitForm, at: datetime
) -> Any:
    said: dict[str, Any] = {
        "by": request.user,
        "at": at,
        "referral": made.referral,
        "kind": who.cleaned_data["kind"],
        "receiver": who.receiver,
        "wanted": who.wanted,
        "note": form.cleaned_data["note"],
    }
    if made.holds:
        done = handoffs.offer(
            **said,
            parts=made.split(who.receiver, form.cleaned_data["kept"]),
            floor_bp=form.cleaned_data["floor"],
        )
        messages.success(request, _("Offered. Nothing moves before the answer."))
        return done
    done = handoffs.propose(**said)
    messages.success(request, _("Proposed. The one who leads it decides."))
    return done
