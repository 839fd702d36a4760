"""The one way in which the business says no."""


class Refused(Exception):
    """A rule forbids what was asked. Nothing was written.

    `code` names the rule (its sentence in both languages stands in `web.ui.refusals`), `params`
    fill the sentence, `field` names the form field at fault, if there is one.
    """

    def __init__(self, code: str, *, field: str = "", **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class NotAllowed(Refused):
    """The person lacks the permission (a page answers 403, or 404 where existence is private)."""
