"""What people say they can do, so that a colleague's referral finds whoever fits."""

from collections.abc import Collection
from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person, Skill, SkillKind
from polecam.people.permissions import Permission, require
from polecam.people.rules import LANGUAGES_SPOKEN, MOST_PLACES, places_of
from polecam.referrals.rules import NEEDS
from polecam.store.tx import action, lock


def set_skills(
    *,
    by: Person,
    at: datetime,
    languages: Collection[str],
    needs: Collection[str],
    places: str,
) -> set[tuple[str, str]]:
    """Languages (ISO codes), needs one serves, towns (typed, parted by commas), all at once.

    Returns (kind, value) pairs. Raises Refused ("choice_unknown", "places_many"), NotAllowed.
    """
    if set(languages) - set(LANGUAGES_SPOKEN):
        raise Refused("choice_unknown", field="languages")
    if set(needs) - set(NEEDS):
        raise Refused("choice_unknown", field="needs")
    towns = places_of(places)
    if len(towns) > MOST_PLACES:
        raise Refused("places_many", field="places", most=MOST_PLACES)
    wanted = {(SkillKind.LANGUAGE.value, code) for code in languages}
    wanted |= {(SkillKind.PRODUCT.value, code) for code in needs}
    wanted |= {(SkillKind.PLACE.value, town) for town in towns}
    with action():
        require(by, Permission.WORK_REFERRALS)
        person = lock(by)
        rows = {(row.kind, row.value): row.pk for row in Skill.objects.filter(person=person)}
        gone = [pk for pair, pk in rows.items() if pair not in wanted]
        Skill.objects.filter(pk__in=gone).delete()
        Skill.objects.bulk_create(
            Skill(person=person, kind=kind, value=value)
            for kind, value in sorted(wanted - rows.keys())
        )
        if gone or wanted - rows.keys():
            record("person.changed", person, by=by, at=at, data={"fields": ["skills"]})
    return wanted
