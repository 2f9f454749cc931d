"""Node, for what the browser evaluates."""

from __future__ import annotations

import os
import shutil

import pytest

_NO_NODE = """Node was not found; it judges what the browser will evaluate. One of these lines gives it:
    apt-get install nodejs
    NODE=/path/to/node make test"""


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node, looked for in `$NODE` and on PATH; without it the test fails with the lines to type."""
    found = os.environ.get("NODE") or shutil.which("node") or shutil.which("nodejs")
    if found is None:
        pytest.fail(_NO_NODE, pytrace=False)
    return found
