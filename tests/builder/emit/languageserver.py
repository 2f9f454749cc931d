"""yaml-language-server over stdio: what an editor shows beside a definition."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]
PROGRAM = "yaml-language-server/bin/yaml-language-server"


class Server:
    """A running language server over a workspace folder."""

    def __init__(self, process: subprocess.Popen[bytes], settings: Json) -> None:
        self.process, self.settings = process, settings
        self.sent = self.opened = 0

    def diagnostics(self, folder: Path, texts: Sequence[str]) -> list[list[Json]]:
        """What it finds in files with these texts, as an editor that opens them is told.

        Each text gets a name of its own: an answer may come twice, and a late one must not be taken for another's.
        The server keeps some megabytes of each for ever, so it is good for a few hundred.
        """
        first = self.opened + 1
        self.opened += len(texts)
        uris = {(folder / f"probe-{first + number}.yaml").as_uri(): text for number, text in enumerate(texts)}
        for uri, text in uris.items():
            self._open(uri, text)
        found: dict[str, list[Json]] = {}
        while len(found) < len(uris):
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] in uris:
                found[message["params"]["uri"]] = message["params"]["diagnostics"]
        for uri in uris:
            self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        return [found[uri] for uri in uris]

    def hover(self, path: Path, text: str, line: int, column: int) -> str:
        """What is shown under the mouse (line and column from 1)."""
        return str(self._asked("textDocument/hover", path, text, line, column)["contents"]["value"])

    def completions(self, path: Path, text: str, line: int, column: int) -> list[str]:
        """The labels that are offered at a place."""
        return [item["label"] for item in self._asked("textDocument/completion", path, text, line, column)["items"]]

    def _asked(self, method: str, path: Path, text: str, line: int, column: int) -> Json:
        uri = path.as_uri()
        self._open(uri, text)
        where = {"line": line - 1, "character": column - 1}
        answer: Json = self.request(method, {"textDocument": {"uri": uri}, "position": where})
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        return answer

    def _open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def request(self, method: str, params: Json) -> Any:
        """Ask, and wait for the answer."""
        self.sent += 1
        self._write({"id": self.sent, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.sent and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def notify(self, method: str, params: Json) -> None:
        """Tell."""
        self._write({"method": method, "params": params})

    def receive(self) -> Json:
        """The next message; what the server asks of an editor is answered."""
        message = self._read()
        if "method" in message and "id" in message:
            items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
            result = [self.settings.get(item.get("section", ""), None) for item in items] or None
            self._write({"id": message["id"], "result": result})
        return message

    def _write(self, message: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> Json:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has gone"
        message: Json = json.loads(self.process.stdout.read(length))
        return message


@contextmanager
def server(node: str, packages: Path, folder: Path) -> Iterator[Server]:
    """A server for a workspace, with the workspace's own editor settings."""
    written = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))
    settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False},
                         "schemas": written["yaml.schemas"]}}  # fmt: skip
    with subprocess.Popen(
        [node, str(packages / PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        running = Server(process, settings)
        folders = [{"uri": folder.as_uri(), "name": "forms"}]
        dynamic = {"workspace": {"configuration": True, "workspaceFolders": True}}
        asked = {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": folders, "capabilities": dynamic}
        running.request("initialize", asked)
        running.notify("initialized", {})
        while running.receive().get("method") != "workspace/configuration":  # it asks for the settings, once
            pass
        try:
            yield running
        finally:
            process.kill()
