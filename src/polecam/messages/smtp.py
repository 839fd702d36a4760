"""Django's SMTP door, which also knows whether the letter itself was being handed over already.

A connection that breaks before DATA has taken nothing: the message may be tried again. One that
breaks after it leaves open whether the other side took it.
"""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Backend(EmailBackend):
    """One mail server, one message after another."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """smtplib's client, watched."""
        return _WatchedSSL if self.use_ssl else _Watched

    @property
    def data_began(self) -> bool:
        """Whether DATA was said on this connection; True when nobody knows."""
        return bool(getattr(self.connection, "data_began", True))


class _Watched(smtplib.SMTP):
    """Remembers that DATA was begun."""

    data_began = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """As smtplib's."""
        self.data_began = True
        return super().data(msg)


class _WatchedSSL(smtplib.SMTP_SSL):
    """As above, for a port that speaks TLS from the first byte."""

    data_began = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """As smtplib's."""
        self.data_began = True
        return super().data(msg)
