"""`new` and `clone`: a workspace from the starter, with settings for editors and git; a department's overlay."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from builder.compose.clone import clone
from builder.workspace import HEAD, Workspace
from renderer.shell.desk import Answer, Desk
from renderer.shell.editors import SETTINGS, refresh

EXTRAS: Mapping[str, str] = {
    ".gitignore": "data/\n",
    ".gitattributes": "* text=auto eol=lf\n",
}


class NotEmpty(Exception):
    """The folder holds something already; nothing was written."""


def created(desk: Desk, folder: Path) -> Answer:
    """Lay out a workspace and say how to go on; one that is there only gets the schemas for editors of today.

    Raises NotEmpty, OSError.
    """
    if (folder / HEAD).is_file():
        written = refresh(Workspace(folder))
        return Answer((desk.say("shell-schemas-written" if written else "shell-schemas-current", folder=str(folder)),))
    new(folder)
    place = str(folder.resolve())
    return Answer((desk.say("shell-new", folder=f'"{place}"' if " " in place else place),))


def cloned(desk: Desk, template: str, department: str) -> Answer:
    """Begin a department's overlay and say where it is. Raises WorkspaceError, OSError."""
    path = clone(desk.workspace, template, department)
    refresh(desk.workspace)
    return Answer((desk.say("shell-cloned", file=path.as_posix(), ref=f"{template}@{department}"),))


def new(folder: Path) -> None:
    """Lay out a workspace in a folder that is empty or not there yet. Raises NotEmpty, OSError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty
    with as_file(files("schemas").joinpath("starter")) as starter:
        shutil.copytree(starter, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for name, text in {**EXTRAS, **SETTINGS}.items():
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    refresh(Workspace(folder))
