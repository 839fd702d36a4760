"""What special actions may still spend: one row each, locked before anything is spent of it."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from polecam.bonuses.compile import Part
from polecam.bonuses.models import ComponentBudget, Line, LineState


def hold(parts: Iterable[Part]) -> list[ComponentBudget]:
    """Lock the budgets of these components in the order of ids; granted at their first use.

    Who spends of one waits here for whoever did before, so that it is never overspent (invariant
    13). Lines are locked before budgets, budgets before accounts.
    """
    granted = {part.id: part.budget for part in parts if part.budget}
    if not granted:
        return []
    rows = ComponentBudget.objects.filter(component__in=granted)
    locked = list(rows.select_for_update(of=("self",), no_key=True).order_by("component_id"))
    if len(locked) < len(granted):
        ComponentBudget.objects.bulk_create(
            [ComponentBudget(component_id=k, granted_grosze=v) for k, v in granted.items()],
            ignore_conflicts=True,
        )
        locked = list(rows.select_for_update(of=("self",), no_key=True).order_by("component_id"))
    return locked


def settle(held: list[ComponentBudget]) -> None:
    """What is used of these (locked) budgets is the sum of their lines."""
    if not held:
        return
    lines = Line.objects.filter(Q(component=OuterRef("component")) & ~Q(state=LineState.VOID))
    used = lines.order_by().values("component").annotate(used=Sum("amount_grosze")).values("used")
    rows = ComponentBudget.objects.filter(pk__in=[row.pk for row in held])
    rows.update(used_grosze=Coalesce(Subquery(used), 0))
