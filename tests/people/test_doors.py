"""What stands before the pages: personas of a demo only here, limits by the real address."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from polecam.web.demo import personas_allowed
from polecam.web.limits import address, limited

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(firm, settings):
    settings.ALLOWED_HOSTS = ["*"]
    firm.is_demo = True
    firm.save(update_fields=["is_demo"])
    return firm


def ask(host: str = "localhost:8000", **meta: str):
    return RequestFactory().get("/", HTTP_HOST=host, **{"REMOTE_ADDR": "127.0.0.1", **meta})


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_personas_on_this_machine(demo, host):
    assert personas_allowed(ask(host))


@pytest.mark.parametrize(
    ("host", "meta"),
    [
        ("polecam.example.com", {}),
        ("localhost.example.com", {}),
        ("127.0.0.1.example.com", {}),
        ("localhost", {"REMOTE_ADDR": "10.0.0.7"}),
        ("localhost", {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}),
        ("localhost", {"HTTP_FORWARDED": "for=10.0.0.7"}),
        ("localhost", {"HTTP_X_REAL_IP": "10.0.0.7"}),
        ("localhost", {"HTTP_VIA": "1.1 proxy"}),
    ],
)
def test_no_personas_from_elsewhere(demo, host, meta):
    assert not personas_allowed(ask(host, **meta))


def test_no_personas_in_a_real_database(firm):
    assert not personas_allowed(ask())


def test_no_personas_in_production(demo, settings):
    settings.TESTING = settings.DEMO = False
    assert not personas_allowed(ask())


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(settings):
    forged = ask(HTTP_X_FORWARDED_FOR="1.2.3.4, 9.9.9.9")
    assert address(forged) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address(forged) == "9.9.9.9"
    assert address(ask()) == "127.0.0.1"


def test_a_limit_answers_429_and_when_to_come_back(firm):
    door = limited("test", per=(2, 600))(lambda request: "in")
    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1")
    request.user = None
    other = RequestFactory().post("/", REMOTE_ADDR="10.0.0.2")
    assert [door(request), door(request)] == ["in", "in"]
    refused = door(request)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
    assert door(other) == "in"


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("marta", "today:today"),
        ("tomek", "branch:branch"),
        ("ada", "setup:setup"),
        ("pawel", "payroll:months"),
        ("irena", "privacy:people"),
    ],
)
def test_everyone_is_led_to_the_page_of_their_role(client, request, who, home):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("home")).headers["Location"] == reverse(home)
