"""Why a client rests, in plain words: as far as it is the reader's to know (asking.budget.why)."""

from datetime import datetime

from django.utils.translation import gettext as _

from polecam.asking import budget, queries
from polecam.asking.cooling import Why
from polecam.asking.rules import Rest
from polecam.clients import contact_limit
from polecam.clients.models import Client
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm


class Resting:
    """Both limits of one client, as the person may know them: their settings read at once."""

    def __init__(self, person: Person, client: Client, *, at: datetime) -> None:
        self.person, self.client, self.at = person, client, at
        keys = (*queries.LIMITS, *contact_limit.LIMITS)
        self.values = {client.branch_id: settings.values(*keys, at=at, branch=client.branch_id)}
        self.known = budget.Known([client], at=at, zone=firm().zone, values=self.values)

    def reason(self) -> str:
        """A sentence for whoever may ask this client; empty while nothing stands in the way.

        A colleague's ask is told by the same words, whatever came of it.
        """
        at, zone = self.at, firm().zone
        found = budget.why(self.person, self.client, at=at, zone=zone, known=self.known)
        return fmt.tie(_sentence(found)) if found else ""

    def house_writes(self) -> str:
        """For the client's own seller: when the house may write again without being asked."""
        client = self.client
        if client.owner_id != self.person.pk:
            return ""
        records = self.known.records[client.pk]
        return _writes(
            contact_limit.again_at(client, at=self.at, records=records, values=self.values)
        )


def _writes(again: datetime | None) -> str:
    if again is None:
        return _("Surveys and thanks: the house may write now.")
    if again == contact_limit.NOT_NOW:
        return _("Surveys and thanks: the house does not write for now.")
    day = fmt.day(fmt.as_day(again))
    return _("Surveys and thanks: the house may write again from %(day)s.") % {"day": day}


def _sentence(why: Why) -> str:
    dates = {
        "since": fmt.day(why.since) if why.since else "",
        "until": fmt.day(why.until) if why.until else "",
    }
    if why.rest is Rest.RECENTLY_ASKED:
        return _("You asked on %(since)s. The client rests until %(until)s at least.") % dates
    if why.rest is Rest.TWO_REFUSALS:
        return (
            _("You heard “not this time” twice. The client rests until %(until)s at least.") % dates
        )
    if why.rest is Rest.NEVER_ASK:
        return _("Does not want to be asked.")
    if why.rest is Rest.RESTING:
        return _("Rests until %(until)s.") % dates
    if why.rest is None:
        return _("The client rests. Today will come back to it at a good time.")
    return _moment(why, dates)


def _moment(why: Why, dates: dict[str, str]) -> str:
    said = {
        Rest.COMPLAINT: _("Something was not right for the client. First it is put right."),
        Rest.DECISION_PENDING: _("The client waits for a decision of ours."),
        Rest.BEFORE_VALUE: _("The client does not have yet what they came for."),
        Rest.ARREARS: _("A payment is late. This is no time to ask."),
    }
    sentence = said.get(why.rest or Rest.NOT_NOW, _("This is not a good moment."))
    if why.until is None:
        return sentence
    return sentence + " " + _("The client rests until %(until)s at least.") % dates
