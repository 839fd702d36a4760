"""A few days of a branch, killed a dozen times: the short form of `make soak`."""

import os
import subprocess
import sys

from tests.conftest import DATABASE
from tests.house.law import ROOT

KILLS = 12


def test_a_branch_that_is_killed_a_dozen_times_lives_as_in_peace():
    env = {name: value for name, value in os.environ.items() if not name.startswith("POLECAM_")}
    for name in ("POLECAM_TEST_POSTGRES",):
        if name in os.environ:
            env[name] = os.environ[name]
    asked = ["--short", "--kills", str(KILLS), "--database", DATABASE, "--quiet"]
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.soak", *asked],
        cwd=ROOT,
        env={**env, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-4000:] + found.stderr[-2000:]
    assert f"{KILLS} kills" in found.stdout
