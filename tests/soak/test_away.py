"""No database, no room: a calm page that keeps what was typed; sent again it counts once."""

import os
import re
from html import unescape
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from polecam.actions import imports
from polecam.files import intake, vault
from polecam.files.models import Upload
from polecam.imports.models import Import
from polecam.referrals.models import Referral
from polecam.store import faults
from polecam.store.reach import is_away
from polecam.web import away
from tests.capture.test_pages import start
from tests.imports.support import CLIENTS, upload
from tests.today.seed import plant

NAMES = {"outcome": "names", "first_name": 'Zoé "Z" <Nowak>', "key": "a"}
FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.fixture
def break_it():
    yield lambda spoken: faults.arm(faults.heard(spoken))
    faults.arm(None)


@pytest.fixture
def signed_in(client, marta):
    client.force_login(marta)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def sheet(signed_in, branch, marta, at, plan):
    return start(signed_in, plant(branch, marta, at)[0])


def post(client, place, form, **more):
    """As a browser sends a form without files."""
    return client.post(place, urlencode(form), content_type=away.PLAIN, **more)


def kept(answer) -> dict[str, str]:
    """What the form of the calm page would send."""
    return {name: unescape(value) for name, value in FIELD.findall(answer.content.decode())}


@pytest.mark.parametrize("fault", ["gone", "full"])
@pytest.mark.parametrize("where", ["begun", "before_commit", "committed"])
def test_what_was_typed_is_sent_again_and_counts_once(signed_in, sheet, break_it, fault, where):
    form = NAMES | {"first_name": "Piotr"}
    break_it(f"{fault}:action.{where}:referrals.capture")
    answer = post(signed_in, sheet, form)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Polecam cannot reach its data right now" in answer.content.decode()
    assert kept(answer) == form
    assert Referral.objects.count() == (where == "committed")
    assert post(signed_in, sheet, kept(answer)).status_code == 303
    assert Referral.objects.count() == 1


def test_every_letter_comes_back_as_it_was(signed_in, sheet, break_it):
    break_it("gone:action.begun")
    assert kept(post(signed_in, sheet, NAMES)) == NAMES


def test_a_fragment_leaves_the_page_as_it_is(signed_in, sheet, break_it):
    break_it("gone:action.begun::1+")
    answer = post(signed_in, sheet, NAMES, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"]) == (503, "none")
    assert "Zoé" not in answer.content.decode()


def test_nobody_can_be_asked_who_it_is(client, monkeypatch, settings):
    """The session itself cannot be read: the language is the browser's."""

    def gone(*_args):
        raise OperationalError("connection refused")

    store = import_module(settings.SESSION_ENGINE).SessionStore
    monkeypatch.setattr(store, "load", gone)
    client.cookies["session"] = "x" * 32
    client.raise_request_exception = False
    for header, said in (("en", "A moment, please"), ("pl", "Chwileczkę")):
        answer = client.get("/today/", headers={"accept-language": header})
        assert answer.status_code == 503
        assert said in answer.content.decode()
        assert 'href="/today/"' in answer.content.decode()


def test_a_secret_is_not_written_into_a_page(rf):
    request = rf.post("/sign-in/", "username=a&password=geheim", content_type=away.PLAIN)
    shown = away.page(request, OperationalError()).content.decode()
    assert "geheim" not in shown
    assert "<form" not in shown
    request = rf.post("/feeds/new/", "name=CRM&login=Bearer+geheim", content_type=away.PLAIN)
    assert "geheim" not in away.page(request, OperationalError()).content.decode()


def test_what_waiting_does_not_mend_is_a_fault_of_ours():
    assert not is_away(OperationalError("no such table: people_person"))
    assert not is_away(OSError(2, "no such file"))
    assert is_away(OSError(28, "no space left on device"))


@pytest.mark.parametrize("where", ["files.block", "files.before_fsync", "action.before_commit"])
def test_a_file_finds_no_room(client, tomek, branch, settings, tmp_path, break_it, where):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    client.force_login(tomek)

    def send():
        file = SimpleUploadedFile("klienci.csv", CLIENTS.encode())
        return client.post(
            "/imports/", {"kind": "clients", "branch": branch.public_id, "file": file}
        )

    break_it(f"full:{where}")
    answer = send()
    assert answer.status_code == (422 if where.startswith("files") else 503), "said on the page"
    assert not Upload.objects.exists()
    assert not Import.objects.exists()
    assert not list(settings.MEDIA_ROOT.glob("*")), "half a file would lie here for ever"
    assert send().status_code in (302, 303)
    assert Import.objects.count() == 1


def test_what_a_kill_left_of_files_goes_at_night(tomek, branch, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    waiting = upload(tomek, branch, CLIENTS, at=at)
    stray = intake.seal([b"never shown"])
    for file in settings.MEDIA_ROOT.glob("*"):
        os.utime(file, (0, 0))
    assert imports.forget_due(at=at)["files"] == 1
    assert not vault.path_of(stray).exists()
    assert vault.path_of(waiting.upload.public_id).exists()


def test_a_file_goes_after_the_commit_only(tomek, branch, at, settings, tmp_path, break_it):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    job = upload(tomek, branch, CLIENTS, at=at)
    break_it("gone:action.before_commit")
    with pytest.raises(OperationalError):
        imports.cancel(by=tomek, at=at, job=job)
    assert vault.path_of(job.upload.public_id).exists(), "its row still says so"
    imports.cancel(by=tomek, at=at, job=job)
    assert not vault.path_of(job.upload.public_id).exists()
