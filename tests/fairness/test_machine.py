"""Claims, hand-offs, splits, disputes, absences and joined records, in any order there is.

Holds invariants 3 to 7, 12, 14, 18 and 20 of the domain after every step, and `polecam verify`
clean at the end.
"""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from polecam.actions.setup import set_setting
from polecam.asking.models import Ask
from polecam.bonuses.models import (
    Account,
    AccountKind,
    CreditedFact,
    LedgerTransaction,
    Line,
    LineState,
    Suspense,
)
from polecam.claims.models import Claim, CreditShare, ShareProposal
from polecam.insights import proofs
from polecam.insights import today as suggestions
from polecam.parties.models import Party
from polecam.referrals.models import Referral
from polecam.store.clock import injected
from tests.cast import client
from tests.fairness.branch_life import ZONE, Life

NUMBER = st.integers(0, 3)
BP = st.sampled_from([7_000, 6_667, 3_000, 2_500, 5_001, 7_500, 8_888, 1, 9_999, 10_000, 0])
REST = timedelta(days=90)
HOW = {
    "work": ["reach", "meet", "meet", "sell", "sell", "lose"],
    "settle": ["hold", "confirm_meeting", "confirm_sale", "confirm_sale", "miss", "void_sale"],
    "answer_offer": ["accept", "accept", "friend_yes", "friend_no", "decline", "take_back"],
    "of_dispute": [
        "uphold",
        "partly",
        "content",
        "content",
        "reject",
        "appeal",
        "withdraw_dispute",
    ],
}


def step(life: Life, draw) -> None:
    """One act, drawn from those that could come to something."""
    name = draw(st.sampled_from(life.possible()))
    who, which, other = draw(NUMBER), draw(NUMBER), draw(NUMBER)
    how = draw(st.sampled_from(HOW[name])) if name in HOW else ""
    bp = draw(BP) if name in ("offer", "propose", "dispute", "of_dispute") else 0
    acts = {
        "ask": lambda: life.ask(who, which),
        "capture": lambda: life.capture(who % 2, which),
        "capture_again": lambda: life.capture_again(which, other=other == 0),
        "consent": lambda: life.consent(which, other, names_branch=who % 2 == 0),
        "work": lambda: life.work(who, which, how),
        "settle": lambda: life.settle(who, which, how),
        "offer": lambda: life.offer(who, which, other, bp),
        "answer_offer": lambda: life.answer_offer(who, which, how),
        "propose": lambda: life.propose(who, which, bp),
        "answer_proposal": lambda: life.answer_proposal(who, agrees=which != 0),
        "dispute": lambda: life.dispute(who, which, bp),
        "of_dispute": lambda: life.of_dispute(who, how, bp),
        "away": lambda: life.away(who, which, 1 + other),
        "back": lambda: life.back(who),
        "join": lambda: life.join(who, which, other),
        "part": lambda: life.part(who),
        "extra": lambda: life.extra(who, which, other),
        "leave": lambda: life.leave(who),
        "divide": lambda: life.divide(who, which),
        "pass_time": lambda: life.pass_time(draw(st.sampled_from([1, 20, 49, 200]))),
    }
    acts[name]()


def shares_hold() -> None:
    """Invariants 5 and 6, and that authorship never moves."""
    sets: dict[int, dict[int, list[CreditShare]]] = defaultdict(lambda: defaultdict(list))
    for share in CreditShare.objects.order_by("pk"):
        sets[share.referral_id][share.number].append(share)
    agreed = ShareProposal.objects.filter(state="agreed")
    yes = {
        (row.proposal.public_id, row.person_id)
        for proposal in agreed
        for row in proposal.proposedshare_set.filter(agreed=True)
    }
    for numbered in sets.values():
        assert sorted(numbered) == list(range(1, len(numbered) + 1))
        for number, rows in numbered.items():
            assert sum(row.share_bp for row in rows) == 10_000
            floors = {row.person_id: row.floor_bp for row in numbered.get(number - 1, ())}
            for person, floor in floors.items():
                now = sum(row.share_bp for row in rows if row.person_id == person)
                assert now >= floor or (rows[0].source, person) in yes


