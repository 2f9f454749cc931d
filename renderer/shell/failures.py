"""Whatever may go wrong behind a verb, in words, with its exit code; our own mistakes are not among it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.workspace import WorkspaceError
from renderer.secret import WeakKey
from renderer.shell.checking import told
from renderer.shell.desk import Desk, Findings, Usage
from renderer.shell.workspaces import NotEmpty
from workflows.keep.port import NoSuchStore, StoreDamaged, StoreError
from workflows.record import Invalid, Refused
from workflows.words import tell

EXPECTED = (Usage, Findings, WorkspaceError, NotEmpty, WeakKey, Refused, StoreError, OSError)

FINDINGS, MISUSED = 1, 2
_NOWHERE = Place("", 1, 1)
ON_DISK = ("overlay-exists", "lock-damaged")  # the command is right, what is there forbids it
# What a system refuses most, each with its way out; for the rest it speaks for itself.
REFUSED: Mapping[int | None, str] = {
    errno.ENOENT: "shell-os-missing",
    errno.EACCES: "shell-os-denied",
    errno.EPERM: "shell-os-denied",
    errno.EROFS: "shell-os-denied",
    errno.ENOSPC: "shell-os-full",
    errno.ENOTDIR: "shell-os-no-folder",
    errno.EEXIST: "shell-os-no-folder",
    errno.EISDIR: "shell-os-folder",
    errno.EADDRINUSE: "shell-port-taken",
    errno.EADDRNOTAVAIL: "shell-no-host",
    socket.EAI_NONAME: "shell-no-host",
}


def report(desk: Desk, error: Exception) -> tuple[list[str], int]:
    """What to tell, and the exit code."""
    match error:
        case Findings():
            return told(desk, error.diagnostics), FINDINGS
        case WorkspaceError():
            return _said(desk, error.diagnostic), FINDINGS if error.diagnostic.code in ON_DISK else MISUSED
        case Usage():
            return _said(desk, Diagnostic(error.code, _NOWHERE, error.args_)), MISUSED
        case Invalid():
            return [_error(desk, f"{name}: {_first(desk, error, name)}") for name in error.faults], FINDINGS
        case Refused():
            return _said(desk, Diagnostic(error.code, _NOWHERE, error.args_)), FINDINGS
        case NotEmpty():
            return _said(desk, Diagnostic("shell-not-empty", _NOWHERE)), FINDINGS
        case WeakKey():
            return _said(desk, Diagnostic("shell-weak-key", _NOWHERE)), FINDINGS
        case StoreDamaged():
            where = {"file": error.file, "offset": error.offset, "why": desk.say(error.code, **error.args_)}
            return _said(desk, Diagnostic("shell-store-refused", _NOWHERE, where)), FINDINGS
        case NoSuchStore():
            return _said(desk, Diagnostic("shell-no-store", _NOWHERE, {"store": error.url})), FINDINGS
        case StoreError(__cause__=OSError() as cause):
            return _said(desk, _refused(cause)), FINDINGS
        case OSError():
            return _said(desk, _refused(error)), FINDINGS
    return [_error(desk, desk.say("shell-store-error", why=str(error)))], FINDINGS


def _refused(error: OSError) -> Diagnostic:
    """What the system refuses, in our words where it is something that people can put right."""
    named = {"file": str(error.filename or ""), "why": error.strerror or str(error)}
    code = "shell-store-busy" if isinstance(error, TimeoutError) else REFUSED.get(error.errno, "shell-os-error")
    return Diagnostic(code, _NOWHERE, named)


def _said(desk: Desk, diagnostic: Diagnostic) -> list[str]:
    """The cause, and under it the way out."""
    message = catalogue.describe(diagnostic, desk.language)
    return [_error(desk, message.cause), *([f"  → {message.help}"] if message.help else [])]


def _error(desk: Desk, text: str) -> str:
    return f"{desk.say('shell-error')}: {text}"


def _first(desk: Desk, error: Invalid, name: str) -> str:
    return tell(error.faults[name][0], desk.language)
