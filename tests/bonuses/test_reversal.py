"""Invariant 4: what is reversed is as if it had never been, and it is reversed at most once."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.bonuses import ledger
from polecam.bonuses.models import Account, LedgerTransaction
from polecam.kit.errors import Refused
from polecam.store.tx import action
from tests.bonuses.test_engine import undone
from tests.bonuses.test_ledger import World

CREDITS = st.lists(
    st.tuples(st.sampled_from(["consent", "meeting", "sale"]), st.integers(1, 25)),
    min_size=1,
    max_size=5,
)


def all_balances() -> dict[int, int]:
    """Of every account that ever moved, in grosze."""
    return dict(Account.objects.exclude(balance=0).values_list("pk", "balance"))


@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(CREDITS, st.randoms(use_true_random=False))
def test_reversed_in_any_order_nothing_is_left(anna, marta, kamil, plan, at, earned, chance):
    with undone():
        world = World(anna, [marta, kamil], plan, at - timedelta(days=60))
        for kind, number in earned:
            world.credit(kind, number)
        written = list(LedgerTransaction.objects.order_by("id"))
        chance.shuffle(written)
        for one in written:
            before = all_balances()
            with action():
                ledger.reverse(one, month=one.month, at=at)
            for account, amount in one.entry_set.values_list("account_id", "amount"):
                before[account] = before.get(account, 0) - amount
            assert all_balances() == {pk: left for pk, left in before.items() if left}
            with pytest.raises(Refused, match="already_reversed"), transaction.atomic(), action():
                ledger.reverse(one, month=one.month, at=at)
        assert all_balances() == {}
