"""Lists, sections, tag groups and cases: what is shown and what is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.case import Case, Step
from builder.diagnostic import Path, Related
from builder.entry import Entry
from builder.expressions import BOOLEAN
from builder.lower.context import Lowering, widened
from builder.lower.options import Lowered, layer_of
from builder.lower.order import COMPLETENESS
from builder.lower.people import lower_person
from builder.lower.priors import lower_priors
from builder.lower.workflow import part
from builder.model import Field, ListView, Section, TagGroup

COLUMNS = ("id", "state", "owner", "creator", "department", "entry", "created", "updated", "entered", "completeness")
AS_WORDS = ("creator", "owner", "superior", "department", "staff", "public", "me")
BESIDE_FIELDS = ("state", "comment")  # what a step may lack beside answers
NO_OTHERS: Mapping[str, str] = {}


def lower_lists(run: Lowering, fields: Mapping[str, Field], tags: Mapping[str, TagGroup]) -> dict[str, ListView]:
    """Lists in written order; columns may be fields, tag groups and system names."""
    known = [*fields, *tags, *COLUMNS]
    return {key: _list(run, key, data, known) for key, data in part(run, "lists").items() if isinstance(data, Mapping)}


def _list(run: Lowering, key: str, data: Mapping[str, object], known: list[str]) -> ListView:
    path: Path = ("lists", key)
    where = data.get("where")
    return ListView(
        id=key,
        title=run.text(data.get("title", key)),
        columns=run.references(strings(data.get("columns")), known, (*path, "columns"), "column"),
        where=run.expression(where, (*path, "where"), expect=BOOLEAN) if isinstance(where, str) else None,
        sort=_sort(run, data.get("sort"), known, (*path, "sort")),
    )


def _sort(run: Lowering, value: object, known: list[str], path: Path) -> tuple[str, ...]:
    columns: list[str] = []
    for i, name in enumerate(strings(value)):
        found = run.reference(name.removeprefix("-"), known, (*path, i) if isinstance(value, list) else path, "column")
        if found:
            columns.append("-" + found if name.startswith("-") else found)
    return tuple(columns)


def lower_sections(run: Lowering, fields: Mapping[str, Field]) -> tuple[Section, ...]:
    """Sections in order; when there are any, each field is in exactly one."""
    naming = _naming(run)
    sections = tuple(_section(run, key, data, fields, naming) for key, data in part(run, "sections").items()
                     if isinstance(data, Mapping))  # fmt: skip
    if not sections:
        _no_sections(run)
        return ()
    _each_in_one(run, sections, fields)
    return sections


def _no_sections(run: Lowering) -> None:
    for key, data in part(run, "fields").items():
        if isinstance(data, Mapping) and isinstance(data.get("section"), str):
            run.unknown(str(data["section"]), [], ("fields", key, "section"), "section")


def _naming(run: Lowering) -> dict[str, str]:
    """The fields that name their section themselves, with its name."""
    return {field: str(data["section"]) for field, data in part(run, "fields").items()
            if isinstance(data, dict) and "section" in data}  # fmt: skip


def _section(
    run: Lowering, key: str, data: Mapping[str, object], fields: Mapping[str, Field], naming: Mapping[str, str]
) -> Section:
    path: Path = ("sections", key)
    visible = data.get("visible")
    listed = run.references(strings(data.get("fields")), fields, (*path, "fields"), "field")
    joined = (field for field, section in naming.items() if field not in listed
              and run.resolve(section, (key,), run.document.layer(("fields", field, "section"))))  # fmt: skip
    return Section(
        id=key,
        title=run.text(data.get("title", key)),
        help=run.text(data.get("help")),
        fields=(*listed, *joined),
        visible=run.expression(visible, (*path, "visible"), expect=BOOLEAN) if isinstance(visible, str) else None,
    )


def _each_in_one(run: Lowering, sections: tuple[Section, ...], fields: Mapping[str, Field]) -> None:
    homes: dict[str, str] = {}
    for section in sections:
        for i, field in enumerate(section.fields):
            path: Path = ("sections", section.id, "fields", i)
            if field in homes:
                first = run.document.place(("sections", homes[field]), "key", 0)
                run.find("in-two-sections", path, field=field, first=homes[field], second=section.id,
                         related=(Related(first, "first-here"),))  # fmt: skip
            homes.setdefault(field, section.id)
    known = [section.id for section in sections]
    if any(run.document.damaged(("sections", id, "fields")) for id in known):
        return  # nobody knows which fields it was to have
    if any(diagnostic.code == "unknown-field" for diagnostic in run.findings):
        return  # a misspelt name in a section is why the field meant by it is in none
    for field, data in part(run, "fields").items():
        named = data.get("section") if isinstance(data, Mapping) else None
        if isinstance(named, str):
            run.reference(named, known, ("fields", field, "section"), "section")
        elif field not in homes:
            run.find("in-no-section", ("fields", field), at="key", field=field)


def lower_tags(run: Lowering) -> dict[str, TagGroup]:
    """Tag groups in written order."""
    return {key: _tags(run, key, widened(data)) for key, data in part(run, "tags").items()}


def _tags(run: Lowering, key: str, data: Mapping[str, object]) -> TagGroup:
    written = data.get("options")
    options = written if isinstance(written, Mapping) else {}
    return TagGroup(
        id=key,
        label=run.text(data.get("label", key)),
        many=data.get("many") is True,
        options=Lowered(run, tags=True).options(options, ("tags", key, "options"), run.symbols[key].type),
        layer=layer_of(key),
    )


def lower_cases(
    run: Lowering, fields: Mapping[str, Field], tags: Mapping[str, TagGroup], entries: Mapping[str, Entry]
) -> dict[str, Case]:
    """Cases in written order; the names they give and expect must exist."""
    written = ((key, data) for key, data in part(run, "cases").items() if isinstance(data, Mapping))
    return {key: _case(run, key, data, fields, tags, entries) for key, data in written}


def _case(
    run: Lowering,
    key: str,
    data: Mapping[str, object],
    fields: Mapping[str, Field],
    tags: Mapping[str, TagGroup],
    entries: Mapping[str, Entry],
) -> Case:
    path: Path = ("cases", key)
    names = [*fields, *tags]
    given = _answers(run, data.get("given"), (*path, "given"), names)
    steps, entry = data.get("steps"), _entry(run, data, path, entries)
    link = _answers(run, data.get("link"), (*path, "link"), names, _captured(entry))
    if entry is not None:
        fixed = (*entry.ask_link, *entry.capture)
        _outside(run, data, (*path, "given"), "case-not-asked", entry, entry.fields)
        _outside(run, data, (*path, "link"), "case-not-linked", entry, fixed)
    elif "link" in data and "entry" not in data:
        run.find("case-link-without-entry", (*path, "link"), at="key")
    return Case(
        id=key,
        given=given,
        at=str(data.get("at", "")),
        entry=entry.id if entry else "",
        link=link,
        records=lower_priors(run, data, path, fields),
        steps=tuple(_step(run, step, (*path, "steps", i), names) for i, step in enumerate(steps)
                    if isinstance(step, Mapping)) if isinstance(steps, list) else (),
        expect=_expect(run, data.get("expect"), (*path, "expect"), names),
        layer=run.document.layer(path),
    )  # fmt: skip


def _entry(run: Lowering, data: Mapping[str, object], path: Path, entries: Mapping[str, Entry]) -> Entry | None:
    """The door that a case comes in by; the staff form is none that a template defines."""
    if "entry" not in data:
        return None
    found = run.reference(str(data["entry"]), entries, (*path, "entry"), "entry")
    return entries[found] if found else None


def _outside(
    run: Lowering, data: Mapping[str, object], path: Path, code: str, entry: Entry, allowed: Sequence[str]
) -> None:
    """A finding for each answer that nobody could give at a door."""
    answers = data.get(str(path[-1]))
    if ("entries", entry.id) in run.unclear:  # what it asks is not known
        return
    for key in answers if isinstance(answers, Mapping) else ():
        found = run.resolve(key, part(run, "fields"), run.document.layer((*path, key)))
        if found is not None and found not in allowed:
            run.find(code, (*path, key), at="key", field=found, entry=entry.id, known=", ".join(allowed))


def actions(run: Lowering) -> list[str]:
    """The actions of the workflow, each once."""
    ways = part(run, "workflow", "transitions").items()
    return [*dict.fromkeys(str(way.get("action", key)) if isinstance(way, Mapping) else key for key, way in ways)]


def _step(run: Lowering, step: Mapping[str, object], path: Path, names: list[str]) -> Step:
    do = run.reference(str(step["do"]), actions(run), (*path, "do"), "action") if "do" in step else ""
    who = str(step.get("as", "creator"))
    role = who.partition(".")[0]
    meant = who if who in AS_WORDS or role in run.company.roles else _somebody(run, who, (*path, "as"))
    return Step(
        as_=meant,
        do=do or "",
        data=_answers(run, step.get("data"), (*path, "data"), [*names, *_own(run, do or "")]),
        set=_answers(run, step.get("set"), (*path, "set"), names),
        comment=str(step.get("comment", "")),
    )


def _own(run: Lowering, action: str | None = None) -> list[str]:
    """What transitions ask by themselves: those of an action, or all."""
    ways = part(run, "workflow", "transitions").items()
    mine = (key for key, way in ways if isinstance(way, Mapping) and action in (None, str(way.get("action", key))))
    return [name for key in mine for name in part(run, "workflow", "transitions", key, "fields")]


def _somebody(run: Lowering, name: str, path: Path) -> str:
    """Whom a word of `as` means that is neither a plain word nor a role: `role@department` or a person field."""
    who = lower_person(run, name, path)
    return "" if who is None else f"{who.name}@{who.department}" if who.department else who.name


def _captured(entry: Entry | None) -> dict[str, str]:
    """Parameter of an address → the field that an entry fills from it: a case names the field."""
    capture = entry.capture if entry is not None else {}
    return {parameter: field for field, parameters in capture.items() for parameter in parameters}


def _answers(
    run: Lowering, data: object, path: Path, names: list[str], otherwise: Mapping[str, str] = NO_OTHERS
) -> dict[str, object]:
    """Answers by field; `otherwise` says which field somebody meant who calls it otherwise."""
    answers: dict[str, object] = {}
    for key, value in (data if isinstance(data, Mapping) else {}).items():
        found = run.resolve(key, [*names, "state"], run.document.layer((*path, key)))
        if found is None and key in otherwise:
            run.find("unknown-field", (*path, key), at="key", name=key, known=", ".join(names[:12]),
                     suggestion=otherwise[key])  # fmt: skip
        elif found is None:
            run.unknown(key, [*names, "state"], (*path, key), "field", at="key")
        else:
            answers[found] = value
    return answers


def _expect(run: Lowering, data: object, path: Path, names: list[str]) -> dict[str, object]:
    expect = dict(data) if isinstance(data, Mapping) else {}
    if isinstance(expect.get("values"), Mapping):
        expect["values"] = _answers(run, expect["values"], (*path, "values"), [*names, COMPLETENESS])
    if isinstance(expect.get("absent"), list):
        expect["absent"] = run.references(strings(expect["absent"]), names, (*path, "absent"), "field")
    if isinstance(expect.get("errors"), Mapping):
        known = [*names, *_own(run), *BESIDE_FIELDS]
        for key in expect["errors"]:
            if run.resolve(key.partition(".")[0], known, run.document.layer(path)) is None:
                run.unknown(key, known, (*path, "errors", key), "field", at="key")
    if isinstance(expect.get("enabled"), list):
        expect["enabled"] = run.references(strings(expect["enabled"]), actions(run), (*path, "enabled"), "action")
    for i, tag in enumerate(strings(expect.get("tags"))):
        _tag(run, tag, (*path, "tags", i))
    if isinstance(expect.get("state"), str):
        states = [*part(run, "workflow", "states")]
        expect["state"] = run.reference(str(expect["state"]), states, (*path, "state"), "state")
    return expect


def _tag(run: Lowering, tag: str, path: Path) -> None:
    """`group.option` must be a tag of the template."""
    groups = part(run, "tags")
    layer = run.document.layer(path)
    known = [f"{group}.{option}" for group in groups for option in part(run, "tags", group, "options")]
    group, _, option = tag.partition(".")
    found = run.resolve(group, groups, layer)
    if found is None or run.resolve(option, part(run, "tags", found, "options"), layer) is None:
        run.unknown(tag, known, path, "tag")


def strings(value: object) -> list[str]:
    """A list of names as written; one bare name is a list of one."""
    return [str(item) for item in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
