"""Several at once: threads that start at the same moment, each with its own connection."""

import threading

from django.db import connections

from polecam.kit.errors import Refused

HANDS = 4


def at_once(*calls) -> list[BaseException]:
    """Run the calls in threads that start together; what they raised."""
    start, raised = threading.Barrier(len(calls)), []

    def one(call) -> None:
        try:
            start.wait(10)
            call()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def together(act, hands: int = HANDS) -> list[str]:
    """Run `act(n)` in threads that start at once; "done" or the refusal's code of each."""
    said = [""] * hands

    def one(n: int) -> None:
        try:
            act(n)
            said[n] = "done"
        except Refused as error:
            said[n] = error.code

    assert not at_once(*(lambda n=n: one(n) for n in range(hands)))
    return said
