"""Thanks by e-mail: for the trust, never about what a friend chose, bought or answered."""

from collections.abc import Callable

from django.utils.translation import gettext as _

KINDS = {"recommended": "thanks_recommended", "talked": "thanks_talked"}
"""The kind of message for each occasion."""


def _recommended() -> tuple[str, str]:
    return _("Thank you for the recommendation"), _(
        "%(greeting)s,\n\n"
        "thank you for thinking of me. A recommendation is trust lent to somebody, and I will "
        "treat it that way. Whatever comes of it, I value it a lot.\n\n"
        "%(seller)s\n"
        "%(firm)s\n\n"
        "You get this because you agreed to thanks by e-mail. To change that, without a login "
        "and without giving a reason, open your own page:\n\n"
        "%(own)s"
    )


def _talked() -> tuple[str, str]:
    return _("We talked. Thank you"), _(
        "%(greeting)s,\n\n"
        "just one sentence: the talk you made possible has taken place. Thank you for that. What "
        "was said there stays between the two of us, as it would with anything you tell me.\n\n"
        "%(seller)s\n"
        "%(firm)s\n\n"
        "You get this because you agreed to thanks by e-mail. To change that, without a login "
        "and without giving a reason, open your own page:\n\n"
        "%(own)s"
    )


TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    "thanks_recommended": _recommended,
    "thanks_talked": _talked,
}
