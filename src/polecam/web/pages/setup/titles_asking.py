"""Titles of the settings about asking: peace for clients, surveys, thanks, words, messages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ASKING: dict[str, tuple[str | Promise, str | Promise]] = {
    "contact_rest_days": (
        gettext_lazy("Rest between two contacts"),
        gettext_lazy("Surveys, the pulse and thanks share it. Asks have a limit of their own."),
    ),
    "contacts_a_year": (
        gettext_lazy("Contacts in a year at most"),
        gettext_lazy("Surveys, the pulse and thanks to one client."),
    ),
    "survey_every_days": (
        gettext_lazy("Rest between two surveys"),
        gettext_lazy("The same client is asked about satisfaction no sooner."),
    ),
    "survey_days": (
        gettext_lazy("A survey can be answered for"),
        gettext_lazy("Then its link is closed."),
    ),
    "pulse_bp": (
        gettext_lazy("Clients asked whether they felt free to refuse"),
        gettext_lazy("A random share of those who were asked for a referral."),
    ),
    "pulse_alert_bp": (
        gettext_lazy("A quiet word to the boss from"),
        gettext_lazy("The share of answers saying: I did not feel free."),
    ),
    "pulse_least": (
        gettext_lazy("Fewest answers before a signal"),
        gettext_lazy("Fewer than this say nothing about anybody."),
    ),
    "pause_days": (
        gettext_lazy("A pause of suggestions lasts"),
        gettext_lazy("Decided by a human, with a reason; its seller reads it."),
    ),
    "card_days": (
        gettext_lazy("A client's card is valid"),
        gettext_lazy("Longer keeps a link open longer, so it needs a reason."),
    ),
    "words_test": (
        gettext_lazy("Fair test of words"),
        gettext_lazy("Variants of equal standing come in random order; anyone may opt out."),
    ),
    "guess_every": (
        gettext_lazy("“How likely is a yes?” about once in"),
        gettext_lazy("The courage meter asks the seller now and then; only they see it."),
    ),
    "thanks_days": (
        gettext_lazy("Thanks are due within"),
        gettext_lazy("From the recommendation, and from the talk."),
    ),
    "rewards": (
        gettext_lazy("Gifts to clients"),
        gettext_lazy("Switching it on needs a reason: thanks work without them."),
    ),
    "reward_most_grosze": (
        gettext_lazy("One gift is worth at most"),
        gettext_lazy("Larger rewards bring less profitable clients (Wolters et al. 2020)."),
    ),
    "reward_person_year_grosze": (
        gettext_lazy("Gifts to one person in a year at most"),
        gettext_lazy("Counted over the calendar year, for taxes."),
    ),
    "rewarded_a_year": (
        gettext_lazy("Rewarded referrals of one client in a year"),
        gettext_lazy("More are flagged for a look by a human."),
    ),
    "bank_secrecy": (
        gettext_lazy("Bank-secrecy mode"),
        gettext_lazy(
            "Nothing that reveals a banking relation goes out: no client's name, no product."
        ),
    ),
    "request_days": (
        gettext_lazy("Requests about personal data are answered within"),
        gettext_lazy("One month is the most the law allows (GDPR 12)."),
    ),
    "quiet_from": (
        gettext_lazy("Messages rest from"),
        gettext_lazy("In the evening they wait for the morning."),
    ),
    "quiet_until": (
        gettext_lazy("Messages go out from"),
        gettext_lazy("In the firm's own time zone."),
    ),
}
