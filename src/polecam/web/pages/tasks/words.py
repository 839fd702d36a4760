"""What each task is called, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

READERS: dict[str, str | Promise] = {
    "claims": _("Tells sellers about exclusivity"),
    "disputes": _("Tells the parties of a case"),
    "feeds": _("Tells about nightly files"),
    "handoffs": _("Tells about hand-offs"),
    "mail": _("Writes the links that confirm a channel"),
    "matches": _("Compares people after a consent"),
    "portfolio": _("Carries on with portfolios"),
    "rewards": _("Proposes rewards"),
    "security": _("Tells about new sign-ins"),
    "statements": _("Tells about statements"),
    "surveys": _("Follows up on surveys"),
    "thanks": _("Proposes thanks"),
    "turns": _("Hands what was waiting to the next"),
    "welcome": _("Welcomes friends and clients"),
}
JOBS: dict[str, str | Promise] = {
    "expire": _("Lets unanswered invitations expire"),
    "remind-claims": _("Reminds of exclusivity that ends"),
    "stayed": _("Credits clients who stayed"),
    "vest": _("Makes held money due"),
    "pool": _("Fills the branch pool"),
    "pulse": _("Asks some clients whether they felt free"),
    "pulse-alerts": _("Looks whether the pulse needs a human"),
    "retain": _("Settles sales that can no longer be taken back"),
    "dates": _("Makes moments out of dates"),
    "bonus-run": _("Recalculates bonuses"),
    "forget": _("Forgets old sessions and form keys"),
    "forget-files": _("Forgets imported files"),
    "matches": _("Compares all people"),
    "seal": _("Seals the day of the journal"),
    "roots": _("Mails the day’s root"),
    "backup": _("Makes the copy of the night"),
    "old-copies": _("Deletes copies older than 30 days"),
}
MESSAGES: dict[str, str | Promise] = {
    "waiting": pgettext_lazy("messages on their way", "waiting"),
    "sending": pgettext_lazy("messages on their way", "being sent"),
    "unsure": pgettext_lazy("messages on their way", "unsure"),
}


def name(of: dict[str, str | Promise], key: str) -> str | Promise:
    """The name of a task; its key where a newer database knows one more."""
    return of.get(key, key)
