"""Refusals of writing, publishing, assigning and taking bonus plans."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "plan_draft_exists": gettext_lazy(
        "This plan has a draft already. Open it, or let it go first."
    ),
    "plan_template": gettext_lazy("There is no such template. Choose one of those shown."),
    "plan_name": gettext_lazy("Please write a name of at most %(longest)s characters."),
    "plan_copy": gettext_lazy("Only a published version you may read can be copied."),
    "plan_published": gettext_lazy(
        "This version is published and never changes. Begin the next one from it."
    ),
    "plan_submitted": gettext_lazy(
        "This draft waits for a second person. Take it back if you want to write on."
    ),
    "plan_not_submitted": gettext_lazy("Nobody waits for a decision about this draft now."),
    "plan_own_draft": gettext_lazy("Somebody else approves what you submitted."),
    "plan_draft_moved_on": gettext_lazy(
        "Somebody changed this draft while you had it open. Look at it again first; what you typed "
        "is still below."
    ),
    "plan_has_problems": gettext_lazy(
        "A few things need to be put right before this plan can be published."
    ),
    "plan_needs_hold": gettext_lazy(
        "In a regulated firm an amount waits at least a day before it is payable."
    ),
    "plan_days": gettext_lazy("Write a number of days or months within the bounds shown."),
    "plan_condition": gettext_lazy("This condition could never be met. Write other numbers."),
    "plan_band_backwards": gettext_lazy("A row of a table ends after it begins."),
    "plan_band_twice": gettext_lazy("Two rows of this table begin at the same point."),
    "plan_window_backwards": gettext_lazy("A special action ends after it begins."),
    "plan_long": gettext_lazy(
        "A plan has at most %(most)s rules; a longer one nobody would remember."
    ),
    "plan_reason": gettext_lazy(
        "Write in a few words why it comes back (at most %(longest)s characters)."
    ),
    "plan_period": gettext_lazy("It ends after it begins."),
    "plan_assign_oneself": gettext_lazy("Somebody else assigns a plan to you."),
    "plan_assign_whom": gettext_lazy("Choose one person, or a role, or a branch."),
    "plan_assigned_twice": gettext_lazy("Another plan is assigned to them in this time already."),
    "plan_assignment_over": gettext_lazy("This assignment is over already."),
    "plan_not_published": gettext_lazy("This version is not published yet."),
    "plan_not_yours": gettext_lazy("Another plan holds for you."),
    "version_none_newer": gettext_lazy("There is no newer version of your plan for this referral."),
    "version_sale_confirmed": gettext_lazy(
        "The sale is confirmed, so the version of its time holds."
    ),
    "version_no_share": gettext_lazy("Only whoever shares this referral chooses its version."),
    "version_not_open": gettext_lazy("This referral is closed; its version stays."),
    "version_others_lose": gettext_lazy(
        "A colleague who shares this referral would get less. So the version of its capture holds."
    ),
    "version_sums_changed": gettext_lazy(
        "The sums have changed since you looked. Here they are again; nothing was chosen."
    ),
}
