"""Refusals on the client's own page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "client_consent_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "client_no_contact": gettext_lazy("We know no address of yours, so there is nothing to send."),
    "card_links_full": gettext_lazy(
        "There are %(most)s open links by now. Take one back, and there is room for another."
    ),
    "card_adviser_left": gettext_lazy(
        "Your adviser no longer works here, so no new link can be made. The open ones still work."
    ),
    "words_with_friend": gettext_lazy(
        "Leave your friend's name out: the same text goes with each of your links."
    ),
    "words_changed": gettext_lazy(
        "The sentences have changed since this page was opened, for example its language. "
        "Read them once more and tick what you agree to."
    ),
    "invitation_revoked": gettext_lazy("Whoever gave you this link has taken it back."),
}
