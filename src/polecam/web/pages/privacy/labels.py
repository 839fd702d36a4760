"""Codes of requests, nights and the register as words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REQUESTS: dict[str, str | Promise] = {
    "access": _("To know what is kept"),
    "rectify": _("A correction"),
    "erase": _("To be erased"),
    "port": _("Data to take along"),
    "object": _("No more marketing"),
}
CAME: dict[str, str | Promise] = {
    "letter": _("by letter"),
    "phone": _("on the phone"),
    "email": _("in an e-mail"),
    "in_person": _("in person"),
    "own_page": _("from their own page"),
}
OUTCOMES: dict[str, str | Promise] = {
    "done": _("Done as asked"),
    "nothing_kept": _("Nothing is kept about this person"),
    "taken_back": _("The person took it back"),
    "refused": _("Refused, with a reason"),
}
REASONS = {
    "access": "access",
    "rectify": "correction",
    "erase": "erasure",
    "port": "access",
    "object": "objection",
}
"""Why the officer opens the page of whoever asks (actions.officer.REASONS)."""
NIGHT: dict[str, str | Promise] = {
    "unanswered": _("Friends who did not answer in time"),
    "inactive": _("Friends with whom nothing happened for long"),
    "invitations": _("Invitations whose time is over (their words go)"),
    "form_keys": _("Keys of forms already sent"),
    "rate_limits": _("Counters of rate limits"),
    "sessions": _("Ended sessions"),
    "welcome_mails": _("Mails that invited colleagues"),
    "welcomes": _("Invitations of colleagues nobody accepted"),
    "sign_ins": _("Who signed in, after a year"),
    "sign_in_sessions": _("Sessions of more than a year ago"),
    "sign_in_secrets": _("Apps and passkeys of leavers, or never confirmed"),
    "spare_codes": _("Spare codes of leavers"),
    "staged_files": _("Uploaded files nobody started"),
    "rejected_rows": _("Rejected rows of imports"),
}
