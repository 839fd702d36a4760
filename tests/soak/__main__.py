"""`python -m tests.soak --kills 200 --seed 1 --database sqlite`: see tests/soak/driver.py."""

import argparse
import sys
import time
from collections import Counter

from tests.soak.ground import ground


def main() -> int:
    """0 when nothing was lost, doubled or broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--short", action="store_true", help="the first days of the life only")
    parser.add_argument("--quiet", action="store_true", help="no report of what was killed")
    options = parser.parse_args()
    with ground(options.database) as made:
        return soak(options, made)


def soak(options, made) -> int:
    """Live in peace once, then under blows until there were enough."""
    from django.conf import settings

    from tests.messages.stand_ins import mail_server
    from tests.soak import driver, whole

    began = time.monotonic()
    steps = whole.short() if options.short else whole.whole()
    done: Counter = Counter()
    with mail_server() as server:
        settings.EMAIL_BACKEND = "polecam.messages.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        post = driver.Post(server.took)
        peace = driver.in_peace(steps, post)
        pairs = {blow.pair for blow in peace.blows}
        print(f"{options.database}: {len(steps)} requests lived in peace in", _since(began))
        life = 0
        while sum(done.values()) < options.kills:
            life += 1
            made.reset()
            server.took.clear()
            wanted = options.kills - sum(done.values())
            blows = driver.chosen(peace, wanted, options.seed * 1_000 + life, done)
            met, reports = driver.under_blows(steps, peace, blows, post)
            if reports:
                print("\n".join(["BROKEN", *reports, f"repeat: {_again(options)}"]))
                return 1
            if not met:
                break
            done.update(blow.pair for blow in met)
            print(f"{options.database}: life {life}: {len(met)} kills, nothing lost or doubled")
    if not options.quiet:
        print("\n".join(driver.coverage(peace, done)))
    print(
        f"{options.database}: {sum(done.values())} kills, {len(done)} of {len(pairs)} pairs of "
        f"point and action, {_since(began)}"
    )
    return 0


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


def _again(options) -> str:
    short = " --short" if options.short else ""
    return (
        f"python -m tests.soak --database {options.database} --seed {options.seed} "
        f"--kills {options.kills}{short}"
    )


if __name__ == "__main__":
    sys.exit(main())
