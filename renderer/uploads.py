"""Files on their way in: each goes to a temporary file piece by piece, and no further than a file may be large."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, Final, cast

from flask import Request, abort, request
from werkzeug.datastructures import FileStorage

from builder.filetypes import LARGEST
from workflows.files.bringing import Sent

MOST: Final = 50  # files in one request
MULTIPART: Final = "multipart/form-data"


class Arriving:
    """What the parser of a request writes one file into: as much as there is room for, the rest is counted."""

    def __init__(self, room: int) -> None:
        self.size, self._room = 0, room
        self._file: IO[bytes] | None = None

    def write(self, piece: bytes) -> int:
        """Keep a piece, as far as there is room."""
        room = self._room - self.size
        if room > 0:
            self.content.write(piece[:room])
        self.size += len(piece)
        return len(piece)

    @property
    def content(self) -> IO[bytes]:
        """The temporary file; there is none on disk before the first byte."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # the request closes it; without a name it is gone then
        return self._file

    def seek(self, at: int, whence: int = 0) -> int:
        """As of a file; the parser goes back to the start when it has read a part."""
        return self.content.seek(at, whence) if self._file else 0

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        return self.content.read(size) if self._file else b""

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.content)

    def close(self) -> None:
        """Let it go."""
        if self._file is not None:
            self._file.close()


class UploadRequest(Request):
    """A request whose files never lie in memory, and are passed over until somebody is known to bring them."""

    def __init__(self, *given: Any, **also: Any) -> None:
        super().__init__(*given, **also)
        self._arriving: list[Arriving] = []
        self._room = 0

    def admit_files(self, most: int, *, keep: bool) -> None:
        """Read a body of so many bytes with its files; without `keep` only what is written beside them."""
        self.max_content_length, self._room = most, LARGEST + 1 if keep else 0

    def close(self) -> None:
        """Let all files go, those of a body that was broken off too."""
        super().close()
        for arriving in self._arriving:
            arriving.close()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        arriving = Arriving(self._room if filename else 0)
        if filename:  # a control in which nothing was chosen sends an empty part without a name
            self._arriving.append(arriving)
        if len(self._arriving) > MOST:
            abort(413)
        return cast(IO[bytes], arriving)


def sent(upload: FileStorage) -> Sent:
    """A file as it arrived; one without a name is none and is left out before."""
    arrived = cast(Arriving, upload.stream)
    arrived.content.flush()
    return Sent(cast(BinaryIO, arrived.content), arrived.size, upload.filename or "")


def admit_files(most: int, *, keep: bool) -> None:
    """Let this request bring files (see `UploadRequest.admit_files`)."""
    cast(Any, request)._get_current_object().admit_files(most, keep=keep)
