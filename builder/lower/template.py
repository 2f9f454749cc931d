"""A composed document becomes a frozen Template: names resolved, expressions typed, dependency order fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.diagnostic import Diagnostic
from builder.expressions import Scope
from builder.language import Document
from builder.lower.access import lower_access
from builder.lower.context import Lowering, Neighbours
from builder.lower.entries import lower_entries
from builder.lower.fields import lower_fields
from builder.lower.linked import links, mark_live
from builder.lower.live import settle_live
from builder.lower.order import settle
from builder.lower.stepping import lower_own_forms
from builder.lower.symbols import fill_symbols, settle_symbols
from builder.lower.texts import check_texts
from builder.lower.views import lower_cases, lower_lists, lower_sections, lower_tags, strings
from builder.lower.workflow import lower_states, lower_transitions, part
from builder.model import Company, Field, Shared, TagGroup, Template

CHECKLIST_WORDS = ("state", "owner")


def lower(
    document: Document,
    company: Company,
    department: str = "",
    tables: Mapping[str, Shared] | None = None,
    vocabularies: Sequence[str] = (),
    neighbours: Neighbours | None = None,
) -> tuple[Template, list[Diagnostic]]:
    """The template and what is wrong with it; with findings of severity error the template must not be used.

    `tables` are vocabularies that do not stand in the document; `vocabularies` the ids of all files there are;
    `neighbours` the templates it may link to, itself among them.
    """
    run = Lowering(document, company, tables or {}, tuple(vocabularies), neighbours or Neighbours())
    check_texts(run)
    fill_symbols(run)
    mark_live(run)
    fields, tags = lower_fields(run), lower_tags(run)
    _one_name_each(run, fields, tags)
    settle_symbols(run, fields)
    privacy, checklist, entries = part(run, "privacy"), _checklist(run, fields), lower_entries(run, fields)
    fields = settle_live(run, fields, tags, checklist)
    template = Template(
        id=str(run.data.get("template", "")),
        version=str(run.data.get("version", "")),
        department=department,
        title=run.text(run.data.get("title")),
        languages=company.languages,
        purpose=run.text(privacy.get("purpose")),
        retain=str(privacy.get("retain", "")),
        checklist=checklist,
        fields=fields,
        order=settle(run, fields, tags, checklist, entries),
        sections=lower_sections(run, fields),
        tags=tags,
        states=lower_states(run, fields),
        transitions=lower_own_forms(run, lower_transitions(run, fields)),
        entries=entries,
        access=lower_access(run, fields),
        lists=lower_lists(run, fields, tags),
        cases=lower_cases(run, fields, tags, entries),
        links=links(run),
        tables=tuple(run.tables.values()),
        scope=Scope(run.symbols, layer=department, zone=company.timezone),
        timezone=company.timezone,
    )
    return template, run.findings


def _checklist(run: Lowering, fields: Mapping[str, Field]) -> tuple[str, ...]:
    return run.references(strings(run.data.get("checklist")), [*fields, *CHECKLIST_WORDS], ("checklist",), "field")


def _one_name_each(run: Lowering, fields: Mapping[str, Field], tags: Mapping[str, TagGroup]) -> None:
    """Fields and tag groups share one space of names: an expression could not tell them apart."""
    folded = {key.casefold() for key in fields}
    for key in tags:
        if key.casefold() in folded:
            run.find("name-taken", ("tags", key), at="key", name=key)
