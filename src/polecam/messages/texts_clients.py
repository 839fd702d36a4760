"""What the messages to a client say, in the client's language; each carries the way out of it.

A kind is a function of no arguments that gives subject and body; `%(firm)s` is always known, the
rest are the facts its sender names.
"""

from collections.abc import Callable

from polecam.messages import texts_surveys, texts_thanks

TEXTS: dict[str, Callable[[], tuple[str, str]]] = {
    **texts_surveys.TEXTS,
    **texts_thanks.TEXTS,
}
