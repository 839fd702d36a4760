"""A child process that ends when its parent is gone, even after a kill -9."""

import os
import threading
from collections.abc import Callable

LOOK_EVERY_SECONDS = 0.5


def watch(parent: int, then: Callable[[], object]) -> None:
    """Call `then` once `parent` (a process id) is no longer our parent. Works in the background."""

    def look() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(LOOK_EVERY_SECONDS)
        then()

    threading.Thread(target=look, daemon=True, name="parent-watch").start()
