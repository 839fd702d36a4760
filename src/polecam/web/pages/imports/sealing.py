"""Uploads sealed while they arrive: no plain copy in memory or in a temporary file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from polecam.files import vault
from polecam.store.fields import new_public_id


class SealedFile(UploadedFile):
    """A file that already lies in the vault under the random name `raw`."""

    def __init__(self, raw: str, name: str | None, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.raw = raw


class SealingHandler(FileUploadHandler):
    """Writes each chunk into the vault; what is too large, or finds no room, leaves nothing.

    `trouble` is then the code of the refusal.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.trouble = ""
        self.writer: vault.SealedWriter | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        with self._refusing():
            self.writer = vault.SealedWriter(new_public_id())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a chunk and pass nothing on."""
        if self.writer is not None:
            with self._refusing():
                self.writer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedFile | None:
        """The last block is sealed."""
        if self.writer is None:
            return None
        with self._refusing():
            self.writer.close()
        sealed = SealedFile(self.writer.name, self.file_name, file_size)
        self.writer = None
        return sealed

    def upload_interrupted(self) -> None:
        """The visitor went away, or the body broke off: leave nothing."""
        if self.writer is not None:
            self.writer.discard()
            self.writer = None

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """A file that cannot be kept ends the upload."""
        try:
            yield
        except vault.TooLarge:
            self.trouble = "file_too_large"
        except OSError as error:
            if error.errno not in vault.NO_ROOM:
                raise
            self.trouble = "disk_full"
        else:
            return
        self.upload_interrupted()
        raise StopUpload(connection_reset=False)
