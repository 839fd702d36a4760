"""Merkle trees: the vectors of RFC 6962's reference implementation, and what must always hold."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from polecam.journal.proof import canonical, inclusion, leaf, root, verify

# Certificate Transparency's test vectors: eight leaves and the root after each.
VECTORS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
           "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


def test_known_roots():
    leaves = [leaf(bytes.fromhex(text)) for text in VECTORS]
    assert [root(leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert root([]) == hashlib.sha256(b"").digest()


@given(hashes, st.data())
def test_every_leaf_is_proven_and_no_other(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = inclusion(leaves, index)
    assert verify(leaves[index], index, len(leaves), path, root(leaves))
    assert not verify(leaf(b"planted"), index, len(leaves), path, root(leaves))
    assert not verify(leaves[index], index, len(leaves), [*path, b"x" * 32], root(leaves))


@given(hashes, st.data())
def test_any_change_changes_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves]
    changed[index] = leaf(leaves[index])
    assert root(changed) != root(leaves)
    assert root(leaves[:-1]) != root(leaves)


def test_canonical_is_the_same_whatever_the_order():
    assert canonical({"b": 1, "a": [True, None]}) == canonical({"a": [True, None], "b": 1})
    assert canonical({"a": "ż"}) == b'{"a":"\\u017c"}'
