"""What a workspace holds for editors: their settings, and the schemas that complete and explain keys as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping

from builder.compose.pins import write
from builder.emit.editor import KINDS, editor_schema
from builder.workspace import HEAD, Workspace

FOLDER = ".formwright/schemas"
# Which files a schema is for; a line at the top of a file says the same to editors that do not read these settings.
FILES: Mapping[str, list[str]] = {
    "workspace": [HEAD],
    "template": ["templates/*.yaml", "published/*/*.yaml"],
    "overlay": ["departments/*/*.yaml"],
    "vocabulary": ["vocabularies/*.yaml", "published/*/*/*.yaml"],
}
_EDITOR: Mapping[str, object] = {
    "files.encoding": "utf8",
    "files.eol": "\n",
    "files.insertFinalNewline": True,
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.autoIndent": "advanced"},
    "editor.unicodeHighlight.ambiguousCharacters": True,  # a full-width colon looks like the one that YAML wants
    "yaml.schemas": {f"./{FOLDER}/{kind}.json": files for kind, files in FILES.items()},
}
SETTINGS: Mapping[str, str] = {
    ".editorconfig": "root = true\n\n[*]\ncharset = utf-8\nend_of_line = lf\ninsert_final_newline = true\n\n"
    "[*.yaml]\nindent_style = space\nindent_size = 2\n",
    ".vscode/settings.json": json.dumps(_EDITOR, indent=2) + "\n",
    ".vscode/extensions.json": json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n",
}


def refresh(workspace: Workspace) -> bool:
    """Write the schemas that are missing or of another version of the language; whether any was. Raises OSError."""
    texts = {f"{FOLDER}/{kind}.json": _text(kind) for kind in KINDS}
    stale = {file: text for file, text in texts.items() if _there(workspace, file) != text}
    for file, text in stale.items():
        write(workspace.path(file), text)
    return bool(stale)


def _text(kind: str) -> str:
    return json.dumps(editor_schema(kind), ensure_ascii=False, indent=1) + "\n"


def _there(workspace: Workspace, file: str) -> str:
    path = workspace.path(file)
    return path.read_text("utf-8", "replace") if path.is_file() else ""
