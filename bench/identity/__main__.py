"""How well people are recognised, on public files whose truth is known.

    python -m bench.identity [--also FILE]

The files lie in POLECAM_BENCH_DATA (../shared/data). Results also go to bench/results/ as JSON.
"""

import argparse
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.identity import data, studies

RESULTS = Path(__file__).resolve().parents[1] / "results"
STUDIES = {"FEBRL3": studies.febrl3, "FEBRL4": studies.febrl4, "historical": studies.history}


def main() -> int:
    """Each study in a process of its own; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--also", type=Path, help="link this Parquet file too, with what was learned"
    )
    asked = parser.parse_args()
    if missing := data.missing():
        print(f"*** Recognising people was NOT measured: data absent ({', '.join(missing)})")
        return 0
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # others need the cores as well
    found = {}
    for name, study in STUDIES.items():
        print(f"\n{name}: {study.__doc__.splitlines()[0]}", flush=True)
        given = [asked.also] if name == "historical" else []
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as own:
            found[name] = own.submit(studies.measured, study, *given).result()
        print(*found[name], sep="\n", flush=True)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    report = {name: [asdict(finding) for finding in each] for name, each in found.items()}
    (RESULTS / f"{stamp}-identity.json").write_text(json.dumps(report, indent=2))
    short = [f"{name} {one.name}" for name, each in found.items() for one in each if not one.kept]
    print(f"\n  short of a bar: {', '.join(short)}" if short else "\n  every bar reached")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
