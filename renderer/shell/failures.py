"""Whatever may go wrong behind a verb, in words, with its exit code; our own mistakes are not among it."""

from __future__ import annotations

from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.workspace import WorkspaceError
from renderer.secret import WeakKey
from renderer.shell.checking import told
from renderer.shell.desk import Desk, Findings, Usage
from renderer.shell.workspaces import NotEmpty
from workflows.keep.port import StoreDamaged, StoreError
from workflows.record import Invalid, Refused
from workflows.words import tell

EXPECTED = (Usage, Findings, WorkspaceError, NotEmpty, WeakKey, Refused, StoreError, OSError)

FINDINGS, MISUSED = 1, 2
_NOWHERE = Place("", 1, 1)
ON_DISK = ("overlay-exists", "lock-damaged")  # the command is right, what is there forbids it


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
            return [_error(desk, desk.say("shell-not-empty"))], FINDINGS
        case WeakKey():
            return [_error(desk, desk.say("shell-weak-key"))], FINDINGS
        case StoreDamaged():
            where = {"file": error.file, "offset": error.offset, "why": error.why}
            return [_error(desk, desk.say("shell-store-refused", **where))], FINDINGS
        case OSError():
            named = {"file": str(error.filename or ""), "why": error.strerror or str(error)}
            return [_error(desk, desk.say("shell-os-error", **named))], FINDINGS
    return [_error(desk, desk.say("shell-store-error", why=str(error)))], FINDINGS


def _said(desk: Desk, diagnostic: Diagnostic) -> list[str]:
    """The cause, and under it the way out."""
    message = catalogue.describe(diagnostic, desk.language)
    return [_error(desk, message.cause), *([f"  → {message.help}"] if message.help else [])]


def _error(desk: Desk, text: str) -> str:
    return f"{desk.say('shell-error')}: {text}"


def _first(desk: Desk, error: Invalid, name: str) -> str:
    return tell(error.faults[name][0], desk.language)
