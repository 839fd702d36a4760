"""Refusals of hand-offs and absences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "handoff_over": gettext_lazy("This hand-off is over. Everything is as it stands now."),
    "handoff_taken": gettext_lazy("A colleague was faster this time. Nothing else has changed."),
    "handoff_open": gettext_lazy("This friend is being handed on already. One offer at a time."),
    "handoff_kind": gettext_lazy("Choose one of the reasons."),
    "handoff_unfit": gettext_lazy("This person does not look after friends in the branch."),
    "handoff_away": gettext_lazy("This colleague is away now. Choose somebody else."),
    "handoff_oneself": gettext_lazy("It is with you already. Choose a colleague."),
    "handoff_wanted": gettext_lazy("Say what is needed: a language, a subject or a town."),
    "handoff_nobody": gettext_lazy(
        "Nobody here has noted all of this. Ask for less, or choose a colleague by name."
    ),
    "handoff_no_part": gettext_lazy(
        "You have no part of this friend’s bonus to give from. Agree on a split with its author "
        "first."
    ),
    "handoff_only_yours": gettext_lazy("You can give from your own part only."),
    "handoff_nothing": gettext_lazy("Your colleague needs a part, too. Keep a little less."),
    "handoff_floor": gettext_lazy("The floor cannot lie below the one in force."),
    "handoff_changed": gettext_lazy(
        "The shares have changed since this was offered. A new offer takes a minute."
    ),
    "handoff_lent": gettext_lazy(
        "You stand in for a colleague who is away: this friend goes back to them."
    ),
    "handoff_disputed": gettext_lazy(
        "The shares are being settled: until then the floor stays as it is."
    ),
    "handoff_not_fitting": gettext_lazy("This was offered to colleagues whom it fits."),
    "handoff_own": gettext_lazy(
        "You lead this one yourself: offer it, there is nothing to propose."
    ),
    "not_yours_to_answer": gettext_lazy("This waits for somebody else’s word."),
    "not_overseen": gettext_lazy("This referral is not among those you oversee."),
    "absence_days": gettext_lazy(
        "Choose days from today on: back after the first day, within %(days)s days."
    ),
    "absence_overlaps": gettext_lazy("An absence is planned on these days already."),
    "absence_covers": gettext_lazy(
        "On these days you stand in for a colleague. Settle first who takes that over."
    ),
    "cover_away": gettext_lazy("This colleague is away on these days, too."),
    "cover_oneself": gettext_lazy("Somebody else has to stand in."),
    "cover_unfit": gettext_lazy("This person does not look after friends in the branch."),
    "places_many": gettext_lazy("At most %(most)s towns, please."),
}
