"""The form of a new nightly file."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from polecam.imports.feed_rules import LONGEST_LOGIN, LONGEST_PLACE, SHARE_BP
from polecam.imports.models import FeedSource, ImportKind

KINDS = [
    (ImportKind.CLIENTS, _("Clients")),
    (ImportKind.MOMENTS, _("Moments")),
    (ImportKind.REFERRALS, _("Referrals so far")),
]
SOURCES = [(FeedSource.FOLDER, _("A folder on the server")), (FeedSource.HTTPS, _("HTTPS"))]
HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]
SHARES = [("500", "5%"), ("1000", "10%"), ("2000", "20%"), ("5000", "50%")]


class FeedForm(forms.Form):
    """What it is, where it lies, when it is fetched, and when a human looks first."""

    name = forms.CharField(label=pgettext_lazy("nightly file", "Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=KINDS,
        initial=ImportKind.CLIENTS,
        widget=forms.RadioSelect,
    )
    branch = forms.ChoiceField(label=_("Branch"))
    source = forms.ChoiceField(
        label=_("Where does it lie?"),
        choices=SOURCES,
        initial=FeedSource.FOLDER,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(label=_("Folder and name, or address"), max_length=LONGEST_PLACE)
    login = forms.CharField(
        label=_("Access (the Authorization header)"), max_length=LONGEST_LOGIN, required=False
    )
    hour = forms.ChoiceField(label=_("Every day at"), choices=HOURS, initial="3")
    share_bp = forms.ChoiceField(
        label=_("Hold the file when more than so many rows would be rejected, changed or missing"),
        choices=SHARES,
        initial=str(SHARE_BP),
    )

    def __init__(self, *args: object, branches: Sequence[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["branch"]
        field.choices = list(branches)  # type: ignore[attr-defined]
        if len(branches) == 1:
            field.initial = branches[0][0]
            field.widget = forms.HiddenInput()
