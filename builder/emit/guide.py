"""The fill-in guide: what staff read who fill this form and move its records. Markdown, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from builder.emit.guide_fields import described
from builder.emit.guide_rights import records, rights
from builder.emit.guide_steps import steps
from builder.emit.guide_words import GuideWords
from builder.model import Company, Section, Template


def guide(template: Template, company: Company, language: str = "") -> str:
    """The guide of a template: its sections and fields, its states and steps, who sees and changes what."""
    words = GuideWords.of(template, company, language or template.languages[0])
    return "\n".join(_lines(template, company, words)).rstrip("\n") + "\n"


def _lines(template: Template, company: Company, words: GuideWords) -> Iterator[str]:
    yield f"# {words.text(template.title)}"
    yield ""
    department = company.departments.get(template.department)
    yield words.say("version", version=template.version, department=department.label if department else "")
    yield ""
    if template.purpose:
        yield words.say("purpose", purpose=words.text(template.purpose), retain=words.duration(template.retain))
        yield ""
    yield from _form(template, words)
    yield from steps(template, words)
    yield from records(template, words)
    yield from rights(template, company, words)


def _form(template: Template, words: GuideWords) -> Iterator[str]:
    """The sections in order; fields that are in none follow (a form without sections has only these)."""
    for section in template.sections:
        yield from _section(template, section, words)
    listed = {field for section in template.sections for field in section.fields}
    rest = [field for field in template.fields.values() if field.id not in listed]
    if rest:
        yield f"## {words.say('rest' if template.sections else 'fields')}"
        yield ""
    for field in rest:
        yield from described(field, words)


def _section(template: Template, section: Section, words: GuideWords) -> Iterator[str]:
    yield f"## {words.text(section.title)}"
    yield ""
    if section.help:
        yield words.text(section.help)
        yield ""
    for id in section.fields:
        yield from described(template.fields[id], words)
