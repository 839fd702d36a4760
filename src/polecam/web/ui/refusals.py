"""What the business says when it says no: one sentence per code of `kit.errors.Refused`.

Every code used in the code has its sentence here (a test compares). A sentence tells what is the
case and, where there is one, the way on; `%(name)s` takes the refusal's params. Many of one kind
stand in a file of their own, `refusals_<kind>.py`.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.kit.errors import Refused
from polecam.web.ui import (
    refusals_asking,
    refusals_cards,
    refusals_disputes,
    refusals_files,
    refusals_handoffs,
    refusals_keeping,
    refusals_law,
    refusals_mailing,
    refusals_moments,
    refusals_payroll,
    refusals_plans,
    refusals_pool,
    refusals_signin,
    refusals_sso,
    refusals_staff,
    refusals_start,
    refusals_surveys,
    refusals_thanks,
    refusals_tree,
    refusals_words,
)
from polecam.web.ui.format import tie, unit

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
    "setting_needs_source": gettext_lazy(
        "Say where this figure is from, for example which report. It stays beside it."
    ),
    "setting_wrong_type": gettext_lazy("This value does not fit the setting."),
    "setting_out_of_bounds": gettext_lazy("Choose a value from %(low)s to %(high)s."),
    "notice_in_future": gettext_lazy("Record the notice on the day it is announced, not before."),
    "notice_needs_rule": gettext_lazy("Say where the rule stands, for example in the work rules."),
    # one's own time
    "effort_unknown": gettext_lazy("Choose one of the possibilities shown."),
    "minutes_out_of_bounds": gettext_lazy("Choose from 1 to %(most)s minutes."),
    "timer_runs": gettext_lazy("Another timer runs. Stop it first; what it measured is kept."),
    "income_month": gettext_lazy("Choose this month or an earlier one."),
    "income_amount": gettext_lazy("Write an amount from 0 %(unit)s up, or leave it empty."),
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
    "friend_not_asked": gettext_lazy(
        "The friend has not said yet whether you may get in touch. The contact opens with their "
        "word."
    ),
    "contact_missing": gettext_lazy("There is no number or address for this channel."),
    "division_nobody": gettext_lazy("Choose at least one colleague."),
    "division_empty": gettext_lazy("There is nothing to divide here."),
    "division_running": gettext_lazy("This portfolio is on the move already."),
    "division_over": gettext_lazy("This hand-off is in another state by now. Open it again."),
    "division_sum": gettext_lazy("Together it must be %(things)s clients, neither more nor fewer."),
    "division_taker_left": gettext_lazy(
        "A colleague of this draft no longer works in the branch. Give their part to somebody else."
    ),
    "division_still_here": gettext_lazy(
        "As long as this person works here, what they lead is theirs. End their access first."
    ),
    "claim_running": gettext_lazy("Somebody leads this referral already."),
    "friend_taken": gettext_lazy("The friend has said yes to another colleague meanwhile."),
    "claim_missing": gettext_lazy("No exclusivity runs on this referral."),
    "reason_missing": gettext_lazy("Say why you look. The reason stays in the journal."),
    "first_name_missing": gettext_lazy("Tell us what to call you."),
    # work on referrals
    "not_holder": gettext_lazy("This referral is led by someone else."),
    "referral_move": gettext_lazy("This step does not fit where the referral is now."),
    "referral_waits": gettext_lazy("The friend has not agreed yet. There is nothing to do now."),
    "referral_ended": gettext_lazy("This referral has ended. Its journal stays."),
    "claim_over": gettext_lazy("The time of exclusivity is over, so the contact is closed."),
    "no_consent": gettext_lazy(
        "The friend did not agree to this way of contact, so nothing was recorded."
    ),
    "contact_result": gettext_lazy("Say how it went."),
    "next_step": gettext_lazy("Choose what comes next."),
    "step_day": gettext_lazy("Choose a day from today to half a year ahead."),
    "lost_reason": gettext_lazy("Choose a reason."),
    "meeting_time": gettext_lazy("Choose a time from a week ago to a year ahead."),
    "meeting_ahead": gettext_lazy("The meeting is still ahead."),
    "meeting_settled": gettext_lazy("This meeting is settled already."),
    "meeting_not_held": gettext_lazy("The seller has not said yet that the meeting took place."),
    # sales
    "own_confirmation": gettext_lazy(
        "Your own money is confirmed by someone else: another manager or an admin."
    ),
    "sale_in_future": gettext_lazy("This day is still ahead. Report the sale when it is made."),
    "sale_before_referral": gettext_lazy("The sale cannot be older than the referral itself."),
    "sale_backdated": gettext_lazy("More than %(days)s days ago: please choose why so late."),
    "sale_value": gettext_lazy("Write an amount above zero, for example 250 000,00."),
    "sale_margin": gettext_lazy("The margin lies between zero and the value."),
    "sale_amount": gettext_lazy("This does not look like an amount. Write it like 6 400,00."),
    "sale_state": gettext_lazy("The sale is in another state by now. Open it again."),
    "contract_taken": gettext_lazy("Another sale of the branch has this contract number."),
    "void_reason": gettext_lazy("Choose a reason."),
    "complaint_ground": gettext_lazy("Choose what the complaint is about."),
    "complaint_open": gettext_lazy("A complaint on this sale is open already."),
    "complaint_decided": gettext_lazy("This complaint has been decided."),
    "complaint_words": gettext_lazy("Write in a sentence why you decide so."),
    # clients and their moments
    "owner_unfit": gettext_lazy("This person does not ask in the branch."),
    "client_number_taken": gettext_lazy("Another client of the branch has this number."),
    "phone_invalid": gettext_lazy(
        "This does not look like a phone number. Nine digits are enough."
    ),
    "email_invalid": gettext_lazy("This does not look like an e-mail address."),
    "undo_late": gettext_lazy("It is too late to take this back with one tap."),
    "unknown_moment": gettext_lazy("Choose one of the moments."),
    "moment_rating": gettext_lazy("A reason to ask is a 9 or a 10, freely given."),
    "moment_date": gettext_lazy("Choose a day within two years."),
    "moment_end": gettext_lazy("Choose a day after the beginning."),
    "cause_not_kept": gettext_lazy("Leave the cause out: a day is all that is stored."),
    "note_long": gettext_lazy("Make the note a little shorter, please."),
    "rest_date": gettext_lazy("Choose a day ahead, within two years."),
    # who is this person
    "same_record": gettext_lazy("This is one record, not two."),
    "record_erased": gettext_lazy("One of the two was erased meanwhile. Nothing was changed."),
    "joined_already": gettext_lazy("These records are joined already."),
    "parted_already": gettext_lazy("These records were parted already."),
    "said_different": gettext_lazy(
        "Somebody said that one of these records is another person. Take that answer back first."
    ),
    "match_answered": gettext_lazy("Somebody has answered this pair already."),
    "match_open": gettext_lazy("This pair waits for an answer already."),
    "not_your_pair": gettext_lazy("This pair is looked at by somebody else."),
    "notice_often": gettext_lazy(
        "That is enough for today. Tomorrow this notice can be opened again."
    ),
    "not_further": gettext_lazy("This referral is no further recommendation any more."),
    # roots of the journal
    "root_holder_known": gettext_lazy("The roots are mailed to this address already."),
    "root_holders_many": gettext_lazy("At most %(most)s outside addresses, please."),
    # files, and the imports made of them
    "file_empty": gettext_lazy("The file is empty."),
    "file_kind": gettext_lazy("This is no table. Save it as CSV or XLSX and upload it again."),
    "file_old_workbook": gettext_lazy(
        "This is a workbook of the old kind. Save it as XLSX or CSV and upload it again."
    ),
    "file_damaged": gettext_lazy("The workbook is damaged. Save it again, or as CSV."),
    "file_locked": gettext_lazy("The workbook is locked by a password. Save it without one."),
    "file_too_large": gettext_lazy("The file is too large: 256 MB at most, and a million rows."),
    "column_unknown": gettext_lazy("Choose the meaning of each column from the list."),
    "column_twice": gettext_lazy("Two columns mean the same. Choose one of them."),
    "columns_missing": gettext_lazy("A column is missing that this import needs."),
    "import_started": gettext_lazy("This import runs already."),
    "import_over": gettext_lazy("This import has ended. Upload the file again to repeat it."),
    **refusals_asking.SENTENCES,
    **refusals_cards.SENTENCES,
    **refusals_disputes.SENTENCES,
    **refusals_files.SENTENCES,
    **refusals_handoffs.SENTENCES,
    **refusals_keeping.SENTENCES,
    **refusals_law.SENTENCES,
    **refusals_mailing.SENTENCES,
    **refusals_moments.SENTENCES,
    **refusals_payroll.SENTENCES,
    **refusals_plans.SENTENCES,
    **refusals_pool.SENTENCES,
    **refusals_signin.SENTENCES,
    **refusals_sso.SENTENCES,
    **refusals_staff.SENTENCES,
    **refusals_start.SENTENCES,
    **refusals_surveys.SENTENCES,
    **refusals_thanks.SENTENCES,
    **refusals_tree.SENTENCES,
    **refusals_words.SENTENCES,
}


def sentence_of(error: Refused) -> str:
    """The sentence of a refusal in the active language."""
    sentence = SENTENCES.get(error.code)
    if sentence is None:
        return _("This cannot be done now. Nothing was changed.")
    said = str(sentence)
    return tie(said % {"unit": unit(), **error.params} if "%(" in said else said)
