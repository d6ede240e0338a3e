"""The group of all verbs: loading of verbs, their help, and reporting of errors to the user."""

from __future__ import annotations

import copy
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from .. import __version__
from ..errors import (
    EgovError,
    FilterError,
    InputError,
    InternalError,
    MixedEntitiesError,
    QueryError,
    QuestionError,
)
from ..words import DEFAULT_LANGUAGE, catalogue, languages
from .click_texts import translate_click, translated, type_name
from .interruption import STATUS, interruptible
from .language import SWITCH, VARIABLE, chosen_language, language, say, speaking, text, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..problems import Problem
    from ..words import Message

MODULES = {  # verb → module of `verbs` that registers it: only the one that runs is imported
    "accept": "drafts",
    "agree": "agreement",
    "ask": "ask",
    "audit": "software",
    "brief": "brief",
    "build": "graph",
    "check": "graph",
    "compare": "dependencies",
    "critical": "dependencies",
    "diff": "changes.diff",
    "draft": "drafts",
    "draw": "draw",
    "duties": "planning",
    "explore": "graph",
    "export": "export",
    "facts": "ask",
    "fmt": "graph",
    "gaps": "planning",
    "impact": "dependencies",
    "import": "authoring",
    "link": "endpoints",
    "lsp": "authoring",
    "matrix": "dependencies",
    "new": "authoring",
    "packages": "software",
    "path": "dependencies",
    "push": "endpoints",
    "report": "brief",
    "roadmap": "planning",
    "serve": "serve",
    "show": "ask",
    "site": "site",
    "sparql": "ask",
    "spof": "dependencies",
    "targets": "planning",
    "versions": "changes.versions",
}
WRONG_USE = (FilterError, MixedEntitiesError, QueryError, QuestionError)  # errors of the command line itself
EXAMPLES: dict[str, str] = {}  # verb → one call of it; filled as the verbs register


def switch_name(option: click.Option) -> str:
    """Return the first long switch of an option: the key of its help text.

    >>> switch_name(click.Option(["-o", "--output", "target"]))
    'output'
    """
    return next((switch[2:] for switch in option.opts if switch.startswith("--")), option.name or "")


class WordedUsage(click.Command):
    """A command whose usage line is worded in the language of the command that runs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words of a command; for an unknown option only similar ones are offered."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from ..graph.nearest import nearest

            similar = nearest(error.option_name, error.possibilities or ())
            raise click.NoSuchOption(error.option_name, possibilities=similar, ctx=error.ctx) from None

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """List the parts of the usage line after the name: placeholders of options, arguments and verbs."""
        return [translated(piece) for piece in super().collect_usage_pieces(ctx)]


class Verb(WordedUsage):
    """A verb whose help is in the language of the running command."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the verb."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(f"verb.{self.name}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example call of the verb."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"\b\n{text('heading.example')}:\n  {EXAMPLES[self.name or '']}")


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [option for option in command.get_params(ctx) if isinstance(option, click.Option)]
    records = [_worded(option, command.name or "").get_help_record(ctx) for option in options]
    with formatter.section(text("heading.options")):
        formatter.write_dl([record for record in records if record is not None])


def _worded(option: click.Option, verb_name: str) -> click.Option:
    """Copy an option with its help in the language of the running command."""
    switch = switch_name(option)
    module = MODULES.get(verb_name, "")
    keys = (f"option_of.{verb_name}.{switch}", f"option_of.{module}.{switch}", f"option.{switch}")
    worded = copy.copy(option)
    worded.help = next((text(key) for key in keys if key in words()), option.help)
    if option.metavar is None and (name := type_name(option.type.name)) != option.type.name:
        worded.metavar = name.upper()
    return worded


