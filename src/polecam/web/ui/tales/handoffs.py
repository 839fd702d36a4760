"""Hand-offs and absences in sentences. A "no" is told without a name and without a reason."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words
from polecam.web.ui.sentences import Tale, tells


def _person(tale: Tale, key: str) -> Any:
    return tale.names.people.get(tale.data.get(key) or 0)


def _me(tale: Tale, key: str) -> bool:
    return tale.reader is not None and tale.data.get(key) == tale.reader.pk


@tells("handoff.proposed")
def proposed(tale: Tale) -> str:
    """Never imposed."""
    if tale.mine:
        return _("You proposed to hand it on; its holder decides.")
    return _("The boss proposed to hand it on; its holder decides.")


@tells("handoff.offered")
def offered(tale: Tale) -> str:
    """To whom, and with which floor."""
    floor = fmt.percent(tale.data["floor_bp"])
    receiver = _person(tale, "receiver")
    if receiver is None:
        return _("Offered to whoever fits, with a floor of %(floor)s for the author.") % {
            "floor": floor
        }
    if _me(tale, "receiver"):
        return _("Offered to you, with a floor of %(floor)s for the author.") % {"floor": floor}
    return _("Offered to a colleague (%(who)s), with a floor of %(floor)s for the author.") % {
        "who": receiver.first_name,
        "floor": floor,
    }


@tells("handoff.accepted")
def accepted(tale: Tale) -> str:
    """The floor stands before any contact is shown."""
    if tale.data.get("asks"):
        return _("A colleague takes it. The floor is fixed; the friend is asked first.")
    return _("A colleague takes it. The floor is fixed.")


@tells("handoff.agreed")
def agreed(tale: Tale) -> str:
    """The friend's own link."""
    return _("The friend agreed to the new adviser by their own link.")


@tells("handoff.done")
def done(tale: Tale) -> str:
    """Who has it now."""
    if _me(tale, "receiver"):
        return _("From now on you lead it. The authorship stays where it was.")
    receiver = _person(tale, "receiver")
    if receiver is None:
        return _("From now on a colleague leads it. The authorship stays where it was.")
    return _("From now on %(who)s leads it. The authorship stays where it was.") % {
        "who": receiver.first_name
    }


@tells("handoff.declined")
def declined(tale: Tale) -> str:
    """No name, no reason."""
    if tale.data.get("friend"):
        return _("The friend prefers to stay with the adviser they know.")
    return _("The hand-off did not suit this time. Everything is as before.")


@tells("handoff.withdrawn")
def withdrawn(tale: Tale) -> str:
    """Taken back."""
    return _("The offer was taken back. Everything is as before.")


@tells("handoff.expired")
def expired(tale: Tale) -> str:
    """It returned by itself."""
    return _("Nobody answered the offer in time. Everything is as before.")


@tells("handoff.returned")
def returned(tale: Tale) -> str:
    """The absence is over."""
    giver = _person(tale, "giver")
    if _me(tale, "giver") or giver is None:
        return _("The absence is over: it is back.")
    return _("The absence is over: it is back with %(who)s.") % {"who": words.instrumental(giver)}


@tells("absence.planned")
def absence_planned(tale: Tale) -> str:
    """Days, half-open: back on the last one."""
    return _("An absence from %(since)s; back on %(until)s.") % {
        "since": fmt.day(date.fromisoformat(tale.data["since"])),
        "until": fmt.day(date.fromisoformat(tale.data["until"])),
    }


@tells("absence.ended")
def absence_ended(tale: Tale) -> str:
    """Back."""
    return _("An absence ended.")
