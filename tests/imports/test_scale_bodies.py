"""What is too large is refused by its announcement, before a byte of it is read or kept."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from polecam.files import vault
from polecam.imports.models import Import
from polecam.web import middleware


class Unread(io.RawIOBase):
    """A body whose reading is a failure."""

    def readable(self):
        return True

    def readinto(self, buffer):
        raise AssertionError("the body was read")


@pytest.fixture
def browser(tomek):
    found = Browser()
    found.force_login(tomek)
    return found


def post(browser, path, **said):
    """A POST that only announces its body."""
    environ = {"wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data; boundary=x", **said}
    return browser.generic("POST", path, **environ)


def nothing_kept():
    return not list(Path(settings.MEDIA_ROOT).glob("*")) and not Import.objects.exists()


def test_two_gigabytes_are_refused_unread(db, browser, branch):
    answer = post(browser, reverse("imports:list"), CONTENT_LENGTH=str(2 << 30))
    assert answer.status_code == 413
    assert "257" in answer.content.decode()
    assert nothing_kept()


def test_a_door_without_files_takes_little(db, browser, branch):
    said = str(middleware.MOST_BYTES + 1)
    assert post(browser, reverse("entry:sign_in"), CONTENT_LENGTH=said).status_code == 413
    assert post(Browser(), reverse("entry:sign_in"), CONTENT_LENGTH=said).status_code == 413


def test_a_body_of_unknown_size_is_refused(db, browser, branch):
    answer = post(browser, reverse("imports:list"), HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411
    assert nothing_kept()


@pytest.mark.parametrize("said", ["-1", "99999999999999999999999", "many"])
def test_nonsense_is_no_size(db, browser, branch, said):
    answer = post(browser, reverse("imports:list"), CONTENT_LENGTH=said)
    assert answer.status_code == 413
    assert nothing_kept()


def test_more_than_a_file_may_have_leaves_nothing(db, browser, branch, monkeypatch):
    """The announcement fits, the file does not: it is cut off while it arrives."""
    monkeypatch.setattr(vault, "LIMIT", 3 * vault.BLOCK)
    file = io.BytesIO(b"a;b\n" * (1 << 20))
    file.name = "klienci.csv"
    answer = browser.post(
        reverse("imports:list"),
        {"kind": "clients", "branch": branch.public_id, "file": file},
    )
    assert answer.status_code == 422
    assert nothing_kept()
