"""The words of shares: roles, why a set began, why another one is proposed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.claims.models import ExtraRole, ProposalReason, ShareReason, ShareRole
from polecam.web.ui.referral_labels import Labels

ROLES: Labels = {
    ShareRole.INTRODUCER: _("brings it"),
    ShareRole.OPENER: _("opens the door"),
    ShareRole.CLOSER: _("closes it"),
}
REASONS: Labels = {
    ShareReason.CAPTURE: _("At the beginning: whoever brings it has it all"),
    ShareReason.REUSE: _("At the beginning: a colleague looks after this client"),
    ShareReason.HANDOFF: _("Agreed at the hand-off"),
    ShareReason.AGREED: _("Agreed by everyone who gets less"),
    ShareReason.DISPUTE: _("Decided in a dispute"),
    ShareReason.LEAVING: _("Somebody left, or a portfolio was divided"),
    ShareReason.UNDONE: _("As before: what had changed it was undone"),
}
PROPOSED: Labels = {
    ProposalReason.JOINT: _("We work on it together"),
    ProposalReason.CORRECTION: _("The split does not say who did what"),
    ProposalReason.OTHER: pgettext_lazy("reason of another split", "Another reason"),
}
EXTRA_ROLES: Labels = {
    ExtraRole.MENTOR: pgettext_lazy("extra for help", "mentor"),
    ExtraRole.LEADER: pgettext_lazy("extra for help", "leader"),
}
