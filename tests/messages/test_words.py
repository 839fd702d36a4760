"""The firm's own words: over the house's, with every place that is owed, to oneself for a try."""

import threading
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connections

from polecam.actions import templates
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages import samples, words
from polecam.messages.models import Message, Template
from polecam.web.pages.mailing import words as labels
from tests.privacy.friend import capture, deliver, say_yes

pytestmark = pytest.mark.django_db
BODY = "Dziękujemy. {firm}: {own}"
ONE = {"kind": "confirmed", "medium": "sms", "language": "pl"}


def every_text() -> list[tuple[str, str, str]]:
    return [
        (kind.code, medium, language)
        for kind in words.kinds().values()
        for medium in kind.media
        for language in ("pl", "en")
    ]


def test_every_kind_has_a_name_a_sample_and_its_places_in_both_languages(firm):
    for kind, medium, language in every_text():
        assert kind in labels.KINDS, f"{kind}: say what it is called in pages/mailing/words.py"
        subject, body = words.house(kind, medium, language)
        facts = samples.facts(kind, medium, language, firm=firm.name, zone=firm.zone)
        shown = words.filled(subject + body, facts)
        assert "…" not in facts.values(), f"{kind}: a place without a sample"
        assert not words.PLACE.search(shown)
        assert set(words.PLACE.findall(subject + body)) == set(words.places(kind, medium))
        assert set(words.places(kind, medium)) <= labels.PLACES.keys()
        assert words.looked_at(kind, medium, subject, body), "the house keeps its own law"


def test_whoever_is_outside_always_finds_a_link_of_their_own_and_the_firm():
    for kind in words.kinds().values():
        if kind.reader == words.STAFF:
            continue
        for medium in kind.media:
            needed = words.needed(kind.code, medium)
            assert set(needed) & set(words.OUT), f"{kind.code}: no way out"
            assert "firm" in needed, f"{kind.code}: who writes?"


@pytest.mark.parametrize(
    ("subject", "body", "code", "field"),
    [
        ("S", "Dzień dobry. {firm}", "template_place_missing", "body"),
        ("S", "Dzień dobry. {own}", "template_place_missing", "body"),
        ("S", BODY + " {numer_klienta}", "template_place_unknown", "body"),
        ("{seler}", BODY, "template_place_unknown", "subject"),
        ("", BODY, "template_subject", "subject"),
        ("S", "", "template_length", "body"),
        ("S", BODY + "x" * 4_000, "template_length", "body"),
        ("S" * 151, BODY, "template_length", "subject"),
        ("Zobacz {own}", BODY, "template_link_in_subject", "subject"),
    ],
)
def test_what_cannot_be_said(ada, at, subject, body, code, field):
    with pytest.raises(Refused, match=code) as refused:
        templates.write(
            by=ada, at=at, kind="confirmed", medium="email", language="pl",
            subject=subject, body=body,
        )  # fmt: skip
    assert refused.value.field == field
    assert not Template.objects.exists()


def test_the_firms_words_go_out_and_the_house_comes_back(ada, anna, marta, kamil, at, settings):
    first = templates.write(by=ada, at=at, subject="", body=BODY, **ONE)
    assert templates.write(by=ada, at=at, subject="", body=BODY, **ONE) == first, "twice is once"
    second = templates.write(by=ada, at=at, subject="", body="Cudnie: {own} {firm}", **ONE)
    assert (first.version, second.version) == (1, 2)
    say_yes(capture(anna, marta, at).invitation, at, channels=["sms"])
    deliver(at + timedelta(minutes=9))
    assert Message.objects.get(kind="confirmed").body.startswith("Cudnie: http")
    assert words.own("confirmed", "email", "pl") is None, "only that medium and language"
    templates.end(by=ada, at=at, **ONE)
    templates.end(by=ada, at=at, **ONE)
    assert words.own(**ONE) is None
    assert Template.objects.filter(ended_at=None).count() == 0
    kinds = Event.objects.filter(kind__startswith="template.").values_list("kind", flat=True)
    assert sorted(kinds) == ["template.ended", "template.written", "template.written"]


def test_only_who_manages_messages(marta, tomek, irena, at):
    for other in (marta, tomek, irena):
        with pytest.raises(NotAllowed):
            templates.write(by=other, at=at, subject="", body=BODY, **ONE)
        with pytest.raises(NotAllowed):
            templates.end(by=other, at=at, **ONE)
        with pytest.raises(NotAllowed):
            templates.try_out(by=other, at=at, subject="", body=BODY, **ONE)


def test_a_try_goes_to_oneself_only_and_changes_nothing(ada, at):
    templates.try_out(by=ada, at=at, subject="", body=BODY, **ONE)
    (letter,) = outbox.outbox
    assert letter.to == [ada.email]
    assert "Bank Olszyna" in letter.body
    assert "{" not in letter.body
    assert not Template.objects.exists()
    assert Message.objects.get().person == ada


def test_what_fills_a_place_is_not_looked_at_again(firm):
    facts = samples.facts("confirmed", "sms", "pl", firm="{own} %(own)s", zone=firm.zone)
    assert words.filled("{firm}", facts) == "{own} %(own)s"


def test_words_that_lack_what_a_newer_house_needs_wait_aside(ada, at, marta):
    Template.objects.create(
        code="statement", medium="email", language="pl", version=1, subject="S", body="Bez linku",
        written_by=ada, written_at=at,
    )  # fmt: skip
    subject, body = words.composed("statement", "email", "pl", {"url": "https://x.example/"})
    assert subject != "S"
    assert "https://x.example/" in body


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_once_leave_one_that_counts(ada, at):
    def write(n: int) -> None:
        templates.write(by=ada, at=at, subject="", body=f"{BODY} {n}", **ONE)
        connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Template.objects.values_list("version", flat=True)) == [1, 2, 3, 4]
    assert Template.objects.filter(ended_at=None).count() == 1
