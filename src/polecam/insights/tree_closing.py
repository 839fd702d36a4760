"""What keeps a place open: people, clients, matters that are not finished there."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from polecam.bonuses.pool import ledger as pool_ledger
from polecam.claims.models import RUNNING_DISPUTES, Dispute
from polecam.clients.models import Client
from polecam.organisation.models import Branch, Placement
from polecam.people.models import Membership, PlannedMove, Role, Welcome
from polecam.referrals.models import Referral
from polecam.referrals.states import OPEN
from polecam.sales.models import Sale, SaleState


def what_stays(branch: Branch, *, on: date, at: datetime) -> dict[str, int]:
    """How many of each kind of thing are still in a place that is to close on a day; none: empty.

    `places` below it, `people` who work there (whoever only administers it does not), `invited` and
    `coming` ones, `clients`, `referrals` that go on, `disputes`, `sales` to confirm, and `pool`:
    whether its pool holds anything.
    """
    here = {"branch": branch}
    hanging = Placement.objects.filter(Q(until=None) | Q(until__gt=on), parent=branch)
    hanging = hanging.exclude(branch__closed_on__lte=on)
    rows: dict[str, QuerySet] = {
        "places": hanging.values("branch").distinct(),
        "people": Membership.objects.filter(**here, until=None)
        .exclude(role=Role.ADMIN)
        .values("person")
        .distinct(),
        "invited": Welcome.objects.filter(**here, accepted_at=None, expires_at__gt=at),
        "coming": PlannedMove.objects.filter(target=branch, done_at=None, cancelled_at=None),
        "clients": Client.objects.filter(**here, party__erased_at=None),
        "referrals": Referral.objects.filter(**here, state__in=OPEN, erased_at=None),
        "disputes": Dispute.objects.filter(**here, state__in=RUNNING_DISPUTES),
        "sales": Sale.objects.filter(**here, state=SaleState.REPORTED),
    }
    found = {name: some.count() for name, some in rows.items()}
    found["pool"] = int(pool_ledger.balance(branch.pk) > 0)
    return {name: count for name, count in found.items() if count}
