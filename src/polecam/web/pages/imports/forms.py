"""What whoever imports chooses."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from polecam.imports.models import ImportKind
from polecam.organisation.models import Branch

KINDS = [
    (ImportKind.CLIENTS, _("Clients")),
    (ImportKind.REFERRALS, _("Referrals so far")),
    (ImportKind.MOMENTS, _("Moments")),
]


class UploadForm(forms.Form):
    """A file, what is in it, and whose it is."""

    kind = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=KINDS,
        initial=ImportKind.CLIENTS,
        widget=forms.RadioSelect,
    )
    branch = forms.ChoiceField(label=_("Branch"))
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods,.vcf"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: object, branches: Sequence[Branch], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["branch"]
        field.choices = [(b.public_id, b.name) for b in branches]  # type: ignore[attr-defined]
        field.initial = branches[0].public_id if branches else None
        if len(branches) == 1:
            field.widget = forms.HiddenInput()
