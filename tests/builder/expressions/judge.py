"""Node, and a browser, as second judges of expressions: asked line by line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from builder.expressions import Node
from builder.expressions.javascript import javascript
from tests.builder.expressions.linked import LINKED
from tests.builder.expressions.world import NAMES, SITUATION

KERNEL = Path(__file__).resolve().parents[3] / "renderer" / "assets" / "kernel.js"
PROGRAM = Path(__file__).with_name("node") / "judge.mjs"
ANSWER = PROGRAM.with_name("answer.mjs").read_text("utf-8")
WORLD = {
    "today": SITUATION.today, "now": SITUATION.now, "me": SITUATION.me, "my_department": SITUATION.me_department,
    "records": LINKED,
}  # fmt: skip
Case = tuple[int, Mapping[str, object], Mapping[str, object]]  # which tree, values, row


class Asked:
    """What can be asked of a judge."""

    def load(self, kernel: str) -> list[str]:
        """Take a kernel's text; the names it exports."""
        return self.ask({"kernel": kernel})

    def values(self, trees: Sequence[Node], cases: Sequence[Case]) -> list[Any]:
        """What the emitted trees give; `{"odd": …}` for what no expression may give."""
        functions = [javascript(tree) for tree in trees]
        return self.ask({"functions": functions, "cases": cases, "situation": WORLD, "names": NAMES})

    def ask(self, question: object) -> Any:
        """One question, its answer."""
        raise NotImplementedError


class Judge(Asked):
    """One Node process with a kernel in it; a context."""

    def __init__(self, node: str) -> None:
        self.process = subprocess.Popen([node, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.communicate()

    def ask(self, question: object) -> Any:
        """One line there, one line back."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(question, ensure_ascii=False).encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert not (isinstance(answer, dict) and "failed" in answer), answer
        return answer


ASK = """async ([text, asked]) => {
  window.judge ??= await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return JSON.stringify(await window.judge.answer(JSON.parse(asked)).catch((failure) => ({ failed: String(failure) })));
}"""


class PageJudge(Asked):
    """An empty page of a browser with a kernel in it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def ask(self, question: object) -> Any:
        """A text there, a text back: what Playwright makes of values is its own affair."""
        answer = json.loads(self.page.evaluate(ASK, [ANSWER, json.dumps(question)]))
        assert not (isinstance(answer, dict) and "failed" in answer), answer
        return answer


def same(python: object, node: object) -> bool:
    """Whether two results are one: 1 and 1.0 are in JavaScript, true and 1 are not."""
    if isinstance(python, list | tuple):
        return isinstance(node, list) and len(python) == len(node) and all(map(same, python, node))
    if isinstance(python, Mapping):
        return python == node
    numbers = (int, float)
    if isinstance(python, numbers) and isinstance(node, numbers) and bool not in (type(python), type(node)):
        return float(python) == float(node) and (float(python) != 0 or str(float(python)) == str(float(node)))
    return type(python) is type(node) and python == node
