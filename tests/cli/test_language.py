"""The command line speaks the reader's language: help, messages, and the texts of click."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.cli.app import MODULES, switch_name
from egovkg.cli.click_texts import MODULES as CLICK_MODULES
from egovkg.cli.click_texts import translated
from egovkg.cli.language import VARIABLE
from egovkg.words import catalogue, languages

WORDS = catalogue("egovkg.cli", "en")
# What programmers get to see, and prompts, which no verb shows.
NOT_SHOWN = {
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Confirm the action without prompting.",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Do you want to continue?",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Takes {nargs} values but 1 was given.",
    "Takes {nargs} values but {len} were given.",
    "Value must be an iterable.",
    "deprecated",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
}


@pytest.fixture(autouse=True)
def no_language_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def said(*words: str) -> str:
    return CliRunner().invoke(main, words, terminal_width=100).output


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in MODULES:
        command = main.get_command(click.Context(main), name)
        assert command
        yield name, command


def switches(command: click.Command) -> list[str]:
    return [switch_name(option) for option in command.params if isinstance(option, click.Option)]


class TestChoice:
    @pytest.mark.parametrize(
        "words", [["--lang", "en", "impact", "--help"], ["impact", "--help", "--lang=en"]]
    )
    def test_before_and_after_the_verb(self, words: list[str]) -> None:
        assert said(*words) == said("impact", "--lang", "en", "--help")
        assert said(*words).startswith("Usage: ")

    def test_vietnamese_unless_another_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert said("impact", "--help").startswith("Cách dùng: ")
        monkeypatch.setenv(VARIABLE, "en")
        assert said("impact", "--help").startswith("Usage: ")
        assert said("impact", "--help", "--lang", "vi").startswith("Cách dùng: ")

    def test_an_unknown_language_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "'fr' không thuộc 'vi', 'en'" in said("--lang", "fr", "ask")
        monkeypatch.setenv(VARIABLE, "fr")
        done = CliRunner().invoke(main, ["ask"])
        assert done.exit_code == 2
        assert 'không có ngôn ngữ "fr"' in done.stderr

    def test_one_command_leaves_no_language_behind(self) -> None:
        said("--lang", "en", "ask", "--help")
        assert said("ask", "--help").startswith("Cách dùng: ")

    def test_what_follows_two_dashes_is_no_switch(self) -> None:
        assert said("show", "--", "--lang", "en").startswith("Cách dùng: ")


class TestWords:
    @pytest.mark.parametrize("name", MODULES)
    def test_every_verb_and_switch_has_its_words(self, name: str) -> None:
        command = dict(commands())[name]
        assert f"verb.{name}" in WORDS
        for switch in switches(command):
            families = (f"option_of.{name}", f"option_of.{MODULES[name]}", "option")
            assert any(f"{family}.{switch}" in WORDS for family in families), switch

    def test_no_words_are_left_over(self) -> None:
        used = {switch for _, command in commands() for switch in switches(command)} | {"help", "version"}
        families = {*MODULES, *MODULES.values()}
        assert {key for key in WORDS.below("option") if key not in used} == set()
        assert {key for key in WORDS.below("option_of") if key.partition(".")[0] not in families} == set()
        assert set(WORDS.below("verb")) == set(MODULES)

    @pytest.mark.parametrize("name", MODULES)
    def test_help_is_whole_in_every_language(self, name: str) -> None:
        texts = {lang: said(name, "--help", "--lang", lang) for lang in languages()}
        assert len({*texts.values()}) == len(languages())
        for lang, shown in texts.items():
            first = catalogue("egovkg.cli", lang)[f"verb.{name}"].partition("\n")[0]
            assert first in " ".join(shown.split())
        assert not {"Options:", "Usage:", "default:", "Example:"} & set(texts["vi"].split())


class TestErrors:
    @pytest.mark.parametrize(
        ("words", "vietnamese", "english"),
        [
            (["gaps", "--formt", "x"], "Ý bạn là '--format'?", "Did you mean '--format'?"),
            (["gaps", "--porvince", "x"], "Ý bạn là '--province'?", "Did you mean '--province'?"),
            (["gaps", "--pages"], "Không có tuỳ chọn '--pages'.\n", "No such option '--pages'.\n"),
            (["gaps", "--format", "x"], "'x' không thuộc", "'x' is not one of"),
            (["impact"], "Thiếu đối số 'ENTITY...'", "Missing argument 'ENTITY...'"),
            (["check", "nowhere"], "Đường dẫn 'nowhere' không tồn tại.", "Path 'nowhere' does not exist."),
            (["check", "--originals", __file__], "Thư mục '", "Directory '"),
            (
                ["serve", "--port", "x"],
                "'x' không phải số nguyên hợp lệ.",
                "'x' is not a valid integer range.",
            ),
            (["serve", "--seconds", "x"], "'x' không phải số hợp lệ.", "'x' is not a valid float range."),
            (["path", "a", "b", "--most", "0"], "0 nằm ngoài khoảng", "0 is not in the range"),
            (["show", "a", "b"], "Thừa đối số (b)", "unexpected extra argument (b)"),
            (["show", "a", "b", "c"], "Thừa đối số (b c)", "unexpected extra arguments (b c)"),
            (["draw"], "Chọn một trong:\n\texplorer", "Choose from:\n\texplorer"),
            (["impact"], "impact [TUỲ CHỌN] [ENTITY]...", "impact [OPTIONS] [ENTITY]..."),
            (["none"], " [TUỲ CHỌN] LỆNH [ĐỐI SỐ]...", " [OPTIONS] COMMAND [ARGS]..."),
            (["biuld"], 'ý bạn là "build"?', 'did you mean "build"?'),
            (["ask", "terms", "-p", "x"], "hãy ghi -p tên=giá_trị", "write -p name=value"),
            (["draw", "path", "a"], "draw path cần hai thực thể", "draw path takes two entities"),
        ],
    )
    def test_wrong_use(self, words: list[str], vietnamese: str, english: str) -> None:
        for lang, text in (("vi", vietnamese), ("en", english)):
            done = CliRunner().invoke(main, [*words, "--lang", lang])
            assert done.exit_code == 2
            assert text in done.stderr


class TestClick:
    """Its private function `_` is replaced: a change of click must be seen here."""

    @pytest.mark.parametrize("module", CLICK_MODULES, ids=lambda module: module.__name__)
    def test_it_takes_its_texts_from_gettext(self, module: object) -> None:
        assert hasattr(module, "_") or hasattr(module, "ngettext")

    def test_every_text_that_it_shows_is_in_the_words(self) -> None:
        texts = {text for module in CLICK_MODULES for text in click_texts(inspect.getsource(module))}
        assert texts - set(WORDS.below("click").values()) - NOT_SHOWN == set()
        assert texts >= NOT_SHOWN

    def test_the_english_words_are_its_own(self) -> None:
        texts = {text for module in CLICK_MODULES for text in click_texts(inspect.getsource(module))}
        kinds = (click.INT, click.FLOAT, click.STRING, click.IntRange, click.FloatRange)
        unmarked = {main.options_metavar, main.subcommand_metavar, "required", *(kind.name for kind in kinds)}
        assert set(WORDS.below("click").values()) <= texts | unmarked

    def test_each_message_about_a_path_begins_with_its_only_capital(self) -> None:
        templates = [text for text in WORDS.below("click").values() if "{filename!r}" in text]
        assert len(templates) > 6
        for kind in (click.Path(), click.Path(dir_okay=False), click.Path(file_okay=False)):
            for template in templates:
                shown = translated(template).format(name=kind.name.title(), filename="a", message="b")
                assert shown == shown[:1].upper() + shown[1:].lower()

    def test_help_names_types_in_the_language(self) -> None:
        assert "--port SỐ NGUYÊN " in said("serve", "--help")
        assert "--port INTEGER RANGE " in said("serve", "--help", "--lang", "en")


def click_texts(source: str) -> Iterator[str]:
    """List the texts that a module hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_", "ngettext"}:
            constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            yield from (text for text in constants if isinstance(text, str))
