"""The reference of the language: every key, file by file, from the grammar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import schemas
from builder import examples
from builder.language.grammar import Schema, deref, grammar
from docs.markdown import code, intro, plain, said, said_all, table


@dataclass(frozen=True, slots=True)
class Spot:
    """A definition of the language: its place, as `fields.ID`, its title and its schema."""

    place: str
    name: str
    title: Mapping[str, str]
    schema: Schema


FILES = {
    "workspace": ("formwright.yaml", "Workspace", "工作区"),
    "template": ("templates/ID.yaml", "Template", "模板"),
    "overlay": ("departments/DEPARTMENT/ID.yaml", "Overlay", "部门定制"),
}
ADDED = {"en": "A field of the department's own: as in a template, and", "zh": "部门新增的字段：与模板相同，另有"}
AS_A_FIELD = ("As a field, of any type but {}, and without {}.", "写法与字段相同，但类型不能是 {}，也不能有 {}。")
LISTS = {"en": "A list under `change`", "zh": "change 里的列表"}
LAYER = {"sealed": ("—", "—"), "narrow": ("make it stricter", "改得更严"), "open": ("change it", "改")}
READ = {
    "text": ("text", "文字"),
    "expression": ("condition or formula", "条件或公式"),
    "required": ("`true`, `false` or a condition", "`true`、`false` 或条件"),
    "value": ("value, or `=` and a formula", "值，或 `=` 加公式"),
    "boolean": ("`true` or `false`", "`true` 或 `false`"),
    "integer": ("whole number", "整数"),
    "number": ("number", "数"),
    "name": ("id", "编号"),
    "slug": ("id of small letters", "小写编号"),
    "person": ("person", "人"),
    "duration": ("duration, as `3y`, `180d`", "时长，如 `3y`、`180d`"),
    "version": ("version", "版本号"),
    "moment": ("moment", "时刻"),
    "day": ("day", "日期"),
    "language": ("language", "语言代码"),
    "currency": ("currency", "币种代码"),
    "timezone": ("time zone", "时区"),
    "pattern": ("regular expression", "正则表达式"),
    "parameter": ("parameter of the address", "网址参数"),
    "part": ("part of a text", "文字的一部分"),
    "store": ("URL of a store", "存储地址"),
    "pin": ("`ID@VERSION`", "`编号@版本`"),
    "hours": ("span, as `09:00-18:00`", "时间段，如 `09:00-18:00`"),
}
NAMED = {
    "words": ("text, or one for each language", "文字，或按语言分写"),
    "names": ("list of ids", "编号的列表"),
    "texts": ("list of texts", "文字的列表"),
    "people": ("list of people", "人的列表"),
    "answers": ("answers, by field", "各字段的值"),
    "options": ("options, by id", "选项，按编号"),
    "check": ("a check", "一条校验"),
    "refusal": ("what is refused", "拒收的词"),
    "tag-options": ("tags, by id", "标签，按编号"),
}


def language_page(language: str) -> Iterator[str]:
    """Every key of the language, file by file."""
    yield intro("language", language)
    for kind, (file, english, chinese) in FILES.items():
        yield f"## {said(language, english, chinese)}: `{file}`\n"
        for spot in spots(kind):
            if spot.place:
                yield f"### `{spot.place}` {spot.title.get(language, '')}\n"
            yield from _keys(spot, kind, language)


def spots(kind: str) -> list[Spot]:
    """The definitions of a kind of file, the outer first, each where it is met first."""
    root = grammar(kind)
    if kind == "overlay":
        root = {**root, "properties": {k: v if k not in ("change", "add") else {**v, "properties": {}}
                                       for k, v in root["properties"].items()}}  # fmt: skip
    waiting = [Spot("", kind, root.get("x-title", {}), root)]
    found: list[Spot] = []
    while waiting:
        spot = waiting.pop(0)
        if spot.name not in {other.name for other in found}:
            found.append(spot)
            waiting[:0] = _beneath(spot, root)  # what is inside follows at once
    if kind == "overlay":
        found.append(Spot("change.….LIST", "names-change", LISTS, root["$defs"]["names-change"]))
        own = {k: v for k, v in root["$defs"]["add-field"]["properties"].items() if v.get("x-only") == "layer"}
        found.append(Spot("add.fields.ID", "field", ADDED, {"properties": own}))
    return found


def _beneath(spot: Spot, root: Schema) -> Iterator[Spot]:
    """The definitions that the keys of one lead to."""
    for key, body in spot.schema.get("properties", {}).items():
        if key == "vocabularies":  # their options are those of a field
            continue
        place = f"{spot.place}.{key}".lstrip(".")
        yield from _led(place, body, body.get("x-title", {}), root)
    if isinstance(spot.schema.get("additionalProperties"), dict):
        yield from _led(f"{spot.place}.ID".lstrip("."), spot.schema["additionalProperties"], spot.title, root)


def _led(place: str, body: Schema, title: Mapping[str, str], root: Schema, name: str = "") -> Iterator[Spot]:
    if "$ref" in body:
        name = body["$ref"].rpartition("/")[2]
    if name in ("words", "answer", "answers"):  # they hold whatever their field takes
        return
    schema = deref(body, root)
    for branch in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _led(place, branch, title, root, name)
    if schema.get("properties"):
        yield Spot(place, name or place, title, schema)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _led(f"{place}.ID", schema["additionalProperties"], title, root, name)
    if isinstance(schema.get("items"), dict):
        yield from _led(f"{place}[]", schema["items"], title, root, name)


def _keys(spot: Spot, kind: str, language: str) -> Iterator[str]:
    """A definition's keys as a table; only what a template says can be changed by a department."""
    obligatory = spot.schema.get("required", ())
    rows = [
        [
            f"`{key}`{' *' if key in obligatory else ''}",
            _meaning(body, language),
            _written(body, grammar(kind), language),
            _example(spot.name, key, language),
            *([said(language, *LAYER[body["x-layer"]])] if kind == "template" else []),
        ]
        for key, body in spot.schema.get("properties", {}).items()
        if "x-title" in body
    ]
    if not rows:  # columns: what the grammar takes away from a field
        refused = [f"`{key}`" for key, body in spot.schema.get("properties", {}).items() if body.get("not") == {}]
        types = [f"`{each}`" for each in spot.schema["properties"].get("type", {}).get("not", {}).get("enum", ())]
        told = (said(language, ", ", "、").join(each) for each in (types, refused))
        yield f"{said(language, *AS_A_FIELD).format(*told)}\n"
        return
    heads = ("key", "means", "takes", "example", "a department may"), ("键", "意思", "写什么", "例子", "部门可以")
    yield from table([*said_all(language, *heads)[: len(rows[0])]], rows)


