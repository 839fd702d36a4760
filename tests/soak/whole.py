"""The whole life, and its first days only."""

from tests.soak import life, life_begin, life_law, life_work
from tests.soak.diary import Diary, Step

FOUNDING = "founding"
"""Everything up to the first day, in one: nobody is killed in it."""


def short() -> list[Step]:
    """A first day of asking, and a friend who says yes: for every day's tests."""
    before = Diary()
    life_begin.founding(before)
    life_law.the_plan(before)
    does = Diary()
    does.now = before.now
    does(FOUNDING, lambda _at: [step.do(step.at) for step in before.steps], bare=True)
    does.day(3)
    life.asking(does)
    does.day(4)
    life.friends(does, most=1)
    return does.steps


def whole() -> list[Step]:
    """Four months: everything a branch does, payroll included."""
    does = Diary()
    life_begin.founding(does)
    life_law.the_plan(does)
    does.day(3)
    life_begin.a_file(does)
    life.asking(does)
    does.day(4)
    life.friends(does)
    does.day(6)
    life_work.working(does)
    does.day(10)
    life_work.selling(does)
    life_law.clients_speak(does)
    does.day(14)
    life_law.disputed(does)
    life_law.quiet_days(does, 26, 29)  # the clocks change on the night to the 30th of March
    does.day(31)
    life_law.paid(does, "2025-03")
    does.day(45)
    life_law.complaints(does)
    life_law.the_law(does)
    does.day(60)
    life_law.paid(does, "2025-04")
    life_law.the_pool(does)
    life_law.quiet_days(does, 61, 62)
    does.day(92)
    life_law.paid(does, "2025-05")
    return does.steps
