"""What keeps a place open: people, clients, matters that are not finished there."""

from datetime import date, datetime

from django.db.models import CharField, Count, Q, QuerySet, Value

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
    staff = Membership.objects.filter(**here, until=None).exclude(role=Role.ADMIN)
    kinds = (
        _told("places", hanging.exclude(branch__closed_on__lte=on), "branch"),
        _told("people", staff, "person"),
        _told("invited", Welcome.objects.filter(**here, accepted_at=None, expires_at__gt=at)),
        _told("coming", PlannedMove.objects.filter(target=branch, done_at=None, cancelled_at=None)),
        _told("clients", Client.objects.filter(**here, party__erased_at=None)),
        _told("referrals", Referral.objects.filter(**here, state__in=OPEN, erased_at=None)),
        _told("disputes", Dispute.objects.filter(**here, state__in=RUNNING_DISPUTES)),
        _told("sales", Sale.objects.filter(**here, state=SaleState.REPORTED)),
    )
    counted = dict(kinds[0].union(*kinds[1:], all=True))
    found = {name: counted[name] for name in KINDS if counted.get(name)}
    return found | ({"pool": 1} if pool_ledger.balance(branch.pk) > 0 else {})


KINDS = ("places", "people", "invited", "coming", "clients", "referrals", "disputes", "sales")


def _told(name: str, rows: QuerySet, what: str = "pk") -> QuerySet:
    """(name, how many different ones)."""
    named = rows.order_by().annotate(kind_of_thing=Value(name, output_field=CharField()))
    return named.values_list("kind_of_thing").annotate(n=Count(what, distinct=True))
