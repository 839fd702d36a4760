"""The catalogue as delivered and as the firm changes it; a wrong moment always wins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import moment_types, setup
from polecam.actions.moments import note_moment
from polecam.asking import catalogue, kinds, rules
from polecam.asking.models import DateRule, Moment, MomentKind, MomentType
from polecam.asking.named import CAUSES, Wanted
from polecam.insights import today as insight
from polecam.insights.moment_effects import of_change
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.names import fold
from polecam.kit.periods import day_of
from tests.cast import client

ZONE = "Europe/Warsaw"
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
GOOD = [kind for kind in catalogue.DELIVERED if kind.good]
WRONG = [kind for kind in catalogue.DELIVERED if not kind.good]


def wanted(**more) -> Wanted:
    given = {"title_pl": "Wizyta w salonie", "title_en": "A visit", "days": 10, **more}
    return Wanted(**given)


def look(person, branch, at):
    found = insight.for_(person, branch, at=at, zone=ZONE, language="pl", business="bank")
    return [s.client.party.first_name for s in found.suggestions]


@pytest.mark.parametrize("line", catalogue.LINES)
def test_every_line_has_good_and_wrong_moments_of_its_own(line):
    own = [kind for kind in catalogue.DELIVERED if line in kind.lines]
    assert sum(kind.good for kind in own) >= 3
    assert any(not kind.good for kind in own)
    assert {"praise", "complaint"} <= {kind.code for kind in catalogue.for_line(line)}


def test_what_is_delivered_is_whole_and_names_no_cause():
    codes = [kind.code for kind in catalogue.DELIVERED]
    assert len(codes) == len(set(codes))
    assert set(MomentKind.values) <= set(codes)
    for kind in catalogue.DELIVERED:
        assert len(kind.code) <= 20
        assert 1 <= kind.strength <= 5
        texts = (kind.title_pl, kind.title_en, kind.sentence_pl, kind.sentence_en)
        assert not any(CAUSES.search(fold(text)) for text in texts), kind.code
        assert all(len(text) <= 80 for text in texts[:2])
        assert not kind.good or (kind.days and all(texts) and "{when}" in kind.sentence_pl)
        for form in "fmn":
            said = kinds.said(kind.sentence_pl, "wczoraj", form, 9)
            assert not set(said) & set("[]{}|"), said


def test_a_sentence_follows_the_form_of_the_person():
    keys = kinds.as_delivered(catalogue.BY_CODE["keys"], order=0, used=True)
    said = {f: keys.sentence("pl", when="wczoraj", form=f, rating=None) for f in "fmn"}
    assert said == {
        "f": "wczoraj odebrała klucze",
        "m": "wczoraj odebrał klucze",
        "n": "wczoraj odbiór kluczy",
    }
    rated = kinds.as_delivered(catalogue.BY_CODE["high_rating"], order=0, used=True)
    assert rated.sentence("pl", when="dziś", form="f", rating=9) == "dziś oceniła nas na 9/10"
    assert rated.sentence("pl", when="dziś", form="n", rating=9) == "dziś dostaliśmy ocenę 9/10"
    own = kinds.said("{when} [wróciła|wrócił] do nas", "dziś", "n", None)
    assert own == "dziś wróciła/wrócił do nas"


def test_set_up_installs_the_line_once_and_an_upgrade_changes_nothing(db, at):
    setup.create_organisation(by=None, at=at, name="Salon", business="cars")
    used = set(MomentType.objects.filter(used=True).values_list("code", flat=True))
    assert {"car_handed_over", "praise", "complaint"} <= used
    assert not {"claim_paid", "loan_disbursed"} & used
    assert MomentType.objects.count() == len(catalogue.DELIVERED)
    assert list(DateRule.objects.values_list("used", flat=True)) == [False] * 3
    MomentType.objects.filter(code="praise").update(strength=1, title_pl="Dobre słowo")
    MomentType.objects.filter(code="keys").delete()
    assert setup.install_house(at=at) == 1
    assert setup.install_house(at=at) == 0
    assert MomentType.objects.get(code="praise").title_pl == "Dobre słowo"
    assert DateRule.objects.count() == 3
    assert Event.objects.filter(kind="organisation.furnished").count() == 1


moments = st.lists(
    st.tuples(
        st.sampled_from(WRONG),
        st.integers(-20, 400),
        st.none() | st.integers(0, 400),
    ),
    max_size=6,
)


@given(moments, st.integers(0, 200))
def test_a_wrong_moment_that_lasts_always_wins(told, recovery):
    """Whatever else happened: while one of them lasts, nobody is to ask."""
    wrong = tuple(
        rules.WrongMoment(
            kind.code, TODAY - ago * DAY, None if end is None else TODAY + (end - 200) * DAY
        )
        for kind, ago, end in told
    )
    limits = rules.Limits(recovery_days=recovery)
    rest = rules.may_ask(rules.Standing(wrong=wrong), today=TODAY, limits=limits)

    def lasts(moment):
        end = moment.ended_on
        if end and moment.kind == "complaint":
            end += recovery * DAY
        return moment.on <= TODAY and (end is None or end > TODAY)

    assert (rest is not None) == any(map(lasts, wrong))
    first = rules.wrong_one_at(wrong, TODAY, recovery)
    if first is not None:
        ends = [rules.wrong_until(m, recovery) or date.max for m in wrong if lasts(m)]
        assert (rules.wrong_until(first, recovery) or date.max) == max(ends)


@given(
    st.lists(st.sampled_from(GOOD), min_size=1, max_size=4),
    st.lists(st.sampled_from(WRONG), max_size=2),
)
def test_no_set_of_good_moments_outweighs_one_open_wrong_one(
    marta, anna, branch, at, catalogue, good, wrong
):
    """The same through SQL and rules together."""
    from django.db import transaction

    MomentType.objects.update(used=True)
    kinds.forget()
    on = day_of(at, ZONE)
    with transaction.atomic():
        save = transaction.savepoint()
        for kind in (*good, *wrong):
            Moment.objects.create(
                client=anna, kind=kind.code, wrong=not kind.good, on=on, noted_at=at
            )
        assert look(marta, branch, at) == ([] if wrong else ["Anna"])
        transaction.savepoint_rollback(save)


def test_strength_orders_until_own_answers_outweigh_it(marta, branch, at, catalogue):
    for name, kind in (("Ewa", "renewal"), ("Iga", "praise"), ("Ola", "anniversary")):
        who = client(branch, marta, name, "Test", at=at)
        note_moment(by=marta, at=at, client=who, kind=kind, on=day_of(at, ZONE))
    assert look(marta, branch, at) == ["Iga", "Ewa", "Ola"]
    MomentType.objects.filter(code="anniversary").update(strength=5)
    MomentType.objects.filter(code="praise").update(strength=1)
    kinds.forget()
    assert look(marta, branch, at) == ["Ola", "Ewa", "Iga"]
    assert [rules.weight(n) for n in range(1, 6)] == [0.8, 0.9, 1.0, 1.1, 1.2]


def test_a_change_holds_at_once_and_is_journalled(ada, marta, anna, branch, at, catalogue):
    row = MomentType.objects.get(code="praise")
    note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, ZONE) - 5 * DAY)
    assert look(marta, branch, at) == ["Anna"]
    shorter = of_change("praise", days=3, strength=5, used=True, at=at)
    assert (shorter.leave, shorter.join) == (1, 0)
    assert look(marta, branch, at) == ["Anna"], "looking changes nothing"
    given = {n: getattr(row, n) for n in ("title_pl", "title_en", "sentence_pl", "sentence_en")}
    moment_types.change(by=ada, at=at, kind=row, wanted=Wanted(**given, strength=5, days=3))
    kinds.forget()
    assert look(marta, branch, at) == []
    assert of_change("praise", days=14, strength=5, used=True, at=at).join == 1
    event = Event.objects.get(kind="moment_type.changed")
    assert event.data == {"code": "praise", "good": True, "strength": 5, "days": 3, "used": True}
    assert "chwał" not in str(vars(event))


def test_the_effect_counts_only_clients_who_are_on_a_list(
    ada, marta, kamil, branch, anna, at, catalogue
):
    today = day_of(at, ZONE)
    for name, more in (
        ("Ola", {"never_ask_at": at}),
        ("Ula", {"resting_until": today + DAY}),
        ("Ewa", {"last_asked_at": at - 10 * DAY}),
        ("Iga", {}),
        ("Zoe", {}),
    ):
        who = client(branch, marta, name, "Test", at=at, **more)
        note_moment(by=None, at=at, client=who, kind="saving", on=today)
        if name == "Iga":
            note_moment(by=None, at=at, client=who, kind="complaint", on=today)
        if name == "Zoe":
            note_moment(by=None, at=at, client=who, kind="praise", on=today)
    note_moment(by=None, at=at, client=anna, kind="saving", on=today)
    off = of_change("saving", days=14, strength=4, used=False, at=at)
    assert (off.leave, off.join, off.move) == (1, 0, 0)
    stronger = of_change("saving", days=14, strength=5, used=True, at=at)
    assert (stronger.leave, stronger.join, stronger.move) == (0, 0, 2)


def test_own_moments_come_and_go(ada, marta, anna, branch, at, catalogue):
    good = moment_types.add(by=ada, at=at, good=True, wanted=wanted())
    wrong = moment_types.add(
        by=ada, at=at, good=False, wanted=wanted(title_pl="Zwrot", title_en="Return", days=3)
    )
    on = day_of(at, ZONE)
    note_moment(by=marta, at=at, client=anna, kind=good.code, on=on)
    assert look(marta, branch, at) == ["Anna"]
    moment = note_moment(by=marta, at=at, client=anna, kind=wrong.code, on=on)
    assert (moment.wrong, moment.until) == (True, on + 3 * DAY)
    assert look(marta, branch, at) == []
    moment_types.take_back(by=ada, at=at, kind=wrong)
    assert MomentType.objects.get(pk=wrong.pk).used is False
    assert look(marta, branch, at) == [], "what was noted stays"
    unused = moment_types.add(by=ada, at=at, good=True, wanted=wanted(title_pl="A1", title_en="B1"))
    moment_types.take_back(by=ada, at=at, kind=unused)
    assert not MomentType.objects.filter(pk=unused.pk).exists()


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"title_pl": " "}, "moment_title", "title_pl"),
        ({"title_en": "x" * 81}, "moment_title", "title_en"),
        ({"sentence_pl": "{kiedy} przyszła"}, "moment_sentence", "sentence_pl"),
        ({"sentence_pl": "[a|b|c|d]"}, "moment_sentence", "sentence_pl"),
        ({"strength": 6}, "moment_strength", "strength"),
        ({"days": 0}, "moment_days", "days"),
        ({"days": 366}, "moment_days", "days"),
        ({"days": None}, "moment_days", "days"),
        ({"title_pl": "Śmierć w rodzinie"}, "cause_not_kept", "title_pl"),
        ({"title_pl": "Żałoba"}, "cause_not_kept", "title_pl"),
        ({"sentence_en": "back from hospital"}, "cause_not_kept", "sentence_en"),
        ({"title_pl": "Pochwała"}, "moment_title_taken", "title_pl"),
    ],
)
def test_what_a_kind_cannot_be(ada, at, catalogue, more, code, field):
    with pytest.raises(Refused) as refused:
        moment_types.add(by=ada, at=at, good=True, wanted=wanted(**more))
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not MomentType.objects.filter(own=True).exists()


def test_what_protects_the_client_stays_and_sellers_edit_nothing(ada, marta, at, catalogue):
    row = MomentType.objects.get(code="complaint")
    off = Wanted(title_pl=row.title_pl, title_en=row.title_en, used=False)
    with pytest.raises(Refused, match="moment_needed"):
        moment_types.change(by=ada, at=at, kind=row, wanted=off)
    with pytest.raises(Refused, match="moment_delivered"):
        moment_types.take_back(by=ada, at=at, kind=row)
    for act in (
        lambda: moment_types.add(by=marta, at=at, good=True, wanted=wanted()),
        lambda: moment_types.change(by=marta, at=at, kind=row, wanted=off),
        lambda: moment_types.take_back(by=marta, at=at, kind=row),
    ):
        with pytest.raises((NotAllowed, Refused)):
            act()
    assert MomentType.objects.get(code="complaint").used


def test_a_kind_out_of_use_is_refused_by_hand_and_kept_from_the_house(
    marta, anna, branch, at, catalogue
):
    MomentType.objects.filter(code="delivered").update(used=False)
    on = day_of(at, ZONE)
    with pytest.raises(Refused, match="moment_out_of_use"):
        note_moment(by=marta, at=at, client=anna, kind="delivered", on=on)
    note_moment(by=None, at=at, client=anna, kind="delivered", on=on, source="house")
    assert look(marta, branch, at) == []


def test_one_telling_is_heard_once_even_after_it_was_closed(marta, anna, at, catalogue):
    from polecam.actions.moments import close_moment

    told = {"by": None, "at": at, "client": anna, "kind": "complaint", "on": day_of(at, ZONE)}
    first = note_moment(**told, source="import", source_key="file:1")
    close_moment(by=marta, at=at, moment=first)
    assert note_moment(**told, source="import", source_key="file:1") == first
    assert note_moment(**told) != first, "said anew by hand it is a new one"
