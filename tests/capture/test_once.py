"""Invariant 3 at its root: one key, one payload, one effect; another payload is an error."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions.once import once
from polecam.asking.models import Ask
from polecam.journal.models import ActionKey
from polecam.kit.errors import Refused

ACTORS, KEYS, WORDS = ["marta", "kamil"], ["k1", "k2"], ["Ola", "Jan"]
SENT = st.tuples(st.sampled_from(ACTORS), st.sampled_from(KEYS), st.sampled_from(WORDS))


@given(st.lists(SENT, max_size=10))
def test_any_queue_of_forms_has_each_effect_once(anna, marta, at, sent):
    first: dict[tuple[str, str], str] = {}
    rows: dict[tuple[str, str], int] = {}

    def make() -> Ask:
        return Ask.objects.create(client=anna, seller=marta, branch=anna.branch, asked_at=at)

    with transaction.atomic():
        for actor, key, word in sent:
            known = first.setdefault((actor, key), word)
            if known != word:
                with pytest.raises(Refused, match="key_reused"):
                    once(actor, key, {"name": word}, at=at, make=make, model=Ask)
                continue
            row, made = once(actor, key, {"name": word}, at=at, make=make, model=Ask)
            assert made == ((actor, key) not in rows)
            assert rows.setdefault((actor, key), row.pk) == row.pk
        assert Ask.objects.count() == ActionKey.objects.count() == len(first)
        transaction.set_rollback(True)
