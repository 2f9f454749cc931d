"""Writes docs/reference/: the language, its findings, the shell and its settings, in English and Chinese.

`python -m docs.reference` writes the pages anew; a test is red while they are not what this would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click
import yaml

import cli
import schemas
from builder import examples
from builder.diagnostic import Diagnostic, Place
from builder.language import catalogue
from docs.language import language_page
from docs.markdown import FOLDER, LANGUAGES, intro, plain, said, said_all, table
from renderer.sentences import sentence

MESSAGES = Path(schemas.__file__).parent / "messages"
Page = Callable[[str], Iterator[str]]


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
