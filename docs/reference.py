"""Writes docs/reference/: the language, its findings, the shell and its settings, in English and Chinese.

`python -m docs.reference` writes the pages anew; a test is red while they are not what this would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import yaml

import cli
import schemas
from builder import examples
from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from builder.language.grammar import Schema, deref, grammar
from renderer.sentences import sentence

FOLDER = Path(__file__).resolve().parent / "reference"
MESSAGES = Path(schemas.__file__).parent / "messages"
LANGUAGES = ("en", "zh")
Page = Callable[[str], Iterator[str]]


def said(language: str, en: str, zh: str) -> str:
    """One of two texts."""
    return zh if language == "zh" else en


def intro(page: str, language: str) -> str:
    """What a page says first."""
    written: Mapping[str, Mapping[str, str]] = yaml.safe_load(FOLDER.with_suffix(".yaml").read_text("utf-8"))
    return written[page][language]


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A Markdown table, and an empty line."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    yield ""


def plain(text: str) -> str:
    """A sentence in which nothing is taken for Markdown."""
    return re.sub(r"([<*_\[\]`])", r"\\\1", text)


def code(text: str) -> str:
    """A piece of a definition within a line."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


# ---- the language


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
    if rows:
        heads = ("key", "means", "takes", "example", "a department may"), ("键", "意思", "写什么", "例子", "部门可以")
        yield from table([*said_all(language, *heads)[: len(rows[0])]], rows)


def said_all(language: str, en: tuple[str, ...], zh: tuple[str, ...]) -> tuple[str, ...]:
    """One of two lists of texts."""
    return zh if language == "zh" else en


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


# ---- the findings

CATALOGUES = {
    "definitions": ("How a definition is written", "定义怎样书写"),
    "lower": ("Names, types and values", "名称、类型和值"),
    "expressions": ("Conditions and formulas", "条件和公式"),
    "proofs": ("What the whole form proves", "对整张表单的证明"),
    "entries": ("Doors into a form", "入口"),
    "compose": ("Departments, versions and files", "部门定制、版本和文件"),
}


def errors_page(language: str) -> Iterator[str]:
    """Every finding with its example."""
    yield intro("errors", language)
    known = set(examples.codes())
    others = sorted(path.stem for path in MESSAGES.glob("*.yaml") if path.stem not in CATALOGUES)
    for name in (*CATALOGUES, *others):
        codes = [code for code in yaml.safe_load((MESSAGES / f"{name}.yaml").read_text("utf-8")) if code in known]
        if codes:
            yield f"## {said(language, *CATALOGUES.get(name, (name, name)))}\n"
        for each in codes:
            yield from _finding(each, language)


def _finding(found: str, language: str) -> Iterator[str]:
    shown = examples.example(found, language)
    told = examples.findings(shown)[0] if shown.lines else Diagnostic(found, Place("", 1, 1), shown.args)
    message = catalogue.describe(told, language)
    severity = sentence(f"shell-{message.severity}", language)
    yield f"### {found}\n"
    yield f"{severity}{said(language, ': ', '：')}{plain(message.cause)}\n"
    if message.help:
        yield f"→ {plain(message.help)}\n"
    lines = [*((sign, f"$ {text}" if text[:1] != "#" else text) for sign, text in shown.command)]
    for file, own in shown.lines.items():
        lines += [(" ", f"# {file}")] if len(shown.lines) > 1 else []
        lines += [(sign, examples.shortened(text)) for sign, text in own]
    if lines:
        yield "\n".join(["```diff", *(f"{sign} {_visible(text)}".rstrip() for sign, text in lines), "```", ""])


def _visible(text: str) -> str:
    """A line without signs that no reader and no tool could see."""
    return re.sub("[\x00-\x08\x0b-\x1f]", "␦", text)


# ---- the shell and its settings


def cli_page(language: str) -> Iterator[str]:
    """Every verb with its options, as `--help` explains them."""
    yield intro("cli", language)
    rows = [[f"`{flag} {metavar}`", sentence(f"shell-option-{name}", language)] for flag, metavar, name in
            (("-C", "DIR", "folder"), ("--lang", "zh|en", "language"))]  # fmt: skip
    yield from table([*said_all(language, ("for every verb", "does"), ("所有命令", "作用"))], rows)
    groups = {name: isinstance(command, click.Group) for name, command in cli.main.commands.items()}
    for name, command in sorted(cli.main.commands.items(), key=lambda each: groups[each[0]]):
        inner = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        for verb, each in inner:
            if not each.hidden:
                yield from _verb(f"{name} {verb}".strip(), each, language)


def _verb(name: str, command: click.Command, language: str) -> Iterator[str]:
    words = [parameter.make_metavar(click.Context(command)) for parameter in command.params
             if isinstance(parameter, click.Argument)]  # fmt: skip
    yield f"## formwright {name}\n"
    yield sentence(f"shell-help-{name.replace(' ', '-')}", language) + "\n"
    yield f"```sh\nformwright {' '.join(filter(None, [name, *words]))}\n```\n"
    options = [option for option in command.params if isinstance(option, click.Option)]
    rows = [[f"`{_flags(option)}`", sentence(f"shell-option-{option.name}", language)] for option in options]
    if rows:
        yield from table([*said_all(language, ("option", "does"), ("选项", "作用"))], rows)


def _flags(option: click.Option) -> str:
    metavar = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('x')))}"
    return f"{', '.join(option.opts)}{metavar}"


SETTINGS = ("FORMWRIGHT_WORKSPACE", "FORMWRIGHT_STORE", "FORMWRIGHT_SECRET_KEY", "FORMWRIGHT_BASE_URL", "PORT")


def settings_page(language: str) -> Iterator[str]:
    """Environment variables, and what the workspace file says."""
    yield intro("settings", language)
    rows = [[f"`{name}`", sentence(f"shell-setting-{name.lower().replace('_', '-')}", language)] for name in SETTINGS]
    yield from table([*said_all(language, ("variable", "says"), ("环境变量", "作用"))], rows)


def index_page(language: str) -> Iterator[str]:
    """What there is to read."""
    end = said(language, "", ".zh")
    yield intro("index", language)
    for name, en, zh in (
        ("language", "The definition language, key by key", "定义语言：逐键说明"),
        ("types/README", "The types of fields, with pictures", "字段类型，附图"),
        ("errors", "Findings, one by one, with their cures", "问题一览，附改法"),
        ("cli", "The verbs of the shell", "命令一览"),
        ("settings", "Settings", "设置"),
    ):
        yield f"- [{said(language, en, zh)}]({name}{end}.md)"
    yield ""


PAGES: Mapping[str, Page] = {
    "README": index_page, "language": language_page, "errors": errors_page, "cli": cli_page, "settings": settings_page,
}  # fmt: skip


def pages(names: Iterable[str] = tuple(PAGES)) -> Mapping[str, str]:
    """File name → its text, of some pages in both languages."""
    ends = {"en": "", "zh": ".zh"}
    return {
        f"{name}{ends[language]}.md": "\n".join(PAGES[name](language)).rstrip("\n") + "\n"
        for name in names
        for language in LANGUAGES
    }


def main() -> None:
    """Write the pages, and remove what is none of them any more."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
