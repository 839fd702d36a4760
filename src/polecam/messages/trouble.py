"""What may come of a try to send a message, besides that it left the house."""


class Trouble(Exception):
    """A try that failed; `code` says why (web.pages.mailing.words has its sentence)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Temporary(Trouble):
    """Nothing was taken, and later it may go. `unreachable`: nothing goes by this medium now."""

    def __init__(self, code: str, *, unreachable: bool = False) -> None:
        super().__init__(code)
        self.unreachable = unreachable


class Permanent(Trouble):
    """It was refused for good. `bounced`: since the number or address does not exist."""

    def __init__(self, code: str, *, bounced: bool = False) -> None:
        super().__init__(code)
        self.bounced = bounced


class Unsure(Trouble):
    """The connection broke in the middle: it may have gone or not, so it is not sent again."""
