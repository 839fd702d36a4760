"""Django's SMTP door, which also knows whether the letter itself was being handed over already.

A connection that breaks before the server said "354, go on" has taken nothing: the message may be
tried again. One that breaks after it leaves open whether the other side took it.
"""

import smtplib

from django.core.mail.backends.smtp import EmailBackend

GO_ON = 354


class Backend(EmailBackend):
    """One mail server, one message after another."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """smtplib's client, watched."""
        return _WatchedSSL if self.use_ssl else _Watched

    @property
    def data_began(self) -> bool:
        """Whether the letter itself was begun on this connection; True when nobody knows."""
        return bool(getattr(self.connection, "data_began", True))


class _Watched(smtplib.SMTP):
    """Remembers that the server asked for the letter itself."""

    data_began = False

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's."""
        code, said = super().getreply()
        self.data_began = self.data_began or code == GO_ON
        return code, said


class _WatchedSSL(smtplib.SMTP_SSL):
    """As above, for a port that speaks TLS from the first byte."""

    data_began = False

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's."""
        code, said = super().getreply()
        self.data_began = self.data_began or code == GO_ON
        return code, said
