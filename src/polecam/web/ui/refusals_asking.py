"""Refusals around asking and recording: asks, captures, the budget, the courage meter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "objection_stands": gettext_lazy(
        "An objection under the law stands here, and no note changes it. If they wish otherwise, "
        "they tell the data protection officer."
    ),
    "unknown_guess": gettext_lazy("Choose one of the five answers, or “not now”."),
    "not_your_client": gettext_lazy("Only the client's own adviser asks them."),
    "not_your_ask": gettext_lazy("This ask belongs to somebody else, and so does its answer."),
    "not_your_referral": gettext_lazy("Somebody else brought this referral."),
    "not_your_words": gettext_lazy("These are not your own words."),
    "ask_undone": gettext_lazy("This ask was taken back."),
    "ask_of_another_client": gettext_lazy("This ask belongs to another client. Open it again."),
    "answered_already": gettext_lazy("This ask has its answer already."),
    "unknown_answer": gettext_lazy("Choose what the client answered."),
    "follow_up_date": gettext_lazy("Choose a day ahead, within a year."),
    "unknown_reason": gettext_lazy("Choose a reason, or simply come back later."),
    "contacted_lately": gettext_lazy("We wrote to this client lately. The next contact waits."),
    "undo_too_late": gettext_lazy("It can be taken back for %(minutes)s minutes, no longer."),
    "undo_after_answer": gettext_lazy("The friend has answered, so this stays as it is."),
    "goal_out_of_range": gettext_lazy("A goal lies between 1 and 30."),
    "money_goal_out_of_range": gettext_lazy("A goal lies between 1 and 100,000 %(unit)s a month."),
    "no_number_please": gettext_lazy(
        "A first name is enough. The friend gives a number or address only if they wish."
    ),
    "unknown_need": gettext_lazy("Choose one of the occasions, or none."),
    "shares_sum": gettext_lazy("The parts must be above zero and make 100% together."),
    "share_twice": gettext_lazy("Each person stands once in a split."),
    "shares_floor": gettext_lazy("This would fall below a floor that was agreed on."),
    "shares_same": gettext_lazy("This is the split in force. Nothing would change."),
    "share_role": gettext_lazy(
        "Whoever's part stays as it is keeps their role, too, unless they change it themselves."
    ),
    "share_percent": gettext_lazy("Write a percentage with at most two decimals, like 33,25."),
    "share_stranger": gettext_lazy("Only those who sell in this branch can have a part."),
    "proposal_reason": gettext_lazy("Choose why you propose it."),
    "proposal_open": gettext_lazy(
        "A proposal waits for its answer already. There can be one at a time."
    ),
    "proposal_over": gettext_lazy("This proposal has ended. The split stays as it is."),
    "proposal_expired": gettext_lazy(
        "The time to answer is over, so the split stays as it is. It can be proposed again."
    ),
    "shares_changed": gettext_lazy(
        "The split changed meanwhile, so this proposal no longer fits. It can be proposed anew."
    ),
    "shares_settled": gettext_lazy(
        "The sale is confirmed and credited by the split that was in force. What was credited "
        "stays as it is."
    ),
    "not_your_proposal": gettext_lazy("This proposal waits for somebody else's word."),
    "nothing_to_share": gettext_lazy("Nobody leads this person now, so there is nothing to share."),
    "share_asked": gettext_lazy("Ask for a part above zero and below the whole."),
    "share_asked_already": gettext_lazy("You asked for this share before. Once is enough."),
    "share_have": gettext_lazy("You have a part already."),
    "share_ask_later": gettext_lazy("This cannot be asked right now. Try again in a few days."),
    "extra_role": gettext_lazy("Choose whether it is for a mentor or for a leader."),
    "extra_oneself": gettext_lazy("An extra goes to somebody else."),
    "extra_in_set": gettext_lazy(
        "This person shares the credit of the referral already. An extra is for help beside it."
    ),
    "extra_twice": gettext_lazy("This help has had its extra already."),
    "extra_budget": gettext_lazy("The month's budget does not hold one more extra."),
    "unknown_warmth": gettext_lazy("Choose one of the three, or leave it open."),
    "unknown_setback": gettext_lazy("Choose what it was about."),
    "setback_empty": gettext_lazy("Write a few words first; only you will read them."),
    "not_your_page": gettext_lazy("This page belongs to somebody else's notebook."),
    "repair_reason": gettext_lazy("Choose how the client reacted."),
    "friend_objected": gettext_lazy(
        "This person asked to be left alone. Thank the client, and let it rest."
    ),
    "words_missing": gettext_lazy("Write what you say."),
    "exit_line_missing": gettext_lazy("Leave the client a way to say no."),
    "words_too_long": gettext_lazy("At most %(longest)s characters, please."),
    "words_with_contact": gettext_lazy("Leave numbers and addresses out of the text."),
    "invitation_over": gettext_lazy("This invitation is over. A new one takes one tap."),
}
