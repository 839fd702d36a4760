"""Requests about personal data, balancing tests and nightly forgetting in sentences."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


def _due(tale: Tale) -> str:
    return fmt.day(date.fromisoformat(tale.data["due"]))


@tells("personrequest.noted")
def request_noted(tale: Tale) -> str:
    """The clock runs."""
    return _("A request about personal data was noted; it is answered by %(day)s.") % {
        "day": _due(tale)
    }


@tells("personrequest.found")
def request_found(tale: Tale) -> str:
    """Whose it is."""
    return _("It was found whose request about personal data it is.")


@tells("personrequest.extended")
def request_extended(tale: Tale) -> str:
    """Once, with a reason."""
    return _("A request about personal data got more time, with a reason, until %(day)s.") % {
        "day": _due(tale)
    }


@tells("personrequest.done")
def request_done(tale: Tale) -> str:
    """Answered."""
    return _("A request about personal data was answered.")


@tells("party.corrected")
def party_corrected(tale: Tale) -> str:
    """GDPR 16."""
    return _("The data protection officer corrected a person's name.")


@tells("balancingtest.written")
def balancing_written(tale: Tale) -> str:
    """A draft."""
    return _("Version %(n)s of a balancing test was written.") % {"n": tale.data["version"]}


@tells("balancingtest.signed")
def balancing_signed(tale: Tale) -> str:
    """The officer's word."""
    if tale.data["passes"]:
        return _("Version %(n)s of a balancing test was signed: the campaign may rest on it.") % {
            "n": tale.data["version"]
        }
    return _("Version %(n)s of a balancing test was signed: the campaign may not be done.") % {
        "n": tale.data["version"]
    }


@tells("retention.ran")
def retention_ran(tale: Tale) -> str:
    """Counts only."""
    gone = sum(value for value in tale.data.values() if isinstance(value, int))
    return ngettext(
        "What was due was forgotten: %(n)s record.",
        "What was due was forgotten: %(n)s records.",
        gone,
    ) % {"n": gone}
