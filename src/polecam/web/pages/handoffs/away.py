"""Absences: planned with a cover, ended early; and what colleagues may hand to me."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import absences
from polecam.actions import skills as skill_acts
from polecam.kit.errors import Refused
from polecam.people import queries as people
from polecam.people.models import Absence, Person, SkillKind
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.handoffs import forms
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words

BOTH = ["GET", "HEAD", "POST"]


def away_row(absence: Absence, reader: Person) -> dict[str, Any]:
    """One absence in words: who, from when, who stands in."""
    own = absence.person_id == reader.pk
    began = absence.since <= fmt.today()
    days = _("%(since)s, back on %(until)s") % {
        "since": fmt.near(absence.since),
        "until": fmt.weekday(absence.until),
    }
    cover = absence.cover
    if cover is None:
        stands = _("nobody stands in")
    elif cover.pk == reader.pk:
        stands = _("you stand in")
    else:
        stands = _("%(who)s stands in") % {"who": cover.first_name}
    may_end = own or standing(reader).may(Permission.PLAN_ABSENCE, standing(absence.person).home)
    return {
        "title": _("You are away") if own and began else _("You will be away") if own else "",
        "person": absence.person,
        "sub": fmt.tie(f"{days} · {stands}"),
        "url": reverse("handoffs:back", args=[absence.public_id]) if may_end else "",
        "label": _("I am back")
        if own and began
        else _("Call it off")
        if not began
        else _("Back already"),
    }


@door("handoffs:away", SELLERS)
@require_http_methods(BOTH)
def away(request: Request) -> HttpResponse:
    """Plan an absence: one's own, or (the boss) somebody's."""
    at, reader = datetime.now(UTC), request.user
    who = standing(reader)
    branches = who.branches(Permission.PLAN_ABSENCE) or who.branches(Permission.WORK_REFERRALS)[:1]
    team = [person for branch in branches for person in people.team(branch)]
    boss = who.may(Permission.PLAN_ABSENCE)
    may_be_away = sorted(team, key=lambda p: p.pk != reader.pk) if boss else [reader]
    covers = team if boss else [person for person in team if person.pk != reader.pk]
    today = fmt.today()
    initial = {"since": today, "until": today + timedelta(days=7), "person": reader.public_id}
    form = forms.AwayForm(
        request.POST or None, initial=initial, may_be_away=may_be_away, covers=covers
    )
    if request.method == "POST" and form.is_valid():
        try:
            absences.plan(by=reader, at=at, **form.plan)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted. The work comes back by itself."))
            return HttpResponseRedirect(reverse("handoffs:list"), status=303)
    context = {"form": form, "boss": boss}
    return render(request, "handoffs/away.html", context, status=422 if form.errors else 200)


@door("handoffs:back", SELLERS)
@require_POST
def back(request: Request, absence: str) -> HttpResponse:
    """Back earlier, or called off."""
    at = datetime.now(UTC)
    row = people.absences(request.user).filter(public_id=absence).first()
    if row is None:
        raise Http404
    absences.end(by=request.user, at=at, absence=row)
    messages.success(request, _("Good. What is not won is back."))
    own = row.person_id == request.user.pk and row.since <= fmt.today()
    onward = reverse("staff:meanwhile" if own else "handoffs:list")
    return HttpResponseRedirect(onward, status=303)


@door("handoffs:skills", SELLERS)
@require_http_methods(BOTH)
def skills(request: Request) -> HttpResponse:
    """What colleagues may hand to me: languages, needs, towns."""
    own = people.skills(request.user)
    initial = {
        "languages": [value for kind, value in own if kind == SkillKind.LANGUAGE],
        "needs": [value for kind, value in own if kind == SkillKind.PRODUCT],
        "places": ", ".join(sorted(value for kind, value in own if kind == SkillKind.PLACE)),
    }
    sent = request.method == "POST"
    form = forms.SkillsForm(request.POST if sent else None, initial=initial)
    if sent and form.is_valid():
        try:
            skill_acts.set_skills(by=request.user, at=datetime.now(UTC), **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("entry:profile"), status=303)
    return render(
        request, "handoffs/skills.html", {"form": form}, status=422 if form.errors else 200
    )


def own_skills(person: Person) -> list[str]:
    """In words, for the profile page."""
    return [words.skill(kind, value) for kind, value in sorted(people.skills(person))]
