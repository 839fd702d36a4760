"""Somebody stands in for a manager, for days that are named beforehand."""

from datetime import date, datetime

from django.db.models import QuerySet

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people import staff
from polecam.people.models import Absence, Deputy, Membership, Person, Role
from polecam.people.permissions import Permission, require, standing
from polecam.people.rules import LONGEST_DEPUTY
from polecam.store.tx import action, lock


def name(
    *,
    by: Person,
    at: datetime,
    branch: Branch,
    manager: Person,
    person: Person,
    since: date,
    until: date,
) -> Deputy:
    """`person` stands in for `manager` of `branch` from `since` until `until` (half-open).

    Named by the manager, the region's, or an admin; one at a time for each branch. The same again
    is once. Raises Refused ("deputy_days", "deputy_oneself", "deputy_not_manager", "deputy_unfit",
    "deputy_duties", "deputy_away", "deputy_overlaps"), NotAllowed.
    """
    today = day_of(at, settings.zone())
    if not today <= since < until or (until - since).days > LONGEST_DEPUTY:
        raise Refused("deputy_days", field="until", days=LONGEST_DEPUTY)
    with action():
        require(by, Permission.NAME_DEPUTY, branch.pk)
        lock(branch)
        person = lock(person)
        same = {"manager": manager, "person": person, "since": since, "until": until}
        twin = Deputy.objects.filter(branch=branch, ended_at=None, **same).first()
        if twin is not None:
            return twin
        _check(by, branch, manager, person)
        if _shared_days(Absence.objects.filter(person=person), since, until):
            raise Refused("deputy_away", field="person")
        if _shared_days(Deputy.objects.filter(branch=branch), since, until):
            raise Refused("deputy_overlaps", field="since")
        deputy = Deputy.objects.create(branch=branch, made_by=by, made_at=at, **same)
        data = {"person": person.pk, "manager": manager.pk, "since": since, "until": until}
        record("deputy.named", deputy, by=by, at=at, branch=branch.pk, data=data)
        return deputy


def end(*, by: Person | None, at: datetime, deputy: Deputy) -> Deputy:
    """They stand in no longer, at once: said by whoever may name one, or by the deputy. Twice is
    once. Raises NotAllowed."""
    with action():
        if by is None or by.pk != deputy.person_id:
            require(by, Permission.NAME_DEPUTY, deputy.branch_id)
        deputy = lock(deputy)
        if deputy.ended_at is None:
            finish(deputy, by=by, at=at)
        return deputy


def finish(deputy: Deputy, *, by: Person | None, at: datetime) -> None:
    """Inner step: over from this moment on; the row is locked."""
    deputy.ended_at = at
    deputy.save(update_fields=["ended_at"])
    data = {"person": deputy.person_id, "manager": deputy.manager_id}
    record("deputy.ended", deputy, by=by, at=at, branch=deputy.branch_id, data=data)


def end_all(person: Person, *, by: Person | None, at: datetime) -> int:
    """Inner step of leaving: the person stands in for nobody any more; how many ended."""
    today = day_of(at, settings.zone())
    found = [lock(deputy) for deputy in staff.deputising(person, today)]
    for deputy in found:
        finish(deputy, by=by, at=at)
    return len(found)


def _check(by: Person, branch: Branch, manager: Person, person: Person) -> None:
    if person.pk == by.pk:
        raise Refused("deputy_oneself", field="person")
    leads = staff.managers(branch.pk)
    if not leads.filter(pk=manager.pk).exists():
        raise Refused("deputy_not_manager", field="manager")
    if not person.is_active or not standing(person).roles or leads.filter(pk=person.pk).exists():
        raise Refused("deputy_unfit", field="person")
    office = Membership.objects.filter(person=person, until=None, role__in=(Role.PAYROLL, Role.DPO))
    if office.exists():
        raise Refused("deputy_duties", field="person")


def _shared_days(rows: QuerySet[Absence] | QuerySet[Deputy], since: date, until: date) -> bool:
    return rows.filter(since__lt=until, until__gt=since, ended_at=None).exists()
