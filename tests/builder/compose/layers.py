"""What the layer tests share: a small base, and overlays on it written as text."""

from __future__ import annotations

import re
from textwrap import dedent

import schemas
from builder.compose import compose
from builder.diagnostic import Diagnostic
from builder.language import Document, Source, catalogue, load

BASE = """
template: lead
version: 1.2.0
title: {zh: 线索, en: Lead}
vocabularies:
  vague: [网络, 展会]
  ways: {shop: 门店, fair: 展会}
fields:
  name: {type: text, label: {zh: 名称, en: Name}, help: 写全称, required: true, max: 40}
  source:
    type: choice
    label: 来源
    lock: [label]
    options:
      online: {label: 线上, color: blue}
      offline: 线下
      other: 其他
  platform:
    type: text
    label: {zh: 平台, en: Platform}
    visible: source == "online"
    refuse: {values: vague, say: 写明平台}
    valid: {check: size(platform) > 1, say: 太短}
  amount: {type: integer, label: 数量, unit: 件, min: 0}
  touches:
    type: rows
    label: 触达
    max: 20
    fields:
      day: {type: date, label: 日期}
      note: {type: text, label: 备注}
  closed: {type: text, label: 内部, lock: all}
tags:
  size: {label: 规模, options: {big: {label: 大, when: amount > 10}, small: 小}}
workflow:
  states:
    new: {label: 新建, initial: true}
    won: 成交
    lost: {label: 流失, edit: [name, amount]}
  transitions:
    win: {label: 成交, from: new, to: won, by: [sales], requires: [amount]}
    lose: {label: 流失, from: [new, won], to: lost, by: [sales, manager], comment: optional}
access:
  record: {create: [sales], read: [owner, manager], write: [owner]}
  amount: {read: [owner, manager]}
lists:
  mine: {title: 我的, columns: [name, source], sort: [name]}
"""

OWN = set(re.findall(r"^([a-z-]+):$", schemas.read("messages/compose.yaml"), re.MULTILINE))
BASE_FILE, OVERLAY_FILE = "templates/lead.yaml", "departments/east/lead.yaml"


def read(text: str, kind: str, path: str = "") -> Document:
    """A definition written in a test; it must load without a finding."""
    document, findings = load(Source(path or {"template": BASE_FILE}.get(kind, OVERLAY_FILE), text, kind))  # type: ignore[arg-type]
    assert document is not None
    assert findings == []
    return document


def base(text: str = BASE) -> Document:
    """The base."""
    return read(dedent(text), "template")


def overlay(text: str) -> Document:
    """An overlay of department `east`; the text is what stands under its head."""
    return read("overlay: east\nextends: lead@1.2.0\n" + dedent(text), "overlay")


def composed(text: str, language: str = "zh") -> tuple[Document, list[Diagnostic]]:
    """The base under an overlay."""
    document, findings = compose(base(), overlay(text), language=language)
    for finding in findings:
        if finding.code in OWN:  # the loader's findings are read in its own tests
            reads_well(finding)
    return document, findings


def reads_well(finding: Diagnostic) -> None:
    """Every finding has a cause and a way out in both languages, and nothing in them is left open."""
    for reader in ("zh", "en"):
        message = catalogue.describe(finding, reader)
        assert message.help
        assert "…" not in message.cause + message.help + "".join(message.related)


def sound(text: str, language: str = "zh") -> Document:
    """The base under an overlay in which nothing is wrong."""
    document, findings = composed(text, language)
    assert findings == []
    return document


def codes(findings: list[Diagnostic]) -> list[str]:
    """The codes of findings, in order."""
    return [finding.code for finding in findings]