class Verbs(WordedUsage, click.Group):
    """The group of verbs; an error gives one clear line and exit status 1, or 2 for wrong use."""

    def main(self, args: Sequence[str] | None = None, *rest: object, **extra: object) -> object:  # type: ignore[override]
        """Run a command line in the language that it specifies."""
        translate_click()
        lang = chosen_language(sys.argv[1:] if args is None else args)
        with speaking(lang), interruptible(catalogue(__package__, lang)("click.aborted")):
            return super().main(args, *rest, **extra)  # type: ignore[call-overload]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the verbs in alphabetical order."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb, which registers it."""
        if cmd_name in MODULES:
            import_module(f".verbs.{MODULES[cmd_name]}", __package__)
        return super().get_command(ctx, cmd_name)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the program."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text("group"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of the program, then the verbs."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs, each with the first sentence of its help, without importing their modules."""
        rows = [(name, text(f"verb.{name}").partition("\n")[0]) for name in self.list_commands(ctx)]
        with formatter.section(text("heading.verbs")):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb."""
        try:
            result = super().invoke(ctx)
            if not sys.stdout.closed:  # the language server closes it at its end
                sys.stdout.flush()  # a full disk or a closed pipe shows here, not after the last line
        except InternalError:
            raise
        except (EgovError, OSError, KeyboardInterrupt) as error:
            sys.exit(_reported(error))
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a verb; for an unknown one, suggest the most similar."""
        if args and args[0] not in MODULES and not args[0].startswith("-"):
            from ..graph.nearest import nearest

            similar = [f'"{name}"' for name in nearest(args[0], MODULES)]
            hint = text("error.did_you_mean", names=", ".join(similar)) if similar else text("error.see_help")
            ctx.fail(text("error.no_verb", verb=args[0], hint=hint))
        return super().resolve_command(ctx, args)


def _reported(error: EgovError | OSError | KeyboardInterrupt) -> int:
    """Report the error that ended a verb, and return the exit status."""
    if isinstance(error, KeyboardInterrupt):
        say(text("click.aborted"))
        return STATUS
    if isinstance(error, EgovError):
        _say_error(error)
        return 2 if isinstance(error, WRONG_USE) else 1
    if not isinstance(error, BrokenPipeError):
        _say_refusal(error)
    _drop_output()
    return 1


def _say_error(error: EgovError) -> None:
    if isinstance(error, InputError):
        from ..loaders.faults.report import as_text

        say(as_text(error.problems, language()) + problem_summary(error.problems))
    else:
        say(f"egovkg: {error.text(language())}{_hint(error.message)}")


def problem_summary(problems: Sequence[Problem]) -> str:
    """Word the number of problems, and which verb mends those that many lines share."""
    from ..loaders.faults.report import MISSING_IN_WORKBOOK, UNKNOWN_IN_SCOPE, summary

    hints = {UNKNOWN_IN_SCOPE: "names_of_a_province", MISSING_IN_WORKBOOK: "import_switches"}
    codes = {problem.code for problem in problems}
    said = (text(f"message.{key}") for code, key in hints.items() if code in codes)
    return "\n".join([summary(problems, language()), *said])


def _hint(fault: Message | str) -> str:
    """Return the option that solves a reported problem, in parentheses; empty without one."""
    if isinstance(fault, str):
        return ""
    key = f"hint.{fault.key.rpartition('.')[2]}"
    return f" ({text(key, **dict(fault.values))})" if key in words() else ""


def _say_refusal(error: OSError) -> None:
    from ..files import system_reason

    reason = system_reason(error)
    place = f"{error.filename}: " if error.filename else ""
    say(f"egovkg: {place}{reason if isinstance(reason, str) else reason.text(language())}")


def _drop_output() -> None:
    """Discard unwritten output, so that Python does not flush it again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    SWITCH,
    type=click.Choice(languages()),
    default=language,
    show_default=f"${VARIABLE}, {DEFAULT_LANGUAGE}",
    expose_value=False,
)
@click.version_option(__version__, prog_name="egovkg")
def main() -> None:
    """Set up the standard streams, and refuse an unknown language in the environment."""
    named = os.environ.get(VARIABLE) or DEFAULT_LANGUAGE
    if named not in languages():
        choices = ", ".join(languages())
        raise click.UsageError(text("error.unknown_language", variable=VARIABLE, name=named, choices=choices))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def verb(name: str, example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Register a verb; its help ends with an example, which the tests run.

    Verbs whose results do not depend on a language also accept `--lang`, for their help and messages.
    """
    EXAMPLES[name] = example

    def register(function: Callable[..., None]) -> click.Command:
        command = main.command(name, cls=Verb)(function)
        if all(parameter.name != "lang" for parameter in command.params):
            command.params.append(_message_language())
        return command

    return register


def _message_language() -> click.Option:
    """Return the option `--lang` for verbs whose results do not depend on a language."""
    return click.Option(
        [SWITCH],
        type=click.Choice(languages()),
        default=language,
        show_default=DEFAULT_LANGUAGE,
        expose_value=False,
    )


def example_of(name: str) -> str:
    """Return the example call of a verb."""
    import_module(f".verbs.{MODULES[name]}", __package__)
    return EXAMPLES[name]
