"""Conditions that come in a request: the language's own expressions, and no personal one in an address.

Addresses are written to logs, histories and referrers; a condition over a personal field would leave the person there.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.expressions import Finding, linked_names
from builder.model import Template
from renderer.api.problem import Problem
from renderer.sentences import sentence
from workflows.condition import condition
from workflows.record import Actor


def check_where(text: str, template: Template, actor: Actor, language: str, *, in_address: bool) -> None:
    """Raises Problem 400 for a condition that does not compile (each finding with its place) or is out of place."""
    if not text.strip():
        return
    expression, findings = condition(text, template, actor)
    if expression is None:
        raise _findings(findings, language)
    behind = (part for to, part in linked_names(expression.tree) if template.links[to].parts[part].personal)
    fields = template.fields
    personal = sorted((*(name for name in expression.reads if name in fields and fields[name].holds_personal), *behind))
    if personal and in_address:
        raise Problem(400, "where-personal", {"field": personal[0]})


def _findings(findings: Sequence[Finding], language: str) -> Problem:
    told = [
        {
            "code": found.code,
            "message": sentence(found.code, language, {**found.args, "suggestion": found.suggestion}),
            "column": found.start + 1,
            "end": found.end + 1,
        }
        for found in findings
    ]
    errors = {"where": [one["message"] for one in told]}
    return Problem(400, "where-invalid", {"reason": told[0]["message"]}, members={"errors": errors, "findings": told})