def _meaning(body: Schema, language: str) -> str:
    title, description = body["x-title"][language], plain(body.get("x-description", {}).get(language, ""))
    return f"**{title}**{said(language, ': ', '：')}{description}"


def _written(body: Schema, root: Schema, language: str) -> str:
    """What stands after a key, in a few words; and the field types that have the key."""
    words = _kind(body, root, language)
    types = ", ".join(f"`{each}`" for each in body.get("x-for", ()))
    return f"{words}{said(language, '; for ', '；用于 ')}{types}" if types else words


def _kind(body: Schema, root: Schema, language: str) -> str:
    name = body.get("$ref", "").rpartition("/")[2]
    if name in NAMED:
        return said(language, *NAMED[name])
    schema = deref(body, root)
    if "x-keys-of" in schema:
        return said(language, "keys of a field", "字段的键")
    if "enum" in schema:
        return said(language, ", ", "、").join(f"`{each}`" for each in schema["enum"])
    if "x-read" in schema and "const" not in schema:
        return said(language, *READ[schema["x-read"]])
    if "const" in schema:
        return f"`{schema['const']}`"
    kinds = [_kind(branch, root, language) for branch in schema.get("anyOf", ())]
    if kinds:
        return said(language, " or ", " 或 ").join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return said(language, "list: ", "列表：") + _kind(schema.get("items", {}), root, language)
    return said(language, "ids with definitions", "编号和定义") if "additionalProperties" in schema and isinstance(
        schema["additionalProperties"], dict) else said(language, "keys of its own", "下面的键")  # fmt: skip


def _example(owner: str, key: str, language: str) -> str:
    value = examples.spoken(schemas.example_of(owner, key), language)
    return code(f"{key}: {value}") if value else ""
