"""What somebody who left has left behind, for whoever divides portfolios."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.claims.models import BulkHandoff, BulkState, Handoff, HandoffKind, HandoffState
from polecam.insights import portfolio as reads
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait


def waits(person: Person, at: datetime) -> list[Wait]:
    """Clients and referrals without anybody who works; and friends who have not answered yet."""
    gone = reads.leavers(person)
    if not gone:
        return []
    behind = reads.left_behind(person, at=at, gone=gone)
    branches = standing(person).branches(Permission.DIVIDE_PORTFOLIO)
    return [*_behind(behind, person), *_friends(branches)]


def _behind(behind: list[reads.Left], person: Person) -> list[Wait]:
    if not behind:
        return []
    people = Person.objects.in_bulk([one.person_id for one in behind])
    drafts = dict(
        reads.visible_to(person)
        .filter(giver__in=people, state__in=[BulkState.DRAFT, BulkState.RUNNING])
        .values_list("giver_id", "public_id")
    )
    return [_wait(one, people[one.person_id], drafts.get(one.person_id)) for one in behind]


def _wait(one: reads.Left, giver: Person, draft: str | None) -> Wait:
    said = []
    if one.clients:
        said.append(ngettext("%(n)s client", "%(n)s clients", one.clients) % {"n": one.clients})
    if one.led:
        said.append(ngettext("%(n)s referral", "%(n)s referrals", one.led) % {"n": one.led})
    new = f"{reverse('portfolio:new')}?giver={giver.public_id}"
    title = _("%(who)s no longer works here: who takes over?")
    if giver.is_active:
        title = _("%(who)s works in another branch now: who takes over?")
    return Wait(
        fmt.tie(title % {"who": giver.full_name}),
        fmt.tie(", ".join(said)),
        reverse("portfolio:one", args=[draft]) if draft else new,
        "folder-output",
    )


def _friends(branches: list[int]) -> list[Wait]:
    """Hand-offs after somebody left that wait for the friend's own word."""
    rows = Handoff.objects.filter(
        branch_id__in=branches, kind=HandoffKind.LEAVING, state=HandoffState.ACCEPTED
    )
    count = rows.count()
    if not count:
        return []
    last = (
        BulkHandoff.objects.filter(branch_id__in=branches, state=BulkState.DONE)
        .order_by("-done_at")
        .first()
    )
    said = ngettext(
        "%(n)s referral of somebody who left waits for the friend's word",
        "%(n)s referrals of somebody who left wait for the friend's word",
        count,
    )
    place = reverse("portfolio:one", args=[last.public_id]) if last else reverse("portfolio:list")
    return [
        Wait(
            fmt.tie(said % {"n": count}),
            fmt.tie(_("A colleague leads it already; the contact opens with the friend's yes.")),
            place,
            "hourglass",
        )
    ]
