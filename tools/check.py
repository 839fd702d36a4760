"""Everything that can be judged without running the product; changes nothing.

`make fix` repairs what a machine can.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
DJANGO = [sys.executable, "-m", "django"]

CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy"), "--no-error-summary"],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "layers": [str(BIN / "lint-imports")],
    "messages": [sys.executable, "tools/messages.py", "--check"],
    "template texts": [sys.executable, "tools/template_text.py"],
    "templates": [str(BIN / "djlint"), "src", "--lint", "--quiet"],
    "migrations": [*DJANGO, "makemigrations", "--check", "--dry-run"],
    "settings": [*DJANGO, "check", "--deploy", "--fail-level", "WARNING"],
}
# Only "settings" looks at production; its keys are made up here and used for nothing.
PRODUCTION = {
    "POLECAM_ENV": "production",
    "POLECAM_SECRET_KEY": os.urandom(40).hex(),
    "POLECAM_INDEX_KEY": os.urandom(40).hex(),
    "POLECAM_CONTACT_KEYS": f"1:{os.urandom(40).hex()}",
    "POLECAM_SIGNING_KEYS": os.urandom(40).hex(),
    "POLECAM_HOSTS": "polecam.example",
    "POLECAM_URL": "https://polecam.example",
}


def judge(name: str, home: str) -> tuple[str, int, str, float]:
    """Run one check; its name, exit code, output and seconds."""
    started = time.monotonic()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "polecam.settings",
        "POLECAM_ENV": "test",
        "POLECAM_HOME": home,
        "DATABASE_URL": "",
        **(PRODUCTION if name == "settings" else {}),
    }
    done = subprocess.run(
        CHECKS[name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, done.returncode, done.stdout, time.monotonic() - started


def main() -> int:
    """Run the checks that are asked for, or all; return 1 if any fails."""
    names = sys.argv[1:] or list(CHECKS)
    failed = False
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as pool:
        for name, code, output, seconds in pool.map(lambda name: judge(name, home), names):
            failed = failed or code != 0
            print(f"check: {name:15} {'ok' if code == 0 else 'FAILED'}  {seconds:.1f} s")
            if code:
                print(output.rstrip())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
