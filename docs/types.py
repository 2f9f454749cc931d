"""Writes docs/reference/types/: what each type takes, keeps and looks like. `python -m docs.types [--text] [TYPE …]`.

The texts are docs/types.yaml; what is kept is read by the program itself, and the pictures are pages that it serves;
`--text` leaves those as they are.
A test is red while the pages are not what this would write, or a picture is missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from builder.compile import compile_sources
from builder.language import Source
from builder.language.grammar import grammar
from builder.model import Template
from docs.markdown import LANGUAGES, code, plain, said, table
from workflows.reading import ANYONE, reader
from workflows.record import Fault
from workflows.words import tell

HERE: Final = Path(__file__).resolve().parent
FOLDER: Final = HERE / "reference" / "types"
IMAGES: Final = HERE / "images" / "types"
STATES: Final = {"fill": ("filled in", "填写"), "fault": ("refused", "出错"), "read": ("stored", "查看")}
WIDTHS: Final = (1280, 375)
NAMED: Final = {"format": "text", "serial": "text"}  # pages of what is a property, not a type
COMPANY: Final = """\
company: {zh: 东方公司, en: East Company}
languages: [zh, en]
roles: {sales: {zh: 销售, en: Sales}}
departments: {east: {label: {zh: 华东销售部, en: Sales East}, lead: chen}}
"""


@cache
def shown() -> Mapping[str, Mapping[str, Any]]:
    """Type → what its page shows."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load((HERE / "types.yaml").read_text("utf-8"))
    return found


def definition(name: str) -> str:
    """The form of a page, as a template."""
    each = shown()[name]
    fields = "".join(f"  {line}\n" for line in each["fields"].splitlines())
    title = f"title: {{zh: {each['zh']['name']}, en: {each['en']['name']}}}\n"
    access = "access: {record: {create: [sales], read: [sales], write: [sales]}}\n"
    return f"template: t\nversion: 1.0.0\n{title}fields:\n{fields}{access}"


def template(name: str) -> Template:
    """The form, compiled without a finding."""
    sources = [
        Source("formwright.yaml", COMPANY, "workspace"),
        Source("templates/t.yaml", definition(name), "template"),
    ]
    made = compile_sources(sources)
    assert made.template is not None and not made.diagnostics, (name, made.diagnostics)
    return made.template


def picture(name: str, state: str, width: int) -> Path:
    """Where a picture is kept."""
    return IMAGES / f"{name}-{state}-{width}.png"


def page(name: str, language: str) -> Iterator[str]:
    """The page of a type."""
    words = shown()[name][language]
    yield f"# {words['name']}: `{name}`\n" if language == "en" else f"# {words['name']}：`{name}`\n"
    yield words["about"] + "\n"
    yield f"```yaml\nfields:\n{''.join(f'  {line}{chr(10)}' for line in shown()[name]['fields'].splitlines())}```\n"
    yield from _pictures(name, language)
    yield from _typed(name, language)
    yield from _keys(name, language)


def _pictures(name: str, language: str) -> Iterator[str]:
    heads = ["", *(f"{width} px" for width in WIDTHS)]
    rows = [
        [said(language, *STATES[state]), *(_image(name, state, width, language) for width in WIDTHS)]
        for state in STATES
    ]
    yield from table(heads, rows)


def _image(name: str, state: str, width: int, language: str) -> str:
    alt = f"{shown()[name][language]['name']} · {said(language, *STATES[state])} · {width} px"
    return f"![{alt}](../../images/types/{picture(name, state, width).name})"


def _typed(name: str, language: str) -> Iterator[str]:
    """What may be typed, and what is kept of it."""
    typed = shown()[name].get("typed")
    if typed:
        field = next(iter(template(name).fields.values()))
        read = ((text, reader(field)(text, ANYONE, ())) for text in typed)
        rows = [[code(_visible(text)), _kept(value, language)] for text, value in read]
        yield from table([said(language, "typed", "填写"), said(language, "kept", "保存")], rows)


def _kept(value: object, language: str) -> str:
    if isinstance(value, Fault):
        return plain(tell(value, language))
    return code(json.dumps(value, ensure_ascii=False))


def _visible(text: str) -> str:
    return text.replace("\u3000", "␣").replace(" ", "␣") if text != text.strip() else text


def _keys(name: str, language: str) -> Iterator[str]:
    """The properties that this type has and others have not."""
    properties = grammar("template")["$defs"]["field"]["properties"]
    own = [key for key, body in properties.items() if NAMED.get(name, name) in body.get("x-for", ())]
    rows = [
        [f"`{key}`", properties[key]["x-title"][language], plain(properties[key]["x-description"][language])]
        for key in own
    ]
    if rows:
        yield from table([*said_heads(language)], rows)
    link = said(language, "[What every field has](../language.md)", "[所有字段都有的属性](../language.zh.md)")
    yield link + "\n"


def said_heads(language: str) -> tuple[str, str, str]:
    """What stands over the table of properties."""
    return ("属性", "名称", "意思") if language == "zh" else ("property", "name", "means")


def index(language: str) -> Iterator[str]:
    """All types in a line each."""
    yield said(language, "# The types of fields", "# 字段类型") + "\n"
    end = said(language, ".md", ".zh.md")
    words = ((name, each[language]) for name, each in shown().items())
    rows = [[f"[`{name}`]({name}{end})", each["name"], plain(_first(each["about"]))] for name, each in words]
    yield from table(["", *said_heads(language)[1:]], rows)


def _first(about: str) -> str:
    """The first sentence."""
    return about.partition("。")[0].partition(". ")[0]


def pages() -> Mapping[str, str]:
    """File name → its text, in both languages."""
    made = {"README": index, **{name: lambda language, name=name: page(name, language) for name in shown()}}
    return {
        f"{name}{'.zh' if language == 'zh' else ''}.md": "\n".join(write(language)).rstrip("\n") + "\n"
        for name, write in made.items()
        for language in LANGUAGES
    }


def main() -> None:
    """Write the pages, then take the pictures, of the types named or of all; with `--text` only the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    if "--text" in sys.argv[1:]:
        return
    from docs.gallery import take_all  # a browser, which only pictures need

    take_all(sys.argv[1:] or list(shown()))


if __name__ == "__main__":
    main()
