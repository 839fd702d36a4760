"""`make soak`: a branch is killed at named points, on each database; then the long property tests.

KILLS=20 SEED=7 make soak: fewer, others. ONLY=kills: without the property tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from test import REQUIRED, postgres_trouble


def main() -> int:
    """1 if anything was lost, doubled or broken."""
    began = time.monotonic()
    trouble = postgres_trouble()
    databases = ["sqlite"] if trouble else ["sqlite", "postgres"]
    asked = ["--kills", os.environ.get("KILLS", "200"), "--seed", os.environ.get("SEED", "1")]
    lives = [
        subprocess.Popen([sys.executable, "-m", "tests.soak", *asked, "--database", database])
        for database in databases
    ]
    codes = [life.wait() for life in lives]
    if trouble:
        print(f"*** PostgreSQL was NOT tried: {trouble}", flush=True)
        codes.append(1 if REQUIRED else 0)
    print(f"=== kills: {time.monotonic() - began:.0f} s", flush=True)
    if os.environ.get("ONLY") != "kills" and not any(codes):
        codes.append(
            subprocess.call(
                [sys.executable, "tools/test.py"],
                env={**os.environ, "POLECAM_HYPOTHESIS": "soak"},
            )
        )
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
