"""Thanks and rewards, in sentences; never what a friend chose, or whether they answered."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("thanks.owed")
def owed(tale: Tale) -> str:
    """For what."""
    if tale.data["occasion"] == "talked":
        return _("Thanks after the talk are due.")
    return _("Thanks for the recommendation are due.")


@tells("thanks.given")
def given(tale: Tale) -> str:
    """How."""
    return {
        "words": _("The client was thanked in words."),
        "card": _("The client was thanked with a card."),
        "email": _("The client was thanked by e-mail."),
    }[tale.data["way"]]


@tells("thanks.skipped", "thanks.reopened", "thanks.let_go")
def left(tale: Tale) -> str:
    """Without a reason."""
    return {
        "thanks.skipped": _("The client wants no thanks."),
        "thanks.reopened": _("Thanks are due again."),
        "thanks.let_go": _("Thanks are due no more."),
    }[tale.event.kind]


@tells("thanks.chosen")
def chosen(_tale: Tale) -> str:
    """What was chosen stands on the client's own page."""
    return _("The client said how to be thanked.")


@tells("reward.added", "reward.stocked", "reward.classified", "reward.ended")
def reward(tale: Tale) -> str:
    """The catalogue."""
    return {
        "reward.added": _("A reward came into the catalogue."),
        "reward.stocked": _("It was noted how many of a reward are left."),
        "reward.classified": _("The tax class of a reward was decided."),
        "reward.ended": _("A reward left the catalogue."),
    }[tale.event.kind]


@tells("reward_budget.set")
def budget(tale: Tale) -> str:
    """How much, for which year."""
    return _("Budget of client rewards for %(year)s: %(amount)s.") % {
        "year": tale.data["year"],
        "amount": fmt.zl(tale.data["grosze"]),
    }


@tells(
    "reward_grant.asked",
    "reward_grant.approved",
    "reward_grant.refused",
    "reward_grant.given",
    "reward_grant.cancelled",
)
def grant(tale: Tale) -> str:
    """Where a reward stands; its reason is told on its own page."""
    return {
        "reward_grant.asked": pgettext("reward", "A reward waits for a decision."),
        "reward_grant.approved": pgettext("reward", "A reward was approved."),
        "reward_grant.refused": pgettext("reward", "A reward was refused."),
        "reward_grant.given": pgettext("reward", "A reward was given."),
        "reward_grant.cancelled": pgettext("reward", "A reward was cancelled."),
    }[tale.event.kind]
