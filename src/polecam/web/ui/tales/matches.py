"""Records joined and parted, and what a further recommendation is told, in sentences."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("match.found")
def match_found(tale: Tale) -> str:
    """No name: the pair's page shows who it is about."""
    return _("Two records may be one person. Somebody is asked to look.")


@tells("match.decided")
def match_decided(tale: Tale) -> str:
    """The answer of a human."""
    if tale.data.get("said") == "same":
        return _("Two records were said to be one person.")
    return _("Two records were said to be two people.")


@tells("match.reopened")
def match_reopened(tale: Tale) -> str:
    """A second look."""
    return _("An answer about two records was taken back.")


@tells("merge.made")
def merge_made(tale: Tale) -> str:
    """By whom, or by itself."""
    if tale.event.by_id is None:
        return _("Two records of one person were joined by themselves.")
    return _("Two records of one person were joined.")


@tells("merge.undone")
def merge_undone(tale: Tale) -> str:
    """As before."""
    return _("Two joined records were parted again.")


@tells("referral.again")
def referral_again(tale: Tale) -> str:
    """Blind to both sides."""
    return _("This person was recommended again, by a colleague. Your exclusivity stands.")


@tells("referral.notice_read")
def notice_read(tale: Tale) -> str:
    """Only that it was opened."""
    return _("The notice about the earlier recommendation was opened.")


@tells("referral.stays")
def referral_stays(tale: Tale) -> str:
    """A choice, not a waiting room."""
    return _(
        "It stays as a further recommendation. If the colleague's exclusivity ends without a "
        "sale, the oldest one has its turn."
    )
