"""Two questions by e-mail: how satisfied somebody is, and whether they felt free to refuse."""

from collections.abc import Callable

from django.utils.translation import gettext as _

SURVEY = "survey"
PULSE = "pulse"


def _survey() -> tuple[str, str]:
    return _("Two taps: how was it with us?"), _(
        "Good day,\n\n"
        "how has it been with us so far? Two taps are enough, without a login:\n\n"
        "%(link)s\n\n"
        "Nobody sees your answer beside your name. Your adviser only learns whether there is "
        "something to be glad of or to put right. You can take the answer back at any time, and "
        "not answering is fine, too.\n\n"
        "%(firm)s\n\n"
        "You get this because you agreed to such e-mails. To stop them, at once and without a "
        "reason:\n\n"
        "%(stop)s"
    )


def _pulse() -> tuple[str, str]:
    return _("One tap: did you feel free to refuse?"), _(
        "Good day,\n\n"
        "somebody from our team asked you lately whether you would recommend us. We would like to "
        "know one thing only: did you feel free to refuse? One tap, without a login:\n\n"
        "%(link)s\n\n"
        "The answer is kept without your name; nobody learns who said what. Not answering is "
        "fine.\n\n"
        "%(firm)s\n\n"
        "You get this because you agreed to such e-mails. To stop them, at once and without a "
        "reason:\n\n"
        "%(stop)s"
    )


TEXTS: dict[str, Callable[[], tuple[str, str]]] = {SURVEY: _survey, PULSE: _pulse}
