"""Refusals of the data protection officer's desk: requests with deadlines, balancing tests."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "request_kind": gettext_lazy("Choose what the person asks for, and how it came."),
    "request_who": gettext_lazy("Write who asks, as the letter or the caller says it."),
    "request_in_future": gettext_lazy("Write the day on which it came; it cannot be ahead."),
    "request_extended": gettext_lazy("This request has more time already; the law gives it once."),
    "request_late": gettext_lazy(
        "More time can be taken only before the first deadline. Answer now, and say why it is late."
    ),
    "request_needs_reason": gettext_lazy(
        "Write the reason: the person has to be told it, and it stays on record."
    ),
    "request_outcome": gettext_lazy("Choose what became of the request."),
    "request_not_erased": gettext_lazy(
        "This person still stands here. Erase them first, from their page; then it is done."
    ),
    "request_nobody": gettext_lazy("First find whose request it is, or choose: nothing is kept."),
    "request_somebody": gettext_lazy("Something is kept about this person: another outcome fits."),
    "request_over": gettext_lazy("This request was answered already."),
    "correction_name": gettext_lazy("Write at least the first name."),
    "balancing_title": gettext_lazy("Write the name of the campaign."),
    "balancing_title_taken": gettext_lazy(
        "This campaign has a test already. Open it and begin its next version there."
    ),
    "balancing_part": gettext_lazy("Each of the four parts needs at least a sentence."),
    "balancing_draft_open": gettext_lazy("Its next version is being written already."),
    "balancing_own": gettext_lazy(
        "Whoever wrote a test does not sign it. Another data protection officer can."
    ),
    "balancing_signed": gettext_lazy("This version is signed and never changes. Begin the next."),
    "balancing_review": gettext_lazy(
        "Choose the day of the next look: after today, within two years."
    ),
}
