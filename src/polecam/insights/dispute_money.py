"""What a dispute is about in money: what it reaches, and what a decision would do to each one's."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses.models import Line, LineState
from polecam.bonuses.queries import Credited, credited, may_take_back, suspended
from polecam.claims import queries as claims
from polecam.claims.disputes import queries, rules
from polecam.claims.models import Dispute, DisputeParty
from polecam.claims.rules import part_of
from polecam.kit.money import WHOLE_BP, allocate
from polecam.people.models import Person


def affected(dispute: Dispute) -> list[Credited]:
    """What the referral earned so far that a decision reaches, whole credits only."""
    since = queries.reaches_back(dispute)
    return [
        one
        for one in credited(dispute.referral.public_id)
        if (since is None or one.facts[0].confirmed_at >= since)
        and sum(one.layout.values()) == WHOLE_BP
    ]


def layout_after(dispute: Dispute, one: Credited, by_bp: int) -> dict[int, int]:
    """The shares of a credited thing, had the raiser `by_bp` more than at the raising."""
    floors = {share.person_id: share.floor_bp for share in claims.shares(dispute.referral)}
    target = before_bp(dispute) + by_bp
    return rules.raised_layout(one.layout, floors, dispute.raised_by_id, target)


def before_bp(dispute: Dispute) -> int:
    """The raiser's part when they raised it."""
    mine = DisputeParty.objects.filter(dispute=dispute, person=dispute.raised_by_id)
    return mine.values_list("before_bp", flat=True).get()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a decision would change for one person: basis points and gross grosze."""

    person_id: int
    before_bp: int
    after_bp: int
    before_grosze: int
    after_grosze: int


@dataclass(frozen=True, slots=True)
class Effects:
    """Everyone touched; `kept_grosze`: paid so long ago that it stays as it is, of all of them."""

    rows: list[Effect]
    kept_grosze: int = 0


def effects(dispute: Dispute, by_bp: int, *, at: datetime) -> Effects:
    """Shares and money before and after, if the raiser got `by_bp` more. Nothing is written."""
    parts = [part_of(share) for share in claims.shares(dispute.referral)]
    after = rules.raised_to(parts, dispute.raised_by_id, before_bp(dispute) + by_bp)
    lines = _lines(dispute)
    had: Counter[int] = Counter()
    will: Counter[int] = Counter()
    kept = 0
    for one in affected(dispute):
        layout = layout_after(dispute, one, by_bp)
        facts = {fact.pk for fact in one.facts}
        own = [line for line in lines if line.fact_id in facts]
        fixed = not all(may_take_back(line, at) for line in own)
        wholes = _wholes(own)
        for line in own:
            had[line.person_id] += line.amount_grosze
            kept += line.amount_grosze if fixed else 0
        for whole in wholes.values():
            will.update(allocate(whole, one.layout if fixed else layout))
    people = sorted({p.person_id for p in (*parts, *after)} | set(had) | set(will))
    return Effects(
        [
            Effect(
                person,
                rules.part_bp(parts, person),
                rules.part_bp(after, person),
                had[person],
                will[person],
            )
            for person in people
        ],
        kept,
    )


def waiting_of(dispute: Dispute, person: Person) -> int:
    """How much of the person's own money waits for this dispute, gross grosze."""
    rows = suspended().filter(dispute=dispute, line__person=person)
    return sum(rows.values_list("amount_grosze", flat=True))


def _wholes(lines: list[Line]) -> dict[int, int]:
    """What there is to share by each component; where a month's sum decides, what it brought so
    far, since it may change with the shares."""
    found: Counter[int] = Counter()
    for line in lines:
        found[line.component_id] += line.amount_grosze
    return found | {
        line.component_id: line.whole_grosze for line in lines if line.component.stands_alone
    }


def _lines(dispute: Dispute) -> list[Line]:
    rows = Line.objects.filter(fact__referral=dispute.referral.public_id)
    rows = rows.exclude(state=LineState.VOID).select_related("fact__version", "component")
    return list(rows.order_by("id"))
