"""Is a receipt true? From its text, public keys and a root alone: no database is trusted."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from polecam.claims.slip import Opening, Paper, Proof, Slip, Unreadable, commitment, halves, read
from polecam.claims.slip_keys import is_signed
from polecam.journal.proof import canonical, climb, leaf

LONGEST = 20_000
"""Characters of a text that are looked at; a whole paper has 2,500 at most."""
ROOT = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class Verdict(StrEnum):
    """What can be said, from bad to good."""

    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    OTHER_ROOT = "other_root"
    SIGNED = "signed"
    INCLUDED = "included"
    CONFIRMED = "confirmed"


GOOD = frozenset({Verdict.SIGNED, Verdict.INCLUDED, Verdict.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with what it rests on. `root`: hex, as the proof itself yields it."""

    verdict: Verdict
    slip: Slip | None = None
    day: date | None = None
    root: str = ""
    opening: Opening | None = None

    @property
    def good(self) -> bool:
        """Whether nothing speaks against the receipt."""
        return self.verdict in GOOD


def roots_in(typed: str) -> set[str]:
    """Every root in a text: a bare one, or the whole mail that brought it."""
    lowered = typed[:LONGEST].lower()
    return {*ROOT.findall(lowered), *ROOT.findall("".join(lowered.split()))}


def check(typed: str, keys: Mapping[str, bytes], root: str = "") -> Checked:
    """Judge a pasted text. `root`: what was kept outside, in hex, with anything around it.

    Never raises. With a root, only a proof that leads to exactly it is CONFIRMED.
    """
    if len(typed) > LONGEST:
        return Checked(Verdict.UNREADABLE)
    try:
        paper = read(typed)
    except Unreadable:
        return Checked(Verdict.UNREADABLE)
    return judge(paper, keys, root)


def judge(paper: Paper, keys: Mapping[str, bytes], root: str = "") -> Checked:
    """The same for a paper that was read."""
    slip, proof, opening = paper.slip, paper.proof, paper.opening
    public = keys.get(slip.key_id)
    if public is None:
        return Checked(Verdict.UNKNOWN_KEY, slip)
    opens = opening is None or commitment(slip.kind, opening) == slip.commitment
    if not is_signed(slip, public) or not opens:
        return Checked(Verdict.FORGED, slip)
    if proof is None:
        return Checked(Verdict.SIGNED, slip, opening=opening)
    found = climb(leaf(proof.event), proof.index, proof.size, proof.path)
    if found is None or not binds(proof, slip):
        return Checked(Verdict.FORGED, slip)
    verdict = Verdict.INCLUDED
    if root.strip():
        same = found.hex() in roots_in(root)
        verdict = Verdict.CONFIRMED if same else Verdict.OTHER_ROOT
    return Checked(verdict, slip, proof.day, found.hex(), opening)


def binds(proof: Proof, slip: Slip) -> bool:
    """Whether the event of a proof is the one that carries this very receipt."""
    try:
        event = json.loads(proof.event)
        told = event["kind"], event["data"]["number"], event["data"]["digest"]
        exact = canonical(event) == proof.event
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    return exact and told == ("receipt.issued", slip.number, halves(slip.digest))
