"""The sealed file: what was put in comes out, and anything else is refused with its reason."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.keeping import box
from polecam.kit.errors import Refused

KEY = "a secret of the copies, long enough for it"


def sealed(content: bytes, *, key: str = KEY) -> bytes:
    file = io.BytesIO()
    writer = box.Writer(file, key, {"id": "abc"})
    for start in range(0, len(content), 300_000):
        writer.write(content[start : start + 300_000])
    writer.close()
    return file.getvalue()


def opened(raw: bytes, *, key: str = KEY) -> bytes:
    reader = box.Reader(io.BytesIO(raw), key)
    found = bytearray()
    while piece := reader.read(65_537):
        found += piece
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, box.BLOCK - 1, box.BLOCK, box.BLOCK + 1, 3 * box.BLOCK])
def test_what_was_put_in_comes_out(size):
    content = (b"Marta prosi o polecenie. " * (size // 20 + 1))[:size]
    assert opened(sealed(content)) == content


@given(st.binary(max_size=2000))
def test_whatever_it_is(content):
    assert opened(sealed(content)) == content


@given(st.binary(min_size=30, max_size=300), st.data())
def test_one_other_byte_anywhere_is_refused(content, data):
    raw = bytearray(sealed(content))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refused) as refused:
        opened(bytes(raw))
    codes = {"copy_unknown", "copy_format_newer", "copy_damaged", "copy_cut", "copy_wrong_key"}
    assert refused.value.code in codes


@given(st.data())
def test_a_cut_anywhere_is_refused(data):
    raw = sealed(b"x" * 5000)
    end = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(Refused):
        opened(raw[:end])


def test_blocks_cannot_be_swapped_dropped_or_added():
    raw = sealed(b"".join(n.to_bytes(4) for n in range(700_000)))
    lines = raw.split(b"\n", 2)
    head, body = b"\n".join(lines[:2]) + b"\n", lines[2]
    blocks = []
    while body:
        size = 5 + int.from_bytes(body[1:5])
        blocks.append(body[:size])
        body = body[size:]
    assert len(blocks) == 3
    for other in (blocks[::-1], [blocks[1], blocks[0], blocks[2]], blocks[:1] + blocks[2:]):
        with pytest.raises(Refused, match="copy_damaged"):
            opened(head + b"".join(other))
    with pytest.raises(Refused, match="copy_cut"):
        opened(head + b"".join(blocks[:2]))
    with pytest.raises(Refused, match="copy_damaged"):
        opened(head + b"".join(blocks) + blocks[0])


def test_a_wrong_key_is_told_from_damage():
    with pytest.raises(Refused, match="copy_wrong_key"):
        opened(sealed(b"x"), key=KEY + "!")
    with pytest.raises(Refused, match="copy_unknown"):
        opened(b"PK\x03\x04 some other file")
    with pytest.raises(Refused, match="copy_format_newer"):
        opened(sealed(b"x").replace(b"polecam copy 1", b"polecam copy 2", 1))


def test_nothing_of_it_is_plain():
    assert b"Kowalczyk" not in sealed(b"Anna Kowalczyk " * 1000)
