"""The cast of the tests: one firm, one branch, and people everyone knows from the demo.

`pytest_plugins` in conftest makes the fixtures known: `firm`, `branch`, `marta` (seller, f),
`kamil` (seller, m), `tomek` (manager, m), `ada` (admin), `irena` (data protection officer),
`pawel` (payroll), `anna` (Marta's client), `plan` (the real plan, published), `at` (a Monday).
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from polecam.bonuses.models import Component, Plan, PlanVersion
from polecam.clients.models import Client
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation.models import Branch, Organisation
from polecam.parties.models import Party
from polecam.people.models import Membership, Person, Role

PASSWORD = "spokojna-rozmowa-2026"
ZONE = "Europe/Warsaw"


@pytest.fixture
def at() -> datetime:
    """A moment in the recent past, so that rules about the future hold; whole seconds.

    Of the firm's own today, also just after midnight: pages show what is due on their day.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    return max(now - timedelta(minutes=30), day_bounds(day_of(now, ZONE), ZONE)[0])


@pytest.fixture
def firm(db, at) -> Organisation:
    """Bank Olszyna, in Warsaw's zone, regulated."""
    return Organisation.objects.create(
        id=1,
        name="Bank Olszyna",
        address="ul. Leśna 1, 30-001 Kraków",
        privacy_contact="iod@olszyna.example",
        created_at=at - timedelta(days=400),
    )


@pytest.fixture
def branch(firm, at) -> Branch:
    """Podgórze in Kraków."""
    return Branch.objects.create(
        name="Oddział Podgórze", city="Kraków", created_at=at - timedelta(days=400)
    )


def person(
    branch: Branch, role: str, first: str, last: str, form: str, *, at: datetime, **more: object
) -> Person:
    """A person with one role, a year in the branch, and PASSWORD."""
    made = Person(
        email=f"{first}.{last}@olszyna.example".lower(),
        first_name=first,
        last_name=last,
        form=form,
        created_at=at - timedelta(days=365),
        **more,
    )
    made.set_password(PASSWORD)
    made.save()
    Membership.objects.create(person=made, branch=branch, role=role, since=at - timedelta(days=365))
    return made


@pytest.fixture
def marta(branch, at) -> Person:
    """A slightly anxious seller."""
    return person(branch, Role.SELLER, "Marta", "Zielinska", "f", at=at)


@pytest.fixture
def kamil(branch, at) -> Person:
    """A colleague and rival of Marta."""
    return person(branch, Role.SELLER, "Kamil", "Duda", "m", at=at)


@pytest.fixture
def tomek(branch, at) -> Person:
    """The boss, who asks too."""
    return person(branch, Role.MANAGER, "Tomasz", "Wrona", "m", at=at)


@pytest.fixture
def ada(branch, at) -> Person:
    """The admin."""
    return person(branch, Role.ADMIN, "Ada", "Maj", "f", at=at)


@pytest.fixture
def irena(branch, at) -> Person:
    """The data protection officer."""
    return person(branch, Role.DPO, "Irena", "Sowa", "f", at=at)


@pytest.fixture
def pawel(branch, at) -> Person:
    """Payroll."""
    return person(branch, Role.PAYROLL, "Pawel", "Lis", "m", at=at)


def client(
    branch: Branch, owner: Person, first: str, last: str, *, at: datetime, **more: object
) -> Client:
    """A client of six years, owned by `owner`, never asked."""
    party = Party(form="f" if first.endswith("a") else "m", created_at=at)
    party.set_name(first, last)
    party.save()
    return Client.objects.create(
        party=party,
        branch=branch,
        owner=owner,
        since=date(at.year - 6, at.month, 1),
        created_at=at - timedelta(days=300),
        updated_at=at - timedelta(days=300),
        **more,
    )


@pytest.fixture
def anna(branch, marta, at) -> Client:
    """Anna Kowalczyk, who just got her keys."""
    return client(branch, marta, "Anna", "Kowalczyk", at=at)


@pytest.fixture
def plan(firm, at) -> PlanVersion:
    """10 zł a consent, 40 zł a meeting, 12.5% of margin; hold 30 days, clawback 90."""
    made = Plan.objects.create(name="Plan 2026", created_at=at - timedelta(days=400))
    version = PlanVersion.objects.create(
        plan=made,
        number=1,
        valid_from=at - timedelta(days=400),
        hold_days=30,
        clawback_days=90,
    )
    for position, (kind, amount, rate) in enumerate(
        [("consent", 1_000, 0), ("meeting", 4_000, 0), ("sale", 0, 1_250)], start=1
    ):
        Component.objects.create(
            version=version,
            position=position,
            fact_kind=kind,
            base="margin" if rate else "count",
            amount_grosze=amount,
            rate_bp=rate,
        )
    version.published_at = at - timedelta(days=400)
    version.save()
    return version
