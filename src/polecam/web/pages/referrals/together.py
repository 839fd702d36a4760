"""A joint sale in words: who brought, who opened the door, who closed."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.claims.models import CreditShare, ShareRole
from polecam.claims.shares.rules import SHARED_FROM
from polecam.insights.joint import COUNTING
from polecam.people.models import Person
from polecam.web.pages.referrals.facts import Facts
from polecam.web.ui import format as fmt
from polecam.web.ui import voice


def joint_sale(known: Facts) -> str:
    """`Wspólna sprzedaż: Marta przyniosła, Kamil domknął.`; empty where one did it alone."""
    sale = known.sale
    if sale is None or sale.state not in COUNTING or len(known.shares) < SHARED_FROM:
        return ""
    did = ", ".join(_did(share, known.reader) for share in known.shares)
    return fmt.tie(_("A joint sale: %(did)s.") % {"did": did})


def _did(share: CreditShare, reader: Person) -> str:
    person = share.person
    if person.pk == reader.pk:
        return _you(share.role, person)
    return _they(share.role, person) % {"name": person.first_name}


def _they(role: str, person: Person) -> str:
    form = voice.form_of(person)
    if role == ShareRole.CLOSER:
        return {
            "f": pgettext("said of a woman", "%(name)s closed it"),
            "m": pgettext("said of a man", "%(name)s closed it"),
            "n": pgettext("said of a person", "%(name)s closed it"),
        }[form]
    if role == ShareRole.OPENER:
        return {
            "f": pgettext("said of a woman", "%(name)s opened the door"),
            "m": pgettext("said of a man", "%(name)s opened the door"),
            "n": pgettext("said of a person", "%(name)s opened the door"),
        }[form]
    return {
        "f": pgettext("said of a woman", "%(name)s brought it"),
        "m": pgettext("said of a man", "%(name)s brought it"),
        "n": pgettext("said of a person", "%(name)s brought it"),
    }[form]


def _you(role: str, person: Person) -> str:
    form = voice.form_of(person)
    if role == ShareRole.CLOSER:
        return {
            "f": pgettext("said to a woman", "you closed it"),
            "m": pgettext("said to a man", "you closed it"),
            "n": pgettext("said to a person", "you closed it"),
        }[form]
    if role == ShareRole.OPENER:
        return {
            "f": pgettext("said to a woman", "you opened the door"),
            "m": pgettext("said to a man", "you opened the door"),
            "n": pgettext("said to a person", "you opened the door"),
        }[form]
    return {
        "f": pgettext("said to a woman", "you brought it"),
        "m": pgettext("said to a man", "you brought it"),
        "n": pgettext("said to a person", "you brought it"),
    }[form]
