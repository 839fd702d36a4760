"""Why a row was rejected, and what columns are called: for pages, files and the command line."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COLUMNS: dict[str, str | Promise] = {
    "number": gettext_lazy("Client number"),
    "full_name": gettext_lazy("First and last name"),
    "name_last_first": gettext_lazy("Last and first name"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "company": gettext_lazy("Firm"),
    "phone": gettext_lazy("Phone"),
    "phone2": gettext_lazy("Second phone"),
    "phone3": gettext_lazy("Third phone"),
    "phone4": gettext_lazy("Fourth phone"),
    "email": gettext_lazy("E-mail"),
    "email2": gettext_lazy("Second e-mail"),
    "owner": gettext_lazy("Adviser"),
    "since": gettext_lazy("Client since"),
    "renews_on": gettext_lazy("Renews on"),
    "product": gettext_lazy("Product"),
    "kind": gettext_lazy("What happened"),
    "until": gettext_lazy("Until when"),
    "date": gettext_lazy("Date"),
    "recommender": gettext_lazy("Who recommended"),
    "recommender_number": gettext_lazy("Client number of who recommended"),
    "prospect": gettext_lazy("Recommended person"),
    "prospect_first": gettext_lazy("First name of the recommended person"),
    "prospect_last": gettext_lazy("Last name of the recommended person"),
    "seller": gettext_lazy("Seller"),
    "status": gettext_lazy("What became of it"),
    "contract": gettext_lazy("Contract number"),
    "value": gettext_lazy("Value"),
    "margin": gettext_lazy("Margin"),
}
REASONS: dict[str, str | Promise] = {
    "missing": gettext_lazy("This has to be filled in."),
    "too_long": gettext_lazy("The text is too long."),
    "unreadable": gettext_lazy("Some letters cannot be read."),
    "name_invalid": gettext_lazy("This is not a name."),
    "phone_invalid": gettext_lazy("This is not a phone number."),
    "phone_rounded": gettext_lazy(
        "A spreadsheet rounded this number. Format the column as text and type it again."
    ),
    "formula_error": gettext_lazy("The formula of this cell has an error."),
    "email_invalid": gettext_lazy("This is not an e-mail address."),
    "date_invalid": gettext_lazy("There is no such date."),
    "date_future": gettext_lazy("The date is still ahead."),
    "date_old": gettext_lazy("That was more than two years ago."),
    "until_before": gettext_lazy("The end comes before the beginning."),
    "kind_unknown": gettext_lazy("This moment is not in the catalogue."),
    "kind_unused": gettext_lazy("This moment is switched off in the catalogue."),
    "left_alone": gettext_lazy("This client is left in peace. Nothing was noted."),
    "client_not_here": gettext_lazy("Nobody among the clients of the branch fits."),
    "amount_invalid": gettext_lazy("This is not an amount."),
    "status_unknown": gettext_lazy("The status is not known: new, meeting, sale or resignation."),
    "broken_row": gettext_lazy("The row cannot be read: a quotation mark is not closed."),
    "cut_off": gettext_lazy("The file ends in the middle of this row."),
    "number_of_another": gettext_lazy("This client number belongs to a client of another name."),
    "contradicts_earlier": gettext_lazy(
        "An earlier row says something else about the same client."
    ),
    "owner_unknown": gettext_lazy("Nobody of this name asks in the branch."),
    "seller_unknown": gettext_lazy("Nobody of this name asks in the branch."),
    "client_unknown": gettext_lazy("Who recommended is not among the clients of the branch."),
    "objected": gettext_lazy("This person asked to be left in peace. Nothing was noted."),
    "collides": gettext_lazy("The row collides with what is stored. Check the client number."),
}
PROBLEMS: dict[str, str | Promise] = {
    "cancelled": gettext_lazy("Stopped by hand. What was written before stays."),
    "source_erased": gettext_lazy(
        "The file was deleted, because it was not needed any more or somebody in it was erased."
    ),
    "source_gone": gettext_lazy("The uploaded file is gone. Please upload it again."),
    "stopped": gettext_lazy(
        "It stopped three times at the same place. What was written before stays."
    ),
}


def reason(code: str) -> str:
    """The sentence of a code in the active language."""
    return str(REASONS.get(code, _("The row cannot be taken.")))


def column(field: str) -> str:
    """What a column is called in the active language; empty for none."""
    return str(COLUMNS.get(field, ""))
