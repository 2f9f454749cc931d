"""Rights in the guide: who makes, reads and changes records, and the table of roles and fields.

A cell says what somebody of a column sees and changes of a field in the records that he may read. Who is several of
these has the most that any of them has.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.emit.guide_words import GuideWords
from builder.emit.markdown import table
from builder.model import Access, Company, Field, People, Template, Who

VERBS = ("create", "read", "write", "export")
EVERYONE = ("staff", "public", "me")
HIDDEN, MASKED, READ, RECORD, WRITE = "hidden", "masked", "read", "record", "write"


def records(template: Template, words: GuideWords) -> Iterator[str]:
    """Who may do what with whole records."""
    yield f"## {words.say('rights')}"
    yield ""
    for verb in VERBS:
        yield f"- {words.say(f'may-{verb}', people=words.people(getattr(template.access, verb)))}"
    yield ""


def rights(template: Template, company: Company, words: GuideWords) -> Iterator[str]:
    """The table of fields by role, with its legend."""
    columns = seats(template.access, company)
    head = [words.say("head-field"), *map(words.who, columns)]
    rows = [
        [words.text(field.label), *(words.say(f"cell-{level(template.access, field, who)}") for who in columns)]
        for field in template.fields.values()
    ]
    yield from table(head, rows)
    yield words.say("legend")


def seats(access: Access, company: Company) -> list[Who]:
    """The columns: every role, then whom else the fields' lists name (departments' roles, owners, person fields)."""
    roles = [Who("role", role) for role in company.roles]
    lists = [people or () for named in access.fields.values() for people in (named.read, named.masked, named.write)]
    others = (who for people in lists for who in people if who.kind != "role" and who.name not in EVERYONE)
    return [*roles, *dict.fromkeys(others)]


def level(access: Access, field: Field, who: Who) -> str:
    """What somebody who is only this may do with a field: hidden, masked, read, record (follows it) or write."""
    named = access.fields.get(field.id)
    fixed = field.readonly or field.compute is not None
    if named is None:
        return READ if fixed else RECORD
    masked = MASKED if meant(named.masked, who) else ""
    if named.read is not None and not meant(named.read, who):
        return masked or HIDDEN
    if named.read is None and masked:
        return masked
    if fixed or (named.write is not None and not meant(named.write, who)):
        return READ
    return RECORD if named.write is None else WRITE


def meant(people: People | None, who: Who) -> bool:
    """Whether a list means this column, by itself or because it means everyone."""
    wider = (who, Who("role", who.name)) if who.kind == "role_at" else (who,)
    return any(one in wider or (one.kind == "word" and one.name in EVERYONE) for one in people or ())
