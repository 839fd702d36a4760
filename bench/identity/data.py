"""The public files: read, folded, shuffled. Truth is kept apart from what may be compared."""

import csv
import gzip
import hashlib
import os
import random
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from polecam.kit.names import fold

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("POLECAM_BENCH_DATA", ROOT / "../shared/data")) / "identity"
FILES = ("febrl3.csv.gz", "febrl4a.csv.gz", "febrl4b.csv.gz", "historical_half0.parquet")

FEBRL = (
    "given_name surname street_number address_1 address_2 suburb postcode state date_of_birth "
    "soc_sec_id"
).split()
HISTORICAL = "full_name dob birth_place postcode_fake gender occupation".split()


@dataclass(frozen=True)
class Records:
    """Columns by name ("" = not known) and, apart from them, whose record each row is."""

    columns: dict[str, list[str]]
    truth: np.ndarray
    names: tuple[str, ...] = ()
    """Names of the persons that `truth` counts; used only to split the file."""

    def __len__(self) -> int:
        return len(self.truth)

    def __getitem__(self, column: str) -> list[str]:
        return self.columns[column]

    @cached_property
    def true_pairs(self) -> int:
        """Pairs of rows of one person."""
        sizes = np.bincount(self.truth)
        return int((sizes * (sizes - 1) // 2).sum())

    def take(self, wanted: np.ndarray) -> "Records":
        """Some of the rows, by a mask."""
        places = np.flatnonzero(wanted)
        columns = {name: [column[at] for at in places] for name, column in self.columns.items()}
        kept, truth = np.unique(self.truth[places], return_inverse=True)
        return Records(columns, truth, tuple(self.names[at] for at in kept))

    def half(self) -> np.ndarray:
        """0 or 1 by row: the first bit of the SHA-256 of the person's name decides."""
        return self.bucket("", 2)

    def bucket(self, salt: str, count: int) -> np.ndarray:
        """0..count-1 by row, the same for all rows of a person."""
        by_person = [
            hashlib.sha256(f"{salt}{name}".encode()).digest()[0] % count for name in self.names
        ]
        return np.array(by_person)[self.truth]


def missing() -> list[str]:
    """Files that are not there."""
    return [name for name in FILES if not (FOLDER / name).is_file()]


def shuffled(columns: dict[str, list[str]], whose: list[str]) -> Records:
    """In an order that tells nothing: the files hold the rows of a person together."""
    order = list(range(len(whose)))
    random.Random(20261125).shuffle(order)
    names, truth = np.unique([whose[at] for at in order], return_inverse=True)
    mixed = {name: [column[at] for at in order] for name, column in columns.items()}
    return Records(mixed, truth, tuple(names.tolist()))


def febrl(*files: str) -> tuple[Records, np.ndarray]:
    """FEBRL files as one; with it, from which file each row came."""
    rows = []
    for number, name in enumerate(files):
        with gzip.open(FOLDER / name, "rt", newline="") as opened:
            for row in csv.DictReader(opened, skipinitialspace=True):
                row["file"] = str(number)
                rows.append(row)
    whose = [re.match(r"rec-\d+", row["rec_id"])[0] for row in rows]
    records = shuffled(
        {name: [row[name].strip() for row in rows] for name in [*FEBRL, "file"]}, whose
    )
    return records, np.array([int(number) for number in records.columns.pop("file")])


def historical(path: Path | None = None) -> Records:
    """The rows about historical people; names and places folded as the product folds them."""
    from pyarrow import parquet

    table = parquet.read_table(path or FOLDER / FILES[3]).to_pydict()
    columns = {
        name: [fold(value) if name != "dob" else value or "" for value in table[name]]
        for name in HISTORICAL
    }
    columns["gender"] = [
        value if value in ("male", "female") else "" for value in columns["gender"]
    ]
    return shuffled(columns, table["cluster"])
