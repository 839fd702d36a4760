"""Drafts and versions of bonus plans in sentences; sums only to the seller who saw them."""

from django.utils.translation import gettext as _

from polecam.people.models import Role
from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


def _number(tale: Tale) -> dict[str, object]:
    return {"number": tale.data["number"]}


@tells("plan.draft_started")
def draft_started(tale: Tale) -> str:
    """A new draft."""
    return _("A draft of version %(number)s of the bonus plan was begun.") % _number(tale)


@tells("plan.draft_saved")
def draft_saved(tale: Tale) -> str:
    """Written on."""
    return _("The draft of version %(number)s of the bonus plan was saved.") % _number(tale)


@tells("plan.draft_discarded")
def draft_discarded(tale: Tale) -> str:
    """Let go."""
    return _("The draft of version %(number)s of the bonus plan was let go.") % _number(tale)


@tells("plan.renamed")
def renamed(tale: Tale) -> str:
    """Another name."""
    return _("A bonus plan got another name.")


@tells("plan.submitted")
def submitted(tale: Tale) -> str:
    """Waits for the second person."""
    return _("Version %(number)s of the bonus plan waits for a second person.") % _number(tale)


@tells("plan.withdrawn")
def withdrawn(tale: Tale) -> str:
    """Taken back by its writer."""
    said = _("Version %(number)s of the bonus plan was taken back, to be written on.")
    return said % _number(tale)


@tells("plan.returned")
def returned(tale: Tale) -> str:
    """Given back by the second person; why stays between the two."""
    return _("The second person gave version %(number)s of the bonus plan back.") % _number(tale)


@tells("plan.published")
def published(tale: Tale) -> str:
    """A version of the plan."""
    return _("Version %(number)s of the bonus plan was published.") % _number(tale)


@tells("plan.acknowledged")
def acknowledged(tale: Tale) -> str:
    """Read."""
    if tale.mine:
        return _("You have read version %(number)s of the bonus plan.") % _number(tale)
    return _("Version %(number)s of the bonus plan was read.") % _number(tale)


@tells("plan.assigned", "plan.assignment_ended")
def assigned(tale: Tale) -> str:
    """Whom; a person is not named, the plan of one person is their own business."""
    ended = tale.event.kind == "plan.assignment_ended"
    if tale.data["person"] is not None:
        one = _("A bonus plan was assigned to one person.")
        return _("A bonus plan no longer holds for one person.") if ended else one
    if tale.data["role"] == Role.SELLER:
        sellers = _("A bonus plan was assigned to the sellers.")
        return _("A bonus plan no longer holds for the sellers.") if ended else sellers
    if tale.data["role"]:
        role = _("A bonus plan was assigned to a role.")
        return _("A bonus plan no longer holds for a role.") if ended else role
    whole = _("A bonus plan was assigned to a branch.")
    return _("A bonus plan no longer holds for a branch.") if ended else whole


@tells("referral.version_taken")
def version_taken(tale: Tale) -> str:
    """Both sums to the seller who chose, the versions to everybody else."""
    said = {"before": tale.data["before"], "after": tale.data["after"]}
    if not tale.mine:
        return (
            _("Version %(after)s of the bonus plan was taken for it instead of version %(before)s.")
            % said
        )
    return _(
        "You took version %(after)s of the bonus plan for it: %(new)s gross instead of %(old)s by "
        "version %(before)s."
    ) % {
        **said,
        "new": fmt.zl(tale.data["after_grosze"], approx=True),
        "old": fmt.zl(tale.data["before_grosze"], approx=True),
    }
