"""Definitions written inside a test: a small company, a template around what the test is about, and its findings."""

from __future__ import annotations

from textwrap import dedent, indent

from builder.compile import Compiled, compile_sources
from builder.language import Source

COMPANY = """\
company: 试验公司
languages: [zh, en]
roles: {sales: 销售, service: 客服, board: 评审组}
departments: {east: 华东, west: {label: 华西, in: east}}
"""
HEAD = """\
template: sheet
version: 1.0.0
title: 试验
"""


def compiled(body: str, *, fields: str = "", overlay: str = "") -> Compiled:
    """Compile `body` (parts of a template) with `fields` (definitions under `fields:`) in the small company."""
    text = HEAD + dedent(body)
    if fields:
        text += "fields:\n" + indent(dedent(fields).strip("\n"), "  ") + "\n"
    sources = [Source("formwright.yaml", COMPANY, "workspace"), Source("sheet.yaml", text, "template")]
    if overlay:
        sources.append(Source("west/sheet.yaml", "overlay: west\nextends: sheet@1.0.0\n" + dedent(overlay), "overlay"))
    return compile_sources(sources)


def codes(result: Compiled) -> list[tuple[str, int]]:
    """Code and line of each finding, lines counted from the first of the body."""
    return [(d.code, d.place.line - HEAD.count("\n")) for d in result.diagnostics]
