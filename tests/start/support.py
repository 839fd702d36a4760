"""A firm on its first day: nothing but its people, one of each role."""

from datetime import datetime

from polecam.actions import start
from polecam.people.models import Person, Role
from tests import cast

WANDA = {
    "email": "wanda@salon.example",
    "password": cast.PASSWORD,
    "first_name": "Wanda",
    "form": "f",
}
SALON = {
    "name": "Salon Klon",
    "zone": cast.ZONE,
    "currency": "PLN",
    "language": "pl",
    "business": "cars",
}


def first_day(at: datetime, **changes: str) -> dict[str, Person]:
    """The firm stands; its people by role."""
    wanda = start.introduce(at=at, issued_at=at, **WANDA)
    start.found(by=wanda, at=at, **(SALON | changes))
    branch = start.open_first_branch(by=wanda, at=at, name="Zabłocie", plan_name="Plan firmy")
    others = {
        role: cast.person(branch, role, first, "Nowa", form, at=at)
        for role, first, form in (
            (Role.SELLER, "Ola", "f"),
            (Role.MANAGER, "Jan", "m"),
            (Role.DPO, "Iga", "f"),
            (Role.PAYROLL, "Leon", "m"),
        )
    }
    return {Role.ADMIN: wanda, **others}
