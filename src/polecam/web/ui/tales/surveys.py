"""Surveys and the pulse in sentences. An answer is never told, not even here."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("survey.asked")
def asked(tale: Tale) -> str:
    """By which way."""
    return {
        "email": _("The client was asked by e-mail how satisfied they are."),
        "qr": _("The client was shown a code: how satisfied are they?"),
    }.get(tale.data.get("way", ""), _("The client was given a link: how satisfied are they?"))


@tells("survey.answered")
def answered(tale: Tale) -> str:
    """That, not what."""
    return _("A survey was answered.")


@tells("survey.changed")
def changed(tale: Tale) -> str:
    """That, not what."""
    return _("The answer to a survey was changed.")


@tells("survey.completed")
def completed(tale: Tale) -> str:
    """That, not what."""
    return _("What helped most was told.")


@tells("survey.withdrawn")
def withdrawn(tale: Tale) -> str:
    """Deleted at once."""
    return _("The answer to a survey was taken back and deleted.")


@tells("repair.taken_back")
def repair_taken_back(tale: Tale) -> str:
    """With the answer it came from."""
    return _("What was to be put right fell away with the client’s answer.")


@tells("moment.taken_back")
def moment_taken_back(tale: Tale) -> str:
    """With the answer it came from."""
    return _("A moment fell away with the client’s answer.")


@tells("survey_round.begun")
def round_begun(tale: Tale) -> str:
    """For how many."""
    wanted = tale.data["wanted"]
    said = ngettext(
        "A round of surveys was begun for %(n)s client.",
        "A round of surveys was begun for %(n)s clients.",
        wanted,
    )
    return said % {"n": wanted}


@tells("survey_round.finished")
def round_finished(tale: Tale) -> str:
    """How many were asked."""
    asked = tale.data["asked"]
    said = ngettext(
        "A round of surveys ended; %(n)s client was asked.",
        "A round of surveys ended; %(n)s clients were asked.",
        asked,
    )
    return said % {"n": asked}


@tells("pulse.asked")
def pulse_asked(tale: Tale) -> str:
    """Chosen by chance."""
    return _("By chance somebody was asked whether they felt free to refuse.")


@tells("pulse_alert.raised")
def raised(tale: Tale) -> str:
    """A human is to look."""
    return _("Answers of the pulse call for a look. Nothing follows by itself.")


@tells("pulse_alert.looked")
def looked(tale: Tale) -> str:
    """Somebody did."""
    return _("Somebody looked at what the pulse says.")


@tells("pulse_alert.decided")
def decided(tale: Tale) -> str:
    """What a human decided."""
    return {
        "talk": _("After a look: a talk."),
        "pause": _("After a look: a pause of suggestions."),
    }.get(tale.data["decision"], _("After a look: nothing needs to be done."))


@tells("suggestions.paused")
def paused(tale: Tale) -> str:
    """Until when."""
    until = date.fromisoformat(tale.data["until"])
    return _("Suggestions pause until %(day)s.") % {"day": fmt.day(until)}


@tells("suggestions.resumed")
def resumed(tale: Tale) -> str:
    """From now on."""
    return _("Suggestions come again.")
