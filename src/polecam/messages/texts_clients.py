"""What the messages to a client say, in the client's language; each carries the way out of it.

A kind is a function of no arguments that gives subject and body; `%(firm)s` is always known, the
rest are the facts its sender names.
"""

from collections.abc import Callable, Mapping

from django.utils import translation

from polecam.messages import texts_surveys, texts_thanks

TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    **texts_surveys.TEXTS,
    **texts_thanks.TEXTS,
}


def compose(kind: str, language: str, facts: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body. Raises KeyError for an unknown kind or a missing fact."""
    with translation.override(language):
        subject, body = TEXTS[kind]()
        return subject % facts, body % facts
