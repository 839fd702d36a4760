"""What may be killed runs in a process of its own, forked from the driver."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connections

from polecam.actions.once import AlreadyDone
from polecam.kit.errors import Refused
from polecam.store import faults
from polecam.store.clock import injected
from polecam.store.faults import Fault

DONE, REFUSED, KILLED, BROKEN = "done", "refused", "killed", "broken"


@dataclass
class Outcome:
    """How a child ended: what it said, the refusal's code, or what broke; the points it passed."""

    how: str
    said: str = ""
    passed: list[tuple[str, str]] = field(default_factory=list)


def run(work: Callable[[], object], fault: Fault | None = None) -> Outcome:
    """Do `work` in a child that meets `fault`. A child without one tells the points it passed."""
    connections.close_all()
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            json.dump(_told(work, fault or Fault(faults.WATCH)), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as heard:
        told = heard.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Outcome(KILLED)
    how, said, passed = json.loads(told)
    return Outcome(how, said, [(point, name) for point, name in passed])


def _told(work: Callable[[], object], fault: Fault) -> tuple[str, str, list]:
    try:
        faults.arm(fault)
        with injected():
            how, said = DONE, str(work())
    except Refused as refused:
        how, said = REFUSED, refused.code
    except AlreadyDone:
        how, said = REFUSED, "already done"
    except BaseException:
        how, said = BROKEN, traceback.format_exc()
    connections.close_all()
    return how, said, fault.seen
