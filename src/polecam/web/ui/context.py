"""What stands around every page: navigation by permission, theme, language, demo ribbon."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.people.models import Role
from polecam.people.permissions import REGION, standing
from polecam.web.ui.firm import firm


@dataclass(frozen=True, slots=True)
class Place:
    """A page that navigation may lead to, for people with one of `roles`."""

    name: str
    label: str | Promise
    icon: str
    roles: frozenset[str]
    wide_only: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A Place as one page shows it."""

    url: str
    label: str | Promise
    icon: str
    current: bool
    plus: bool = False
    wide_only: bool = False


SELLERS = frozenset({Role.SELLER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})
ADMINS = frozenset({Role.ADMIN})
REGIONS = frozenset({REGION})
EVERYONE = frozenset(Role.values)
CLOSERS = frozenset({Role.ADMIN, Role.PAYROLL})

PLUS = Place("capture:new", _("Record an ask for a referral"), "plus", SELLERS)
TABS = (
    Place("today:today", _("Today"), "sun", SELLERS),
    Place("referrals:list", _("Referrals"), "send", SELLERS),
    PLUS,
    Place("money:mine", _("Bonus"), "wallet", SELLERS),
    Place("team:team", _("Team"), "users", frozenset({Role.SELLER})),
    Place("branch:branch", _("Branch"), "layout-dashboard", MANAGERS),
    Place("clients:list", _("Clients"), "search", SELLERS, wide_only=True),
    Place("fair:fair", pgettext_lazy("page", "Fair"), "handshake", SELLERS, wide_only=True),
)
SIDE = (
    Place("today:today", _("My asks"), "sun", MANAGERS),
    Place("branch:branch", _("Branch"), "layout-dashboard", MANAGERS),
    Place("tree:region", pgettext_lazy("place", "Region"), "landmark", REGIONS),
    Place(
        "evidence:firm",
        pgettext_lazy("page", "Evidence"),
        "trending-up",
        MANAGERS | ADMINS | REGIONS,
    ),
    Place("team:team", _("Team"), "users", MANAGERS),
    Place("referrals:list", _("Referrals"), "send", MANAGERS),
    Place("confirm:list", _("To confirm"), "circle-check", MANAGERS | ADMINS),
    Place("clients:list", _("Clients"), "search", MANAGERS),
    Place("money:mine", _("Bonus"), "wallet", MANAGERS),
    Place("setup:setup", _("People and settings"), "settings", ADMINS),
    Place("mailing:outbox", pgettext_lazy("page", "Messages"), "mail", ADMINS),
    Place("plans:list", _("Bonus plan"), "scale", CLOSERS | REGIONS),
    Place("words:house", pgettext_lazy("of the house", "Words"), "message-square", ADMINS),
    Place("imports:list", _("Imports"), "upload", MANAGERS | ADMINS),
    Place("payroll:months", _("Months of payroll"), "banknote", CLOSERS),
    Place("audit:balances", _("Auditor’s view"), "search", frozenset({Role.PAYROLL})),
    Place("surveys:summary", pgettext_lazy("page", "What clients say"), "star", ADMINS | REGIONS),
    Place("privacy:people", _("Personal data"), "shield-check", frozenset({Role.DPO})),
    Place("law:rules", _("The law, kept"), "gavel", ADMINS | frozenset({Role.DPO})),
    Place("fair:fair", pgettext_lazy("page", "Fair"), "handshake", MANAGERS | ADMINS | REGIONS),
    Place("proof:seals", _("Proof"), "badge-check", EVERYONE - {Role.SELLER} | REGIONS),
)


@cache
def address(name: str) -> str:
    """The URL of a page, empty while the page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Chrome:
    """Computed only when a template asks: fragments for htmx never pay for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def person(self) -> Any:
        """The signed-in Person, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def roles(self) -> set[str]:
        """The person's roles in any branch."""
        if self.person is None:
            return set()
        return set().union(*standing(self.person).roles.values(), set())

    @property
    def sums_only(self) -> bool:
        """Whether the person leads a region and no branch: links to pages about people stay out."""
        return REGION in self.roles and not self.roles & (MANAGERS | ADMINS)

    @cached_property
    def tabs(self) -> list[Item]:
        """The tab bar of those who sell."""
        return self._items(TABS)

    @cached_property
    def side(self) -> list[Item]:
        """The side navigation of the desk."""
        return self._items(SIDE)

    def _items(self, places: tuple[Place, ...]) -> list[Item]:
        match = getattr(self.request, "resolver_match", None)
        here = match.namespace if match else ""
        items = []
        for place in places:
            url = address(place.name)
            if url and self.roles & place.roles:
                current = place.name.partition(":")[0] == here
                items.append(
                    Item(url, place.label, place.icon, current, place is PLUS, place.wide_only)
                )
        return items

    @property
    def layout(self) -> str:
        """`{% extends nav.layout %}`: tab bar for those who sell, side navigation for the rest."""
        return "ui/base.html" if self.roles & SELLERS else "ui/desk.html"

    @property
    def theme(self) -> str:
        """`light` or `dark` when the person chose one; empty: as the system has it."""
        theme = getattr(self.person, "theme", "")
        return theme if theme in ("light", "dark") else ""

    @property
    def language(self) -> str:
        """`pl` or `en`."""
        return getattr(self.request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)[:2]

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """(code, own name, is it active) for the switch."""
        names = {"pl": "Polski", "en": "English"}
        return [(code, names[code], code == self.language) for code, _name in settings.LANGUAGES]

    @property
    def zone(self) -> str:
        """The organisation's zone."""
        return firm().zone

    @property
    def firm(self) -> str:
        """The organisation's name."""
        return firm().name

    @property
    def demo(self) -> bool:
        """Whether to show the ribbon with the way back to personas and the mailbox."""
        return settings.DEMO and firm().is_demo

    @property
    def sso(self) -> str:
        """What people call the firm's identity provider; empty where there is none."""
        return settings.OIDC_NAME if settings.OIDC_ISSUER else ""

    @property
    def personas_url(self) -> str:
        """The page of personas of the demo."""
        return address("entry:personas")

    @property
    def mailbox_url(self) -> str:
        """Messages that the demo "sent"."""
        return address("demo:mailbox")

    @property
    def profile_url(self) -> str:
        """The person's own page."""
        return address("entry:profile")


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`."""
    return {"nav": Chrome(request)}
