"""How the database of the first release was made, with that release's own code (README.md)."""

from datetime import UTC, datetime, timedelta

import django

django.setup()

from polecam.actions import absences, imports, privacy, setup  # noqa: E402
from polecam.demo import found, live  # noqa: E402
from polecam.files import intake  # noqa: E402
from polecam.organisation.models import Branch  # noqa: E402
from polecam.people.models import Person  # noqa: E402
from polecam.privacy.models import Consent  # noqa: E402
from polecam.store.tx import unsynced  # noqa: E402
from polecam.worker import drain  # noqa: E402

FILE = """Imię i nazwisko;Telefon;E-mail
Stanisław Solak;601 673 417;stanislaw.solak@przyklad.example
Łucja Bąk;600 627 915;lucja.bak@przyklad.example
;795 358 648;nobody@przyklad.example
"""


def extras(at: datetime) -> None:
    """What three weeks of the demo do not have: a tree, an absence, a file, an objection."""
    region = setup.open_branch(by=None, at=at, name="Region Małopolska")
    branch = setup.open_branch(by=None, at=at, name="Oddział Nowa Huta", parent=region)
    setup.open_branch(by=None, at=at, name="Zespół Firmy", parent=branch)
    boss, marta, kamil = (Person.objects.get(first_name=n) for n in ("Tomasz", "Marta", "Kamil"))
    today = at.date()
    absences.plan(
        by=boss,
        at=at,
        person=kamil,
        since=today + timedelta(days=7),
        until=today + timedelta(days=14),
        cover=marta,
    )
    home = Branch.objects.get(name="Oddział Podgórze")
    raw = intake.seal([FILE.encode()])
    job = imports.preview(
        by=boss, at=at, branch=home, kind="clients", filename="klienci.csv", raw=raw
    )
    imports.start(by=boss, at=at, job=job)
    while imports.work_off(at, 60):
        pass
    raw = intake.seal([FILE.encode()])
    imports.preview(
        by=boss, at=at, branch=home, kind="clients", filename="jeszcze.csv", raw=raw
    )  # its upload waits
    consent = Consent.objects.filter(confirmed_at__isnull=False, withdrawn_at=None).last()
    privacy.objection(consent=consent, at=at)


live.DAYS, found.CLIENTS = 21, 250
with unsynced():
    live.live(seed=2026, drain=drain, say=print)
    extras(datetime.now(UTC))
    drain(datetime.now(UTC))
