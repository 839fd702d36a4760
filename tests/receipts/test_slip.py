"""The text of a receipt: whatever happens to it on its way, it is true, refused, or unreadable."""

import base64
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.claims.slip import (
    EPOCH,
    Opening,
    Paper,
    Proof,
    Slip,
    Unreadable,
    code,
    commitment,
    halves,
    read,
    text,
)
from polecam.claims.slip_check import LONGEST, Verdict, check, roots_in
from polecam.claims.slip_keys import heard, key_id, keys, spoken
from polecam.journal.proof import canonical, inclusion, leaf, root

HOUSE = keys(["a secret of the house that is long enough"])
OTHER = keys(["the secret of somebody else, long enough too"])
OPENING = Opening("ab" * 16, "a" * 15, "b" * 15, "c" * 15)
LEAVES = [leaf(bytes([n])) for n in range(9)]

numbers = st.integers(1, 2**63 - 1)
instants = st.integers(0, 7 * 10**15).map(lambda n: EPOCH + timedelta(microseconds=n))
hexes = st.binary(min_size=32, max_size=32).map(bytes.hex)


def sign(slip: Slip, house=HOUSE) -> Slip:
    return replace(slip, signature=house.private.sign(slip.signed))


def made(number: int = 412, at=EPOCH + timedelta(days=20_000), previous: str = "") -> Slip:
    return sign(
        Slip("capture", number, at, previous, commitment("capture", OPENING), HOUSE.current)
    )


def proven(slip: Slip, place: int = 4) -> tuple[Paper, str]:
    """The slip in a tree of nine leaves, and the root of it."""
    event = canonical(
        {"kind": "receipt.issued", "data": {"number": slip.number, "digest": halves(slip.digest)}}
    )
    leaves = [*LEAVES]
    leaves[place] = leaf(event)
    path = tuple(inclusion(leaves, place))
    proof = Proof(date(2026, 11, 23), event, place, len(leaves), path)
    return Paper(slip, proof, OPENING), root(leaves).hex()


WHOLE, ROOT = proven(made())
TEXT = text(WHOLE)


@given(numbers, instants, hexes | st.just(""), st.integers(0, 8))
def test_what_is_written_is_read(number, at, previous, place):
    whole, top = proven(made(number, at, previous if previous.strip("0") else ""), place)
    assert read(text(whole)) == whole
    assert read(text(Paper(whole.slip))) == Paper(whole.slip)
    assert check(text(whole), HOUSE.known, top).verdict == Verdict.CONFIRMED


@given(st.data())
def test_it_survives_copying(data):
    """Line breaks lost or added anywhere, quote marks, another case, prose before and after."""
    squeezed = data.draw(st.sampled_from([TEXT, TEXT.replace("\n", ""), TEXT.replace("\n", " ")]))
    for _ in range(data.draw(st.integers(0, 12))):
        place = data.draw(st.integers(0, len(squeezed)))
        noise = data.draw(st.sampled_from(["\n", " ", "\r\n> ", "\u00a0", "-\n", "\t", "\u200b"]))
        squeezed = squeezed[:place] + noise + squeezed[place:]
    if data.draw(st.booleans()):
        squeezed = squeezed.lower()
    pasted = f"Dzień dobry, oto moje potwierdzenie:\n{squeezed}\nPozdrawiam, Marta Zielińska"
    assert read(pasted) == WHOLE
    assert check(pasted, HOUSE.known, f"Root: {ROOT}").verdict == Verdict.CONFIRMED


def test_a_code_in_an_address_is_read():
    assert read(f"https://polecam.example/verify/?r={code(WHOLE.slip)}").slip == WHOLE.slip
    assert re.fullmatch(r"[A-Z2-7]{247}", code(WHOLE.slip))


CHANGES = {
    "kind": {"kind": "claim"},
    "number": {"number": 413},
    "time": {"at": WHOLE.slip.at + timedelta(microseconds=1)},
    "previous seal": {"previous": "11" * 32},
    "commitment": {"commitment": "22" * 32},
    "key": {"key_id": OTHER.current},
    "signature": {"signature": bytes([WHOLE.slip.signature[0] ^ 1]) + WHOLE.slip.signature[1:]},
}


@pytest.mark.parametrize("field", CHANGES)
def test_no_field_can_be_changed(field):
    changed = replace(WHOLE.slip, **CHANGES[field])
    known = {**HOUSE.known, **OTHER.known}
    for paper in (Paper(changed), replace(WHOLE, slip=changed), proven(changed)[0]):
        assert check(text(paper), known).verdict == Verdict.FORGED


