"""A template as its form's program: an ES module with what the browser settles at once, in dependency order.

Its default export takes renderer/assets/kernel.js and gives the steps that renderer/assets/form.js settles: a field is
`{id, type, visible, compute, default, required, keep, columns, reads, asks}`, a tag group `{id, reads, many, tags}`,
the completeness `{id, reads, checklist}`. What does not apply is left out, expressions are functions `(v, s, r)`;
`reads` and `asks` are the names that decide the value, and whether it is required.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.expressions import Expression
from builder.expressions.javascript import javascript, literal
from builder.model import Field, TagGroup, Template


def browser_program(template: Template) -> str:
    """The text of the module: ASCII, inert inside HTML, without a name or word that only people read."""
    return f"export default (k) => [\n{''.join(f'  {step},' + chr(10) for step in _steps(template))}];\n"


def _steps(template: Template) -> Iterator[str]:
    named: dict[str, Field | TagGroup] = {**template.fields, **template.tags}
    for name in dict.fromkeys((*template.order, *named, "completeness")):
        if name == "completeness":
            yield _object(id=literal(name), reads=literal(template.checklist), checklist=literal(template.checklist))
        else:
            yield _step(named[name])


def _step(named: Field | TagGroup) -> str:
    if isinstance(named, Field):
        return _field(named, reads=_names(_settling(named)), asks=_names(_asking(named)))
    rules = (option.when for option in named.options if option.when is not None)
    tags = (f"[{literal(o.id)}, {'null' if o.when is None else javascript(o.when.tree)}]" for o in named.options)
    return _object(id=literal(named.id), reads=_names(rules), many=literal(named.many), tags=f"[{', '.join(tags)}]")


def _field(field: Field, **more: str) -> str:
    return _object(
        id=literal(field.id),
        type=literal(field.type),
        visible=_function(field.visible),
        compute=_function(field.compute),
        default=_default(field.default),
        required=_required(field),
        keep="true" if field.when_hidden == "keep" else "",
        columns=f"[{', '.join(_field(column) for column in _columns(field))}]" if field.type == "rows" else "",
        **more,
    )


def _columns(field: Field) -> list[Field]:
    """The columns in dependency order."""
    named = {column.id: column for column in field.fields}
    return [named[name] for name in dict.fromkeys((*field.order, *named))]


def _default(value: object) -> str:
    if value is None or isinstance(value, Expression):
        return _function(value)
    return f"() => {literal(value)}"


def _required(field: Field) -> str:
    if field.compute is not None or field.required is False:
        return ""
    return _function(field.required) if isinstance(field.required, Expression) else "true"


def _settling(field: Field) -> Iterator[Expression]:
    """What decides a field's value, its columns' included."""
    for part in (field.visible, field.compute, field.default):
        if isinstance(part, Expression):
            yield part
    for column in field.fields:
        yield from _settling(column)


def _asking(field: Field) -> Iterator[Expression]:
    """What decides whether it is required, its columns' included."""
    if isinstance(field.required, Expression):
        yield field.required
    for column in field.fields:
        yield from _asking(column)


def _names(expressions: Iterable[Expression]) -> str:
    return literal(sorted(frozenset().union(*(each.reads for each in expressions))))


def _function(expression: Expression | None) -> str:
    return "" if expression is None else javascript(expression.tree)


def _object(**parts: str) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in parts.items() if text) + "}"
