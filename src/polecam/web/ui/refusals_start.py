"""Sentences of refusals: the first days of a firm."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "start_over": gettext_lazy("The firm stands; the start link has done its work. Sign in."),
    "start_begun": gettext_lazy(
        "Somebody has done this step meanwhile. If it was you, sign in and go on."
    ),
    "start_no_firm": gettext_lazy("Say first what the firm is, then open its first branch."),
    "start_step": gettext_lazy("This step cannot wait: friends or the law count on it."),
    "start_reason": gettext_lazy("Say in a few words why it can wait. It stays on record."),
    "manager_there": gettext_lazy(
        "Somebody else works here already. Roles are given under People and settings."
    ),
    "address_missing": gettext_lazy("Write the firm’s address: friends read who holds their data."),
    "contact_missing": gettext_lazy("Write whom to write to about personal data."),
}
