"""Click in the reader's language: verbs, options, help and mistakes speak from the catalogue.

A verb's help is `shell-help-VERB` (of a verb in a group `shell-help-GROUP-VERB`), an option's `shell-option-NAME`.
`-C` and `--lang` are understood in front of the verb and behind it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from io import TextIOWrapper
from typing import Any

import click

from renderer.i18n import LANGUAGES, best
from renderer.shell.desk import Desk, Usage
from renderer.shell.failures import EXPECTED, report

MakeDesk = Callable[[str, str], Desk]  # the values of -C and --lang, "" where they are not given
GLOBAL = {"-C": ("folder", "DIR"), "--lang": ("language", "zh|en")}


def desk_here() -> Desk:
    """The desk of the verb that is running or being explained."""
    desk = click.get_current_context().find_object(Desk)
    assert desk is not None
    return desk


class Formatter(click.HelpFormatter):
    """Help under headings in the reader's language."""

    def write_heading(self, heading: str) -> None:
        """`Options` or `Commands`."""
        super().write_heading(desk_here().say(f"shell-{heading.lower()}"))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, f"{desk_here().say('shell-usage')}: ")


class Context(click.Context):
    """A context with that formatter."""

    formatter_class = Formatter


class Option(click.Option):
    """An option that the catalogue explains."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it does."""
        record = super().get_help_record(ctx)
        return record and (record[0], desk_here().say(f"shell-option-{self.name}"))


def _print_help(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


class Verb(click.Command):
    """A verb that the catalogue explains."""

    context_class = Context
    code = ""
    allow_extra_args = True  # told in our words: see parse_args

    @cached_property
    def own_help(self) -> Option:
        """The option that prints the help."""
        names = ["-h", "--help", "help"]
        return Option(names, is_flag=True, is_eager=True, expose_value=False, callback=_print_help)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`."""
        return self.own_help

    def get_short_help_str(self, limit: int = 45) -> str:
        """What it does, whole."""
        return desk_here().say(f"shell-help-{self.code or self.name}")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, with our words for what is too much."""
        rest = super().parse_args(ctx, args)
        if ctx.args and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise Usage("shell-too-much", words=" ".join(ctx.args), usage=ctx.get_usage())
        return rest

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, in a paragraph of its own."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.get_short_help_str())


class Verbs(Verb, click.Group):
    """Some verbs under a name."""

    def verb(self, name: str = "", *, hidden: bool = False) -> Callable[[Callable[..., Any]], Verb]:
        """Make a function a verb of this group; its parameters are declared below this line."""

        def declare(function: Callable[..., Any]) -> Verb:
            command = click.command(name or function.__name__, cls=Verb, hidden=hidden)(function)
            command.code = f"{self.code}-{command.name}".lstrip("-")
            self.add_command(command)
            return command

        return declare

    def verbs(self, name: str) -> Verbs:
        """A group within this one."""
        group = Verbs(name)
        group.code = name
        self.add_command(group)
        return group


class Shell(Verbs):
    """All verbs. `make_desk` is called once a run; whatever may go wrong ends in a sentence and an exit code."""

    def __init__(self, make_desk: MakeDesk) -> None:
        options = [Option([flag, name], metavar=shown, expose_value=False) for flag, (name, shown) in GLOBAL.items()]
        super().__init__("formwright", params=options)
        self.make_desk = make_desk

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run one verb and leave the process: 0 fine, 1 findings or refused, 2 wrong usage."""
        for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a sign is shown its number
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        given, rest = taken(list(sys.argv[1:] if args is None else args))
        language = given.get("--lang", "")
        desk = self.make_desk(given.get("-C", ""), language)
        try:
            if language and not best(language):
                raise Usage("shell-bad-value", name="--lang", allowed=", ".join(LANGUAGES))
            code = super().main(rest, "formwright", standalone_mode=False, obj=desk)
        except click.Abort:
            click.echo(desk.say("shell-aborted"), err=True)
            code = 130
        except click.exceptions.NoArgsIsHelpError as error:  # no verb: what there is
            click.echo(error.format_message(), err=True)
            code = 2
        except click.ClickException as error:
            click.echo(misused(desk, error), err=True)
            code = 2
        except BrokenPipeError:  # whoever was reading has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 1
        except EXPECTED as error:
            lines, code = report(desk, error)
            click.echo("\n".join(lines), err=True)
        sys.exit(code or 0)


def taken(args: list[str]) -> tuple[dict[str, str], list[str]]:
    """The global options wherever they stand before `--`, and the other words."""
    given: dict[str, str] = {}
    rest: list[str] = []
    words = iter(args)
    for word in words:
        flag, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif flag in GLOBAL and equals:
            given[flag] = value
        elif flag in GLOBAL and (following := next(words, None)) is not None:
            given[flag] = following
        else:
            rest.append(word)
    return given, rest


def misused(desk: Desk, error: click.ClickException) -> str:
    """A mistake in the command line in the reader's language, and where to look it up."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "formwright"
    parts = [f"{desk.say('shell-error')}: {_cause(desk, error)}", desk.say("shell-see-help", command=path)]
    if isinstance(error, click.MissingParameter) and context is not None:
        with context.scope(cleanup=False):
            parts.insert(1, context.get_usage())
    near = getattr(error, "possibilities", None)
    parts.insert(1, desk.say("shell-did-you-mean", near=", ".join(near)) if near else "")
    return "\n".join(filter(None, parts))


def _cause(desk: Desk, error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return desk.say("shell-no-option", name=error.option_name)
        case click.MissingParameter():
            return desk.say("shell-missing", name=_name(error))
        case click.BadParameter(param=click.Parameter(type=click.File())):
            return desk.say("shell-no-input", name=_name(error))
        case click.BadParameter():
            return desk.say("shell-bad-value", name=_name(error), allowed=_allowed(error))
        case click.BadOptionUsage():
            return desk.say("shell-missing", name=error.option_name)
        case click.exceptions.NoSuchCommand():
            return desk.say("shell-no-verb", name=error.command_name)
    return desk.say("shell-bad-usage", why=error.format_message())


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.human_readable_name if parameter else ""


def _allowed(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return ", ".join(map(str, choices))
        case click.IntRange(min=least, max=most):
            return f"{least}–{most}"
    return ""
