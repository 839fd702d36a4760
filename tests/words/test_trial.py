"""The fair test: what counts as drawn, what is counted, what leaves a branch."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, own_words, words_choice
from polecam.asking import chance, queries, rates
from polecam.asking.models import Ask, Script, ScriptTally
from polecam.asking.rates import FEWEST_SELLERS, Answers, Row
from polecam.asking.word_rates import WordsRow, parts
from polecam.insights import intervals, tallies, word_results
from tests.cast import ZONE, client, person
from tests.words.support import house

rows = st.lists(
    st.builds(
        lambda kind, code, seller, asks, yes: WordsRow(
            "2026-09", kind, code, 1 if code else 0, seller, asks, min(asks, yes)
        ),
        st.sampled_from(["praise", "keys", "renewal"]),
        st.sampled_from(["a", "b", ""]),
        st.integers(1, 8),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=50,
    unique_by=lambda row: (row.kind, row.code, row.seller),
)


@given(rows)
def test_parts_of_sentences_nest_in_the_cells_of_moments(given_rows):
    """So whatever totals are added or subtracted, whole parts of five sellers are left."""
    sums = defaultdict(Answers)
    for row in given_rows:
        place = row.month, row.kind, row.seller
        sums[place] = sums[place].plus(row.asks, row.yes)
    moments = rates.released(Row(*place, a.asks, a.yes) for place, a in sums.items())
    found = parts(given_rows)
    counted = [row for row in given_rows if row.asks > 0]
    left = list(found)
    for cell in moments:
        inside = [row for row in counted if row.kind in cell.kinds]
        own = [part for part in left if part_of(part, inside)]
        assert sum(part.answers.asks for part in own) == cell.answers.asks
        assert sum(part.answers.yes for part in own) == cell.answers.yes
        for part in own:
            said = [row for row in inside if row.words in part.kinds]
            assert len({row.seller for row in said}) >= FEWEST_SELLERS
            left.remove(part)
    assert left == []


def part_of(part, inside):
    said = [row for row in inside if row.words in part.kinds]
    total = sum(row.asks for row in said), sum(row.yes for row in said)
    return bool(said) and total == (part.answers.asks, part.answers.yes)


@pytest.fixture
def two(db, at) -> list[Script]:
    """Two sentences of equal standing."""
    return [house(at, code, moment_kind="keys")[0] for code in ("keys-a", "keys-b")]


def said(marta, who, script, at, key, *, first, outcome="names"):
    proof = chance.proof(marta, who, script) if first else ""
    ask = asks.record(
        by=marta, at=at, client=who, key=key, script=script, channel="talk", first=proof
    )
    asks.answer(by=marta, at=at, ask=ask, outcome=outcome) if outcome else None
    ask.refresh_from_db()
    return ask


def test_an_ask_remembers_words_channel_and_chance(marta, anna, at, two):
    ask = said(marta, anna, two[0], at, "a", first=True)
    assert (ask.script_code, ask.script_own, ask.channel) == ("keys-a", False, "talk")
    assert ask.drawn == two[0]
    assert said(marta, anna, two[1], at, "b", first=False).drawn is None


def test_a_proof_is_for_one_seller_client_and_sentence(marta, kamil, anna, branch, at, two):
    other = client(branch, marta, "Ewa", "Nowak", at=at)
    shown = chance.proof(marta, anna, two[0])
    assert chance.drawn(shown, marta, anna) == two[0]
    for who, whom in ((kamil, anna), (marta, other)):
        assert chance.drawn(shown, who, whom) is None
    proof = shown.partition(".")[2]
    for forged in ("", "ż" * 32, proof, f"{two[1].public_id}.{proof}", f"{two[0].public_id}."):
        assert chance.drawn(forged, marta, anna) is None


def test_leafing_on_does_not_leave_the_test(marta, anna, at, two):
    """The answer counts for what chance put first: else leafing on in hard talks would flatter it.

    "keys-a" is drawn for four easy and four hard talks; in the hard ones another is said.
    """
    proof = chance.proof(marta, anna, two[0])
    for n in range(8):
        hard = n % 2
        ask = asks.record(
            by=marta, at=at, client=anna, key=f"{n}", script=two[hard], first=proof, channel="talk"
        )
        asks.answer(by=marta, at=at, ask=ask, outcome="declined" if hard else "names")
        assert (ask.script_code, ask.drawn) == (two[hard].code, two[0])
    row = ScriptTally.objects.get()
    assert (row.code, row.asks, row.yes) == ("keys-a", 8, 4)
    assert list(tallies.problems(ZONE)) == []
    drawn_b = said(marta, anna, two[1], at, "b", first=True)
    assert drawn_b.drawn == two[1]
    (group,) = word_results.own(marta, "pl")
    assert [(r.script.code, r.uses, r.yes) for r in group.results] == [
        ("keys-a", 8, 4),
        ("keys-b", 1, 1),
    ]


def test_counters_follow_answers_and_undo(marta, anna, at, two):
    ask = said(marta, anna, two[0], at, "a", first=True)
    row = ScriptTally.objects.get(code="keys-a")
    assert (row.version, row.asks, row.yes) == (1, 1, 1)
    said(marta, anna, two[1], at, "b", first=False, outcome="declined")
    assert ScriptTally.objects.get(code="").asks == 1
    assert list(tallies.problems(ZONE)) == []
    asks.undo(by=marta, at=at, ask=ask)
    row.refresh_from_db()
    assert (row.asks, row.yes) == (0, 0)
    assert list(tallies.problems(ZONE)) == []
    ScriptTally.objects.filter(code="").update(asks=5)
    assert any("words of branch" in line for line in tallies.problems(ZONE))


def test_opting_out_keeps_the_order_and_the_own_proof(marta, at, two):
    words_choice.choose(by=marta, at=at, fair_test=False)
    scripts = list(queries.scripts_for(marta, "pl", ["keys"]))
    assert not queries.takes_part(scripts, on=True)
    words_choice.choose(by=marta, at=at, fair_test=True)
    scripts = list(queries.scripts_for(marta, "pl", ["keys"]))
    assert queries.takes_part(scripts, on=True)
    assert not queries.takes_part(scripts, on=False)


def test_wilson_as_in_the_book():
    """Newcombe 1998, table 1: 81 of 263 -> .2553 to .3662; 0 of 20 -> 0 to .1611."""
    figure = intervals.wilson(81, 263)
    assert (round(figure.low, 4), round(figure.high, 4)) == (0.2553, 0.3662)
    none = intervals.wilson(0, 20)
    assert (none.low, round(none.high, 4)) == (0.0, 0.1611)
    assert intervals.wilson(20, 20).high == 1.0


@given(st.integers(1, 500), st.data())
def test_a_range_holds_its_share(cases, data):
    yes = data.draw(st.integers(0, cases))
    figure = intervals.wilson(yes, cases)
    assert 0 <= figure.low <= figure.value <= figure.high <= 1


def heard(marta, who, script, at, uses, yes, drawn=True):
    Ask.objects.bulk_create(
        Ask(
            client=who, seller=marta, branch=who.branch, asked_at=at, answered_at=at,
            script_code=script.code, script_version=script.version,
            drawn=script if drawn else None,
            script_own=script.seller_id is not None,
            outcome="names" if n < yes else "declined",
        )
        for n in range(uses)
    )  # fmt: skip


def test_a_share_is_told_from_thirty_uses_and_overlap_is_said_honestly(marta, anna, at, two):
    heard(marta, anna, two[0], at, 29, 20)
    heard(marta, anna, two[1], at, 30, 9)
    (group,) = word_results.own(marta, "pl")
    shares = {result.script.code: result.share for result in group.results}
    assert shares["keys-a"] is None
    assert round(shares["keys-b"].value, 2) == 0.3
    assert (group.compared, group.better) == (False, None)
    heard(marta, anna, two[0], at, 1, 0)
    (group,) = word_results.own(marta, "pl")
    assert group.compared
    assert group.better.script.code == "keys-a", "20 of 30 against 9 of 30 do not overlap"
    heard(marta, anna, two[1], at, 6, 6)
    (group,) = word_results.own(marta, "pl")
    assert (group.compared, group.better) == (True, None), "15 of 36 does overlap"


def test_words_kept_for_easy_talks_win_nothing(marta, anna, at, two):
    heard(marta, anna, two[0], at, 40, 12)
    heard(marta, anna, two[1], at, 40, 12)
    heard(marta, anna, two[1], at, 40, 40, drawn=False)
    (group,) = word_results.own(marta, "pl")
    assert [(result.uses, result.yes) for result in group.results] == [(40, 12), (40, 12)]


def test_results_are_their_sellers_alone(marta, kamil, tomek, ada, anna, at, two):
    own = own_words.write(
        by=marta, at=at, kind="keys", language="pl", text="Moje zdanie", exit_line="Nie trzeba"
    )
    heard(marta, anna, own, at, 40, 12)
    heard(marta, anna, two[0], at, 40, 12)
    assert len(word_results.own(marta, "pl")) == 2
    for other in (kamil, tomek, ada):
        assert word_results.own(other, "pl") == []
        whole = word_results.branch([anna.branch_id], at=at, zone=ZONE, language="pl")
        assert whole == []


def test_the_branch_tells_closed_months_of_five_sellers(branch, marta, kamil, tomek, at, two):
    names = ("Ola", "Ewa")
    sellers = [
        marta, kamil, tomek, *(person(branch, "seller", n, "Test", "f", at=at) for n in names)
    ]  # fmt: skip
    last = {"branch": branch, "kind": "keys", "version": 1, "month": "2026-09"}
    for seller in sellers[:4]:
        ScriptTally.objects.create(seller=seller, code="keys-a", asks=10, yes=5, **last)

    def told():
        groups = word_results.branch([branch.pk], at=at, zone=ZONE, language="pl")
        return {r.script.code: (r.uses, r.yes) for group in groups for r in group.results}

    assert told() == {}, "four sellers say nothing"
    fifth = ScriptTally.objects.create(seller=sellers[4], code="keys-a", asks=10, yes=0, **last)
    assert told() == {"keys-a": (50, 20)}
    ScriptTally.objects.create(seller=marta, code="keys-b", asks=9, yes=9, **last)
    assert told() == {}, "one seller's other sentence hides in the pool"
    ScriptTally.objects.filter(code="keys-b").delete()
    fifth.month = f"{at:%Y-%m}"
    fifth.save()
    assert told() == {}, "the open month is not told"
