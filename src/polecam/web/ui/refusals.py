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
    # bonuses
    "already_reversed": gettext_lazy("This was taken back already, and that can be done once."),
    "plan_backwards": gettext_lazy("A new version starts now or later, never backwards."),
    "plan_without_rules": gettext_lazy("A plan needs at least one rule."),
    "plan_rate_without_margin": gettext_lazy(
        "Only a sale has a margin. A consent or a meeting earns a fixed amount."
    ),
    "plan_amounts": gettext_lazy(
        "Each rule pays either an amount above zero or a share of margin up to the whole."
    ),
    "plan_needs_quality": gettext_lazy(
        "A regulated branch needs a quality criterion: an upheld complaint takes amounts back."
    ),
    "plan_needs_clawback": gettext_lazy(
        "A regulated branch needs a period in which paid amounts may be asked back."
    ),
    "plan_version_same_day": gettext_lazy(
        "Another version starts at that moment. Choose a different one."
    ),
    # the friend's page and the data protection officer
    "channel_missing": gettext_lazy("Tick at least one consent, or choose a visit."),
    "channel_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "channel_needs_consent": gettext_lazy(
        "For this we need your consent. Tick it, or choose another way to talk."
    ),
    "phone_unreadable": gettext_lazy(
        "This does not look like a phone number. Nine digits are enough."
    ),
    "email_unreadable": gettext_lazy("This does not look like an e-mail address."),
    "invitation_answered": gettext_lazy("This invitation has its answer already."),
    "link_over": gettext_lazy("This link is over. Nothing was changed."),
    "link_unproven": gettext_lazy(
        "This can be confirmed once the link sent to you has been opened. The branch can do it too."
    ),
    "own_session": gettext_lazy(
        "Someone who works here is signed in in this browser. Open the link on your own device."
    ),
    "meeting_missing": gettext_lazy("There is no talk to confirm."),
    "erasure_by_officer": gettext_lazy(
        "You are a client by now, so a person decides what must be kept. Write to the data "
        "protection officer; nobody will call meanwhile if you withdraw your consents here."
    ),
    "contact_locked": gettext_lazy(
        "The contact opens once the friend confirms this channel, for the one who leads it."
    ),
    "contact_missing": gettext_lazy("There is no number or address for this channel."),
    "claim_missing": gettext_lazy("No exclusivity runs on this referral."),
    "reason_missing": gettext_lazy("Say why you look. The reason stays in the journal."),
    "first_name_missing": gettext_lazy("Tell us what to call you."),
}


def sentence_of(error: Refused) -> str:
    """The sentence of a refusal in the active language."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return _("This cannot be done now. Nothing was changed.")
    return tie(str(sentence) % error.params if error.params else str(sentence))
