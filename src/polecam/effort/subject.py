"""What this room holds about one seller, for themselves: to take along or to erase."""

from polecam.effort.models import MoneyGoal, SourceIncome, TimeEntry, Timer
from polecam.effort.queries import entries
from polecam.people.models import Person


def export(person: Person) -> dict:
    """Every entry, income and goal, oldest first; only ever given to the person."""
    return {
        "time": [
            {
                "day": entry.day.isoformat(),
                "source": entry.source,
                "minutes": entry.minutes,
                "grade": entry.grade,
                "effort": entry.effort,
            }
            for entry in entries(person).reverse()
        ],
        "income": [
            {"month": row.month, "source": row.source, "amount_grosze": row.amount_grosze}
            for row in SourceIncome.objects.filter(person=person).order_by("month", "source")
        ],
        "goal": [
            {"amount": goal.amount, "set_at": goal.set_at.isoformat()}
            for goal in MoneyGoal.objects.filter(person=person)
        ],
    }


def erase(person: Person) -> int:
    """Nothing is left of it. Rows gone."""
    return sum(
        model.objects.filter(person=person).delete()[0]
        for model in (TimeEntry, SourceIncome, Timer, MoneyGoal)
    )
