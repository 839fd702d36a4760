"""Refusals about thanks, and about what the firm gives with them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "thanks_settled": gettext_lazy("These thanks are noted already. Nothing more to do."),
    "thanks_way": gettext_lazy("Choose how you thanked: in words, with a card, or by e-mail."),
    "thanks_not_told": gettext_lazy(
        "The friend has not allowed this. What was between you and them stays there."
    ),
    "thanks_no_email": gettext_lazy(
        "This client has not agreed to thanks by e-mail. Your own words are better anyway."
    ),
    "thanks_sent": gettext_lazy("The e-mail is on its way; it cannot be taken back."),
    "rewards_off": gettext_lazy("Rewards are switched off here. Thanks work without them."),
    "reward_gone": gettext_lazy("This is not offered at the moment. Choose again."),
    "reward_title": gettext_lazy("Give it a name in both languages, up to 80 characters each."),
    "reward_side": gettext_lazy("Choose whom it is for."),
    "reward_outcome": gettext_lazy("Choose after what it is given."),
    "reward_tax": gettext_lazy("Choose one of the tax classes."),
    "reward_too_large": gettext_lazy(
        "At most %(most)s %(unit)s by the firm’s setting. Larger rewards bring less profitable "
        "clients."
    ),
    "reward_value": gettext_lazy("The worth is a flat amount, 0 %(unit)s or more."),
    "reward_stock": gettext_lazy("How many are left: a whole number from 0 to 100 000, or empty."),
    "reward_ended": gettext_lazy("This reward has left the catalogue."),
    "reward_none_left": gettext_lazy("None of it is left. Nothing was approved."),
    "reward_budget_none": gettext_lazy("There is no budget for this year yet. Set one first."),
    "reward_budget_spent": gettext_lazy(
        "The budget of the year does not reach that far. Nothing was approved."
    ),
    "reward_budget_low": gettext_lazy(
        "More than that is promised already this year: %(used)s %(unit)s."
    ),
    "reward_year": gettext_lazy("Choose this year or the next one."),
    "reward_person_year": gettext_lazy(
        "With this, one person would get more in a year than the setting allows: %(most)s %(unit)s."
    ),
    "reward_own_client": gettext_lazy("Somebody who is not this client’s own seller decides."),
    "reward_needs_reason": gettext_lazy("Please say why, in one sentence."),
    "reward_settled": gettext_lazy("This reward is settled already. Nothing was changed."),
    "reward_nobody": gettext_lazy("The person is no longer here; this can only be cancelled."),
}
