"""Pages of evidence and parameters: who opens them, what they say, files in both languages."""

import re

import pytest
from django.urls import reverse

from polecam.actions.parameters import set_parameter
from polecam.bonuses.models import CreditedFact, LedgerTransaction, PoolFlow
from polecam.organisation.models import Branch, Setting
from polecam.people.models import Membership
from polecam.web.pages.evidence import paper
from tests.house.law import PACKAGE

pytestmark = pytest.mark.django_db
FORBIDDEN = (
    r"91\s*%",
    r"\b83\s*%?\s*(/|of|and|a|i|vs)\s*29\b",
    r"Texas Tech",
    r"Nielsen",
    r"11\s*% (ask|pyta)",
)
"""No primary source was found for these (evidence.md, "Never print")."""


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\u202f", " ").replace("\xa0", " "))


@pytest.fixture
def told(branch, five, closed, happened, ada, at):
    happened(closed[0], five, five)
    set_parameter(
        by=ada, at=at, key="cost_of_client_grosze", value=148_000, source="Marketing, II kw. <b>*x*"
    )


def test_the_page_says_what_came_and_what_it_cost(client, told, tomek):
    client.force_login(tomek)
    page = text(client.get(reverse("evidence:firm")))
    for said in ("20 000 zł", "1 480 zł", "250 zł"):  # margin, cost otherwise, bonuses
        assert said in page
    for period in ("quarter", "all", "nonsense"):
        assert client.get(reverse("evidence:firm"), {"period": period}).status_code == 200


def test_without_months_of_five_only_assumptions_stand_there(client, tomek, branch):
    client.force_login(tomek)
    answer = client.get(reverse("evidence:firm"))
    assert answer.status_code == 200
    assert reverse("evidence:parameter", args=["cost_of_client_grosze"]) in answer.content.decode()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_report_is_one_page_and_takes_text_as_text(client, told, tomek, marta, language):
    for who, name in ((tomek, "evidence:pdf"), (marta, "evidence:mine_pdf")):
        client.force_login(who)
        answer = client.get(reverse(name), {"lang": language})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert f"-{language}.pdf" in answer.headers["Content-Disposition"]
        assert answer.content.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) == 1


def test_a_hostile_text_is_no_markup():
    hostile = '#panic("x") *a* $b$ \\ ]'
    made = paper.pdf(
        {
            "lang": "pl", "title": hostile, "lead": hostile, "tiles": [[hostile] * 3],
            "charts": [{"title": hostile, "bars": [(hostile, 0.0, hostile, True)]}],
            "sections": [
                {"title": hostile, "missing": "", "note": hostile,
                 "lines": [[hostile] * 4 + [True]]},
            ],
            "sources": [[hostile, hostile]], "method": hostile, "foot": hostile,
        }
    )  # fmt: skip
    assert made.startswith(b"%PDF-")


def test_the_seller_sees_own_sums_and_nobody_elses(client, told, marta, kamil):
    client.force_login(marta)
    page = text(client.get(reverse("evidence:mine")))
    assert "50 zł" in page  # her own line
    assert kamil.last_name not in page


def test_what_one_sale_brought_the_pool_is_not_told_to_colleagues(
    client, told, marta, kamil, branch, closed, at
):
    """One flow and the pool's rule tell the bonus of that sale; the pool's page waits for five."""
    fact = CreditedFact.objects.filter(person=kamil).get()
    posting = LedgerTransaction.objects.create(
        kind="pool", month=closed[0], branch=branch, at=at, sealed=False
    )
    PoolFlow.objects.create(
        branch=branch, fact=fact, version=fact.version, month=closed[0], benchmark_grosze=148_000,
        bonuses_grosze=52_600, time_grosze=2_000, saved_grosze=93_400, pool_bp=2_000,
        amount_grosze=77_700, posting=posting, at=at,
    )  # fmt: skip
    client.force_login(marta)
    assert "777 zł" not in text(client.get(reverse("evidence:mine")))


def test_a_parameter_is_entered_with_its_source(client, ada, firm):
    client.force_login(ada)
    address = reverse("evidence:parameter", args=["hour_cost_grosze"])
    refused = client.post(address, {"value": "72,50", "source": ""})
    assert refused.status_code == 422
    assert not Setting.objects.exists()
    assert client.post(address, {"value": "72,50", "source": "Kadry 2026"}).status_code == 303
    row = Setting.objects.get()
    assert (row.value, row.why, row.branch) == (7_250, "Kadry 2026", None)
    page = text(client.get(reverse("evidence:parameters")))
    assert "72,50 zł" in page
    assert "Kadry 2026" in page
    client.post(address, {"value": "", "source": ""})
    assert "Kadry 2026" not in text(client.get(reverse("evidence:parameters")))
    assert "Kadry 2026" in text(client.get(address))  # the history keeps it


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("horizon_years", "2,5"),
        ("horizon_years", "99"),
        ("retention_bp", "100"),
        ("hour_cost_grosze", "abc"),
        ("hour_cost_grosze", "-3"),
    ],
)
def test_a_wrong_value_stays_in_the_form(client, ada, firm, key, typed):
    client.force_login(ada)
    address = reverse("evidence:parameter", args=[key])
    answer = client.post(address, {"value": typed, "source": "x"})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not Setting.objects.exists()


def test_the_boss_enters_for_the_own_branch_alone(client, tomek, branch, at):
    client.force_login(tomek)
    address = reverse("evidence:parameter", args=["ask_minutes"])
    client.post(address, {"value": "4", "source": "Pomiar w oddziale"})
    assert Setting.objects.get().branch == branch
    elsewhere = Branch.objects.create(name="Krowodrza", created_at=at)
    for name in ("evidence:parameters", "evidence:firm"):
        page = client.get(reverse(name), {"branch": elsewhere.public_id})
        assert page.status_code == 404


def test_whoever_sees_two_branches_chooses(client, told, ada, branch, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    Membership.objects.create(person=ada, branch=other, role="admin", since=at)
    client.force_login(ada)
    both = text(client.get(reverse("evidence:firm")))
    assert "Krowodrza" in both
    assert "20 000 zł" in both
    one = client.get(reverse("evidence:firm"), {"branch": other.public_id})
    assert "20 000 zł" not in text(one)


def test_no_statistic_without_a_source_is_printed():
    """In no catalogue, template, script or page: "91% would refer", "83/29", "4x Nielsen"."""
    found = []
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".po", ".html", ".py", ".typ", ".js"} and "static" not in path.parts:
            words = path.read_text(encoding="utf-8").replace("%%", "%")
            found += [f"{path.name}: {p}" for p in FORBIDDEN if re.search(p, words)]
    assert not found