def test_another_key_is_unknown_and_cannot_take_the_name_of_ours():
    forged = sign(replace(WHOLE.slip, key_id=OTHER.current), OTHER)
    assert check(text(Paper(forged)), HOUSE.known).verdict == Verdict.UNKNOWN_KEY
    named = sign(WHOLE.slip, OTHER)
    assert check(text(Paper(named)), HOUSE.known).verdict == Verdict.FORGED


def test_a_proof_of_something_else_proves_nothing():
    other = sign(replace(WHOLE.slip, number=7))
    borrowed = replace(WHOLE, slip=other)
    assert check(text(borrowed), HOUSE.known, ROOT).verdict == Verdict.FORGED
    moved = replace(WHOLE, proof=replace(WHOLE.proof, index=5))
    assert check(text(moved), HOUSE.known, ROOT).verdict == Verdict.OTHER_ROOT
    short = replace(WHOLE, proof=replace(WHOLE.proof, path=WHOLE.proof.path[:-1]))
    assert check(text(short), HOUSE.known, ROOT).verdict == Verdict.FORGED
    opened = replace(WHOLE, opening=replace(OPENING, person="z" * 15))
    assert check(text(opened), HOUSE.known, ROOT).verdict == Verdict.FORGED


@given(hexes)
def test_only_the_very_root_confirms(other):
    expected = Verdict.CONFIRMED if other == ROOT else Verdict.OTHER_ROOT
    assert check(TEXT, HOUSE.known, other).verdict == expected
    assert check(TEXT, HOUSE.known).verdict == Verdict.INCLUDED
    assert check(TEXT, HOUSE.known, f"{other}\n\nRoot: {ROOT.upper()}").verdict == Verdict.CONFIRMED


@given(st.text(max_size=400))
def test_junk_is_no_receipt(typed):
    assert check(typed, HOUSE.known, typed).verdict == Verdict.UNREADABLE


@given(st.text(max_size=300), st.sampled_from(["POLECAM-RECEIPT v1", "?r=", "POLECAM-PROOF v1"]))
def test_junk_under_a_title_is_never_true(typed, title):
    letters = base64.b32encode(typed.encode("utf-8", "replace")).decode()
    for pasted in (title + typed, title + letters, TEXT + title + letters):
        found = check(pasted, HOUSE.known)
        assert not found.good or found.slip == WHOLE.slip


@given(st.data())
def test_a_damaged_text_is_the_same_or_refused(data):
    """Cut, doubled, swapped: never an error, never another receipt."""
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 200)))
    put = data.draw(st.text(alphabet="ABCXYZ234567 \n-", max_size=40))
    found = check(TEXT[:start] + put + TEXT[end:], HOUSE.known, ROOT)
    assert not found.good or found.slip == WHOLE.slip
    assert found.verdict != Verdict.CONFIRMED or found.root == ROOT


@given(st.integers(0, len(TEXT) - 1))
def test_a_truncated_receipt_is_unreadable(length):
    receipt = text(Paper(WHOLE.slip)).rstrip()
    with pytest.raises(Unreadable):
        read(receipt[: min(length, len(receipt) - 1)])


def test_more_than_anyone_would_paste_is_not_looked_at():
    assert check(TEXT + "A" * LONGEST, HOUSE.known).verdict == Verdict.UNREADABLE
    assert check("POLECAM-RECEIPT v1" * 5_000, HOUSE.known).verdict == Verdict.UNREADABLE


def test_a_root_is_found_in_the_mail_that_brought_it():
    wrapped = f"Korzeń dnia:\r\n> {ROOT[:40]}\r\n> {ROOT[40:]}"
    assert ROOT in roots_in(f"Korzeń dnia 23 listopada (12 wpisów)\n{ROOT}\n\nZachowaj go.")
    assert ROOT in roots_in(wrapped.replace("> ", ""))
    assert roots_in("no root here") == set()


def test_keys_are_named_by_themselves_and_old_ones_still_verify():
    both = keys(["the old secret, long enough to be one", "the new secret, long enough as well"])
    (old, _new) = both.known
    assert both.current != old
    retired = keys([spoken(both.known[old]), "the new secret, long enough as well"])
    assert (retired.known, retired.current) == (both.known, both.current)
    assert all(key_id(heard(spoken(public))) == name for name, public in both.known.items())
    for wrong in ("", "ed25519:", "ed25519:AAAA", "ąść", "ed25519:" + "A" * 44):
        with pytest.raises(ValueError, match="43 characters"):
            heard(wrong)
    with pytest.raises(ValueError, match="secret to sign with"):
        keys([spoken(both.known[old])])
