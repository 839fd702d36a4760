"""A branch with a pool: 10 % of what a sale saved, a client costs 1 480 zł otherwise."""

from polecam.actions import bonuses, pool
from polecam.bonuses.models import Account, PoolFlow
from polecam.store import clock

BENCHMARK = 148_000
BONUS = 54_500
TIME = 2_300  # 23 minutes of 60 zł an hour
FLOW = (BENCHMARK - BONUS - TIME) // 10


def vest(at) -> int:
    """What the night of `at` does."""
    with clock.injected():
        bonuses.vest_due(at=at)
        return pool.flow_due(at=at)


def held(branch) -> int:
    """What the pool holds."""
    row = Account.objects.filter(branch=branch, kind="pool").first()
    return row.balance if row else 0


def flows() -> list[int]:
    """Amounts, oldest first."""
    return list(PoolFlow.objects.order_by("id").values_list("amount_grosze", flat=True))
