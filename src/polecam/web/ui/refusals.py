"""What the business says when it says no: one sentence per code of `kit.errors.Refused`.

Every code used in the code has its sentence here (a test compares). A sentence tells what is the
case and, where there is one, the way on; `%(name)s` takes the refusal's params.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.kit.errors import Refused
from polecam.web.ui.format import tie

SENTENCES: dict[str, str | Promise] = {
    "not_allowed": gettext_lazy(
        "This page belongs to another role. Your own work is not affected."
    ),
    "key_reused": gettext_lazy(
        "This form was already sent with other words. Open it again, and nothing will be lost."
    ),
    # setup
    "organisation_exists": gettext_lazy("The firm is set up already."),
    "zone_unknown": gettext_lazy("This time zone is not known. Write it like Europe/Warsaw."),
    "branch_name_taken": gettext_lazy("A branch of this name is open already."),
    "name_missing": gettext_lazy("Please write a name."),
    "setting_unknown": gettext_lazy("There is no such setting."),
    "setting_from_past": gettext_lazy("A setting changes from now on or later, never backwards."),
    "setting_needs_reason": gettext_lazy(
        "This change loosens a protection, so it needs a reason. It stays on record."
    ),
    "setting_wrong_type": gettext_lazy("This value does not fit the setting."),
    "setting_out_of_bounds": gettext_lazy("Choose a value from %(low)s to %(high)s."),
    "notice_in_future": gettext_lazy("Record the notice on the day it is announced, not before."),
    "notice_needs_rule": gettext_lazy("Say where the rule stands, for example in the work rules."),
    # people
    "role_unknown": gettext_lazy("Choose one of the roles."),
    "email_taken": gettext_lazy("Someone with this e-mail address works here already."),
    "email_wrong": gettext_lazy("This does not look like an e-mail address."),
    "welcome_over": gettext_lazy(
        "This invitation was used or is too old. Ask whoever invited you for a new one."
    ),
    "own_role": gettext_lazy("Nobody changes their own role. Ask another admin."),
    "person_left": gettext_lazy("This person no longer works here."),
    "last_admin": gettext_lazy("The firm needs an admin. Give someone else this role first."),
    "choice_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "password_weak": gettext_lazy("%(why)s"),
    "no_notice": gettext_lazy("There is no notice to read yet."),
    # praise
    "praise_oneself": gettext_lazy("Praise goes to a colleague."),
    "praise_stranger": gettext_lazy("You can praise colleagues of your own branch."),
    "praise_empty": gettext_lazy("Write what you saw, one sentence is enough."),
    "praise_long": gettext_lazy("Make it a little shorter: at most %(most)s characters."),
}


def sentence_of(error: Refused) -> str:
    """The sentence of a refusal in the active language."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return _("This cannot be done now. Nothing was changed.")
    return tie(str(sentence) % error.params if error.params else str(sentence))
