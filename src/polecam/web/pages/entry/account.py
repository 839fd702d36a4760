"""One's own account: name, form of verbs, language, look, password, consent to good news."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import own_account, people, recognition
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission, standing
from polecam.store.sessions import key_of
from polecam.web.access import ANYONE, door
from polecam.web.limits import limited
from polecam.web.pages.entry import arriving, forms
from polecam.web.pages.entry.views import remember_language
from polecam.web.pages.handoffs.away import own_skills
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

FIELDS = ("first_name", "last_name", "title", "form", "language", "theme")


def back() -> HttpResponseRedirect:
    """To the profile, as after every POST."""
    return HttpResponseRedirect(reverse("entry:profile"), status=303)


@door("entry:profile", ANYONE)
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """Show and change one's own profile."""
    person = request.user
    start = {field: getattr(person, field) for field in FIELDS}
    form = forms.Profile(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            changed = people.change_profile(by=person, at=datetime.now(UTC), **form.cleaned_data)
        except Refused as error:
            form.add_error(error.field or None, sentence_of(error))
        else:
            with translation.override(changed.language):
                messages.success(request, _("Saved."))
            response = back()
            remember_language(response, changed.language)
            return response
    able = own_skills(person) if standing(person).may(Permission.WORK_REFERRALS) else None
    context = {"form": form, "able": able}
    return render(request, "entry/profile.html", context, status=422 if form.errors else 200)


@door("entry:password", ANYONE)
@limited("change-password", per=(10, 600))
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """A new password, after the old one; this session stays, others end."""
    form = forms.ChangePassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = own_account.choose_password(
                by=request.user,
                at=datetime.now(UTC),
                password=form.cleaned_data["new_password1"],
                keep=key_of(request.session),
            )
        except Refused as error:
            form.add_error("new_password1", sentence_of(error))
        else:
            arriving.rotate(request, changed)
            messages.success(request, _("Your new password is set."))
            return back()
    return render(
        request, "entry/password.html", {"form": form}, status=422 if form.errors else 200
    )


@door("entry:good_news", ANYONE)
@require_POST
def good_news(request: Request) -> HttpResponse:
    """Agree to be named in the team's good news, or take it back."""
    yes = request.POST.get("yes") == "1"
    change = recognition.join_feed if yes else recognition.leave_feed
    change(by=request.user, at=datetime.now(UTC))
    messages.success(
        request,
        _("Your name may appear in good news.") if yes else _("Your name no longer appears."),
    )
    return back()
