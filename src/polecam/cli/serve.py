"""`polecam serve`: looks whether the house stands, says its address, and becomes the supervisor."""

import argparse
import os
import shutil
import socket
import sys

from django.conf import settings
from django.db import connections

from polecam.cli.commands import Trouble
from polecam.organisation.models import Organisation
from polecam.people.models import Membership, Role
from polecam.store import pause

MANIFEST = "staticfiles.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--address", default="127.0.0.1", help="where to listen")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="web processes")
    parser.add_argument("--threads", type=int, default=4, help="threads in each web process")
    # granian counts connections, idle ones too: with few, quiet browsers would lock others out.
    parser.add_argument(
        "--backpressure", type=int, default=1024, help="connections a process holds at a time"
    )
    parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")


def run(options: argparse.Namespace) -> int:
    """Check, greet, and go on without Django in memory (exec): only the children need it."""
    _check(options)
    _greet(options)
    connections.close_all()
    sys.stdout.flush()
    if not settings.PRODUCTION:  # links in messages and QR codes lead to this very server
        os.environ.setdefault("POLECAM_URL", f"http://localhost:{options.port}")
    _room_for_figures()
    arguments = [
        *("--address", options.address),
        *("--port", str(options.port)),
        *("--workers", str(max(1, options.workers))),
        *("--threads", str(max(1, options.threads))),
        *("--backpressure", str(max(1, options.backpressure))),
        *(["--no-worker"] if options.no_worker else []),
    ]
    supervisor = [sys.executable, "-m", "polecam.cli.supervisor", *arguments]
    os.execv(sys.executable, supervisor)  # noqa: S606 - becomes the supervisor, no shell


def _check(options: argparse.Namespace) -> None:
    Organisation.objects.exists()  # raises where there is no database or no table
    if not (settings.WHITENOISE_USE_FINDERS or (settings.STATIC_ROOT / MANIFEST).exists()):
        raise Trouble("The static files are missing. Run `polecam init` first.")
    family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.address, options.port))
        except OSError as error:
            raise Trouble(
                f"Cannot listen on {options.address}:{options.port}: {error.strerror}. "
                "Choose another --port (`PORT=8080 make run`)."
            ) from error


def _room_for_figures() -> None:
    """An empty folder in which the web processes count their requests (web.figures)."""
    folder = settings.HOME / "figures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _greet(options: argparse.Namespace) -> None:
    local = options.address in {"127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - compared, not bound
    if hint := pause.hint():
        print(hint)
    print(f"Polecam: http://{'localhost' if local else options.address}:{options.port}")
    firm = Organisation.objects.first()
    if firm is None or not firm.is_demo or not settings.DEMO:
        return
    print(f"{firm.name} is a demo: choose a person on the first page, for example")
    for role in (Role.SELLER, Role.MANAGER, Role.ADMIN, Role.DPO, Role.PAYROLL):
        held = (
            Membership.objects.filter(role=role, until=None)
            .select_related("person")
            .order_by("id")
            .first()
        )
        if held:
            print(f"  {held.person.full_name} ({held.get_role_display().lower()})")
    print("Ctrl+C ends it.")
