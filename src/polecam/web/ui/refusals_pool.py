"""Refusals of the branch pool, of coaching and of engagements."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "pool_changed": gettext_lazy(
        "The pool has changed since you looked. Nothing was divided; here is how it stands now."
    ),
    "pool_amount": gettext_lazy("Divide more than 0 %(unit)s and at most what the pool holds."),
    "pool_nobody": gettext_lazy(
        "By the rule of the plan nobody would get a part now. The pool stays as it is."
    ),
    "coaching_oneself": gettext_lazy("Choose two people: who helped, and whom."),
    "coaching_own": gettext_lazy("Somebody else confirms what you took part in."),
    "coaching_stranger": gettext_lazy("Both need to sell in this branch now."),
    "coached_before": gettext_lazy("This was confirmed already; it counts once for each two."),
    "engagement_kind": gettext_lazy("Choose one of the kinds of engagement."),
    "engagement_part": gettext_lazy("A part of full time is above 0% and at most 100%."),
    "engagement_backwards": gettext_lazy(
        "It begins after the one before, and ends after it began."
    ),
    "engagement_none": gettext_lazy("There is no engagement that runs now."),
    "engagement_own": gettext_lazy("Somebody else looks after your own engagement."),
}
