"""Files as branches have them, made small, and the way in."""

import io
from datetime import UTC, datetime

import xlsxwriter

from polecam.actions import imports
from polecam.files import intake
from polecam.imports.models import Import

CLIENTS = """\
Nr klienta;Imię i nazwisko;Telefon;E-mail;Opiekun;Klient od;Produkt
K1;Stanisław Solak;601 673 417;stanislaw.solak@przyklad.pl;Marta Zielińska;28.10.2016;konto firmowe
K2;Łucja Bąk;600 627 915;lucja.bak@przyklad.pl;Kamil Duda;16.09.2009;rachunek
K3;Halina Żurek;brak;halina.zurek@przyklad.pl;Ola Pietrzak;14.01.2017;rachunek
K4;Bogusław Sikora;721 501 722;nie podano;Marta Zielińska;24.11.2013;leasing
K5;;795 358 648;elzbieta@przyklad.pl;Kamil Duda;18.06.2018;leasing
K6;Joanna Bielak;512 304 896;joanna.bielak@przyklad.pl;Marta Zielińska;31.02.2020;leasing
K2;Łucja Bąk;600 627 915;lucja.bak@przyklad.pl;Kamil Duda;16.09.2009;rachunek
"""
SALES = """\
Nr umowy;Data;Klient;Telefon;Produkt;Wartość;Marża;Sprzedawca
U/2026/1;17.11.2026;Źrebiec Ryszard;+48691330498;polisa;256 274,00 zł;6623,42;Marta Zielińska
U/2026/2;20.11.2026;Dąbrowski Stanisław;+48880610229;konto firmowe;277 444,00 zł;10793,93;Kamil Duda
"""


def workbook(text: str) -> bytes:
    """The same rows as XLSX."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Klienci")
        for number, line in enumerate(text.splitlines()):
            sheet.write_row(number, 0, line.split(";"))
    return out.getvalue()


def upload(by, branch, content: bytes | str, *, at, kind="clients", name="plik.csv") -> Import:
    """The file on its preview."""
    raw = intake.seal([content.encode() if isinstance(content, str) else content])
    return imports.preview(by=by, at=at, branch=branch, kind=kind, filename=name, raw=raw)


def work(job: Import, *, at, by=None, **chosen) -> Import:
    """Start it and work it off."""
    imports.start(by=by, at=at, job=job, **chosen)
    while imports.work_off(at, 60):
        pass
    job.refresh_from_db()
    return job


def bring(by, branch, content: bytes | str, *, at, kind="clients", **chosen) -> Import:
    """Upload, start, work off."""
    return work(upload(by, branch, content, at=at, kind=kind), at=at, by=by, **chosen)


def counts(job: Import) -> tuple[int, int, int, int]:
    """(created, updated, unchanged, rejected)."""
    return job.created, job.updated, job.unchanged, job.rejected


def now() -> datetime:
    """The present, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
