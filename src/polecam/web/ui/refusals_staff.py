"""Sentences of refusals: people, their roles, deputies and leaving."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    # invitations
    "guests_none": _("There is nobody on the list yet."),
    "guests_not_ready": _("Somebody on the list cannot be invited like this. Look at the list."),
    "guests_many": _("At most %(most)s people in one go. Invite these, then the rest."),
    # roles
    "last_role": _("This is their last role. If they leave, choose “No longer works here”."),
    "duties_conflict": _(
        "These two duties do not go well together. Read why below, and confirm if it is meant."
    ),
    "branch_closed": _("This branch is closed."),
    "role_over": _("This role has ended already."),
    # moves and last days
    "move_same": _("Choose another branch than the one they are in."),
    "move_from_nowhere": _("They have no role of this kind in the branch they would leave."),
    "move_day": _("Choose a day from today to a year ahead."),
    "move_planned": _("A move from this branch is planned already. Take it back first."),
    "move_after_leaving": _("On that day they no longer work here. Take back the last day first."),
    "move_over": _("This move is over already."),
    "departure_day": _("Choose a last day from today to a year ahead."),
    "departure_planned": _("A last day is planned already. Take it back first."),
    "departure_over": _("This last day has passed already."),
    # deputies
    "deputy_days": _("Choose days from today on, at most %(days)s of them."),
    "deputy_overlaps": _("Somebody stands in during these days already."),
    "deputy_not_manager": _("Choose whom to stand in for: a manager of this branch."),
    "deputy_unfit": _("A deputy works here and leads nothing in this branch yet."),
    "deputy_oneself": _("Nobody names themselves. The manager, the region or an admin does."),
    "deputy_away": _("They are away themselves in these days."),
    "deputy_duties": _(
        "Payroll and data protection look at what a manager decides, so they do not stand in."
    ),
    "deputy_own_manager": _(
        "You stand in for whoever earns by this, so somebody else confirms it: an admin."
    ),
}
