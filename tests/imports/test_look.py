"""The pages of imports and clients in a browser: axe, both sizes, no script errors."""

import pytest

from polecam.actions import clients, imports
from polecam.imports.models import Import
from polecam.kit.periods import day_of
from tests import cast
from tests.imports.support import CLIENTS, now

pytestmark = pytest.mark.browser


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "klienci_podgorze.csv"
    path.write_bytes(CLIENTS.encode("cp1250"))
    return path


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_file_from_upload_to_result(size, request, sign_in, axe, tomek, marta, kamil, file):
    page = request.getfixturevalue(size)
    sign_in(page, tomek)
    page.goto("/imports/")
    axe(page)
    page.set_input_files("input[type=file]", str(file))
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    axe(page)
    page.locator("input[name=unknown][value=reject]").check()
    page.locator("form[action$='/start/'] button.btn--primary").click()
    page.wait_for_selector("#progress")
    axe(page)
    while imports.work_off(now(), 60):
        pass
    page.locator("#progress a.btn--primary").click()
    axe(page)
    assert Import.objects.get().created == 3
    with page.expect_download() as download:
        page.locator("a[href$='rejected.csv']").click()
    assert download.value.suggested_filename == "polecam-rejected.csv"


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_client_through_its_page(size, request, sign_in, axe, branch, tomek, marta, kamil, at):
    client = cast.client(branch, marta, "Anna", "Kowalczyk", at=at)
    client.party.set_phone("+48601223344")
    client.party.save()
    cast.client(branch, kamil, "Piotr", "Zaręba", at=at)
    today = day_of(at, "Europe/Warsaw")
    clients.note_moment(by=marta, at=at, client=client, kind="keys", on=today)
    page = request.getfixturevalue(size)
    sign_in(page, marta)
    page.goto("/clients/?q=kowal")
    axe(page)
    page.get_by_text("Anna Kowalczyk").click()
    axe(page)
    assert page.get_by_text("601 223 344").is_visible()
    page.locator("details.more summary").click()
    page.locator("a[href$='/wrong/']").click()
    axe(page)
    page.locator("input[name=kind][value=complaint]").check(force=True)
    page.locator("button.btn--primary").click()
    page.wait_for_url(f"**/clients/{client.public_id}/")
    page.goto(f"/clients/{client.public_id}/rest/")
    axe(page)
    page.goto(f"/clients/{client.public_id}/data/")
    axe(page)
    page.goto("/clients/new/")
    axe(page)
