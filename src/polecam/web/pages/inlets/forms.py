"""The form of a new inlet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.asking.models import InletKind

KINDS = [
    (InletKind.WEBHOOK, _("Webhook")),
    (InletKind.EMAIL, _("E-mail address")),
]


class InletForm(forms.Form):
    """How a system will tell, what it is, and whose clients it knows."""

    kind = forms.ChoiceField(
        label=_("How it tells"), choices=KINDS, initial=InletKind.WEBHOOK, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Which system"), max_length=80)
    branch = forms.ChoiceField(label=_("Whose clients"), required=False)

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = ("", _("the whole firm"))
        self.fields["branch"].choices = [whole, *branches]  # type: ignore[attr-defined]