def claims_hold(at) -> None:
    """Invariant 7: one active claim per referral, and per person under whatever record."""
    running = Claim.objects.filter(ended_at=None, until__gt=at)
    per = running.values("referral").annotate(n=Count("pk")).filter(n__gt=1)
    assert not per.exists()
    heads = {party.pk: party.same_as_id or party.pk for party in Party.objects.all()}
    people = [heads[claim.party_id] for claim in running if claim.party_id]
    assert len(people) == len(set(people))


def money_holds() -> None:
    """Invariants 1, 2, 4, 5, 12 and 14."""
    assert not LedgerTransaction.objects.filter(sealed=False).exists()
    for row in LedgerTransaction.objects.annotate(total=Sum("entry__amount")):
        assert row.total == 0
    for account in Account.objects.annotate(total=Sum("entry__amount")):
        assert account.balance == (account.total or 0)
    balances = dict(Account.objects.values_list("kind").annotate(Sum("balance")))
    assert sum(balances.values()) == 0  # what was spent is pending, payable, paid, waits or is owed
    waiting = Suspense.objects.filter(ended_at=None).aggregate(n=Sum("amount_grosze"))["n"] or 0
    assert balances.get(AccountKind.DISPUTED, 0) == waiting
    standing = Line.objects.exclude(state=LineState.VOID).select_related("vesting", "accrual")
    wholes: dict[tuple, list[Line]] = defaultdict(list)
    for line in standing.select_related("fact"):
        wholes[line.fact.source, line.fact.kind, line.component_id].append(line)
        if line.vesting:
            assert line.vesting.at >= line.vests_at
    for parts in wholes.values():
        assert sum(line.amount_grosze for line in parts) == parts[0].whole_grosze
        assert len({line.fact.round for line in parts}) == 1
    live = CreditedFact.objects.filter(reverses=None, reversal=None)
    for cell in live.values("referral", "kind").annotate(bp=Sum("share_bp")):
        assert cell["bp"] == 10_000


def rest_holds(life: Life, branch) -> None:
    """Invariant 18: nobody is suggested inside the rest after an ask."""
    asked = Ask.objects.filter(undone_at=None, asked_at__gt=life.at - REST)
    resting = set(asked.values_list("client_id", flat=True))
    for person in life.people:
        shown = suggestions.for_(person, branch, at=life.at, zone=ZONE, language="pl").suggestions
        assert not {one.client.pk for one in shown} & resting


@pytest.mark.django_db
@settings(
    max_examples=20 if settings().max_examples < 1000 else 300,
    phases=[Phase.explicit, Phase.generate],  # a history takes seconds: no time to shrink it
)
@given(st.data())
def test_no_history_takes_anything_from_anybody(branch, marta, kamil, tomek, ada, plan, at, data):
    with injected(), transaction.atomic():
        clients = [
            client(branch, marta, "Anna", "Kowalczyk", at=at, shared=True),
            client(branch, marta, "Jan", "Wilk", at=at),
            client(branch, kamil, "Ewa", "Maj", at=at),
            client(branch, kamil, "Olga", "Lis", at=at, shared=True),
        ]
        life = Life([marta, kamil, tomek, ada], clients, at - timedelta(days=200))
        budget = {"key": "extra_month_grosze", "value": 9_000, "why": "Próba"}
        set_setting(by=None, at=life.at, **budget)
        life.begin()
        for _ in range(data.draw(st.integers(5, 30))):
            step(life, data.draw)
            shares_hold()
            claims_hold(life.at)
            money_holds()
            rest_holds(life, branch)
            assert Referral.objects.filter(kind="spontaneous").count() == len(life.sent)
        for proof in proofs.prove(at=life.at):
            assert not proof.problems
        transaction.set_rollback(True)
