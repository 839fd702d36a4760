"""Each setting's title and what it does: whose referral, money, disputes, data."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from polecam.web.pages.setup.titles_asking import ASKING
from polecam.web.pages.setup.titles_signin import SIGNIN

TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    **ASKING,
    **SIGNIN,
    "cost_of_client_grosze": (
        gettext_lazy("Cost of winning a client otherwise"),
        gettext_lazy("Savings of the branch are shown once this is entered. Your own figure."),
    ),
    "payday": (
        gettext_lazy("Pay-day of bonuses"),
        gettext_lazy("What became payable in a month is paid on this day of the next one."),
    ),
    "weekly_goal": (
        gettext_lazy("Suggested weekly goal"),
        gettext_lazy("Where a seller has set no own goal. Nobody else sees it."),
    ),
    "team_goal_asks": (
        gettext_lazy("Common goal of the team"),
        gettext_lazy("Asks of the whole branch in seven days."),
    ),
    "exclusivity_days": (
        gettext_lazy("Exclusivity from the friend's consent"),
        gettext_lazy("How long one seller alone leads a referral."),
    ),
    "contact_secures_days": (
        gettext_lazy("A contact secures at least"),
        gettext_lazy("From the day on which the friend was reached."),
    ),
    "claim_work": (
        gettext_lazy("What counts as work"),
        gettext_lazy("What secures the exclusivity for longer."),
    ),
    "claim_expiry": (
        gettext_lazy("When exclusivity ends without a result"),
        gettext_lazy("The authorship stays where it is, whatever is chosen."),
    ),
    "handoff_hours": (
        gettext_lazy("Time to answer an offered referral"),
        gettext_lazy("Without an answer it goes back by itself."),
    ),
    "handoff_product_bp": (
        gettext_lazy("Hand-off for a product: the author keeps"),
        gettext_lazy("A proposal; both see it and may change it before the answer."),
    ),
    "handoff_language_bp": (
        gettext_lazy("Hand-off for a language: the author keeps"),
        gettext_lazy("A proposal; both see it and may change it before the answer."),
    ),
    "handoff_place_bp": (
        gettext_lazy("Hand-off for a place: the author keeps"),
        gettext_lazy("A proposal; both see it and may change it before the answer."),
    ),
    "handoff_absence_bp": (
        gettext_lazy("Cover during an absence: the author keeps"),
        gettext_lazy("Afterwards the referral goes back by itself."),
    ),
    "handoff_leaving_bp": (
        gettext_lazy("When somebody leaves: the author keeps"),
        gettext_lazy("Where the plan lets a leaver earn."),
    ),
    "handoff_other_bp": (
        gettext_lazy("Hand-off for another reason: the author keeps"),
        gettext_lazy("A proposal; both see it and may change it before the answer."),
    ),
    "share_floor_bp": (
        gettext_lazy("The author's share never falls below"),
        gettext_lazy("Without the author's own consent, whoever works the referral."),
    ),
    "reuse_share_bp": (
        gettext_lazy("Share of the owner of a shared client"),
        gettext_lazy("When a colleague's ask of that client brings a referral."),
    ),
    "proposal_days": (
        gettext_lazy("Time to answer a proposed split"),
        gettext_lazy("Without an answer everything stays as it was."),
    ),
    "dispute_hours": (
        gettext_lazy("Time to decide a dispute"),
        gettext_lazy("Then it goes to the next person up."),
    ),
    "appeal_days": (
        gettext_lazy("Time to appeal against a decision"),
        gettext_lazy("Once; then the decision stands."),
    ),
    "extra_month_grosze": (
        gettext_lazy("Monthly budget for mentors and leaders"),
        gettext_lazy("Their extra comes from here, never from the sellers' shares."),
    ),
    "extra_each_grosze": (
        gettext_lazy("One extra for a mentor or leader"),
        gettext_lazy("Given by the boss for help with one referral, gross."),
    ),
    "match_same_bp": (
        gettext_lazy("Two records are one person from"),
        gettext_lazy("Above this likeness they are joined by themselves; it can be undone."),
    ),
    "match_ask_bp": (
        gettext_lazy("A human is asked from"),
        gettext_lazy("Below this likeness two records are two people."),
    ),
    "meeting_reminder_hours": (
        gettext_lazy("Reminder to the friend before a meeting"),
        gettext_lazy("Through the channel they agreed to; 0 means none."),
    ),
    "undo_minutes": (
        gettext_lazy("Taking back"),
        gettext_lazy("How long an ask or a referral can be taken back."),
    ),
    "ask_rest_days": (
        gettext_lazy("Rest between two asks"),
        gettext_lazy("For one client, across all sellers."),
    ),
    "refusals_rest_days": (
        gettext_lazy("Rest after two refusals"),
        gettext_lazy("Nobody asks this client before."),
    ),
    "recovery_days": (
        gettext_lazy("Rest after a complaint"),
        gettext_lazy("Counted from the day it was settled."),
    ),
    "invitation_days": (
        gettext_lazy("An invitation is valid"),
        gettext_lazy("Longer keeps a first name longer, so it needs a reason."),
    ),
    "unanswered_days": (
        gettext_lazy("Unanswered referrals are erased after"),
        gettext_lazy("Longer needs a reason; a month is the most the law allows."),
    ),
    "inactive_days": (
        gettext_lazy("Inactive referrals are erased after"),
        gettext_lazy("Counted from the last thing that happened. Longer needs a reason."),
    ),
    "client_may_be_named": (
        gettext_lazy("A QR shown by a seller names the client"),
        gettext_lazy("Naming a client reveals that they are one. Off unless clients allowed it."),
    ),
    "sms_without_gateway_unlocks": (
        gettext_lazy("A phone consent counts without a code"),
        gettext_lazy("Only where no SMS gateway is set up. Its bonus waits for the meeting."),
    ),
}
