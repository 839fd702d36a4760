"""Two at once never overdraw a pool: threads, on both databases."""

import pytest

from polecam.actions import pool, sales
from polecam.bonuses.verify import problems
from polecam.kit.errors import Refused
from tests.facts.support import DAY, confirmed
from tests.pool.support import FLOW, held, vest
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_bosses_a_void_and_the_night(anna, marta, kamil, tomek, branch, pooled, at):
    """Whatever wins, the pool holds its flows less its payouts, and never less than nothing."""
    first = confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    confirmed(anna, kamil, tomek, pooled, at - 31 * DAY)
    vest(at - DAY)
    assert held(branch) == 2 * FLOW

    def share():
        pool.share_out(by=tomek, at=at, branch=branch, amount_grosze=2 * FLOW, seen_grosze=2 * FLOW)

    def void():
        sales.void(by=tomek, at=at, sale=first, reason="cancelled")

    raised = at_once(share, share, share, void, lambda: pool.flow_due(at=at))
    assert {type(error) for error in raised} <= {Refused}
    assert len(raised) in (2, 3)
    assert held(branch) == (0 if len(raised) == 2 else FLOW)
    assert list(problems()) == []
