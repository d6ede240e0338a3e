"""Joining modules: what is joined in which order, and what stops it."""

from __future__ import annotations

import pytest
from egovkg.viz.shared.script_modules import ScriptModuleError, join_modules, parse_module
from hypothesis import given
from hypothesis import strategies as st


def joined(**files: str) -> str:
    return join_modules("main.js", {f"{name}.js": text for name, text in files.items()}.__getitem__)


def test_a_module_stands_once_and_after_what_it_imports() -> None:
    text = joined(
        main='import { b } from "./b.js";\nimport { a } from "./a.js";\nb(a);\n',
        a="export const a = 1;\n",
        b='import { a } from "./a.js";\nexport function b(x) {\n  return x + a;\n}\n',
    )
    assert text == "const a = 1;\nfunction b(x) {\n  return x + a;\n}\nb(a);\n"


def test_paths_are_seen_from_the_module_that_imports() -> None:
    files = {
        "main.js": 'import { one } from "./low/one.js";\none();\n',
        "low/one.js": 'import { two } from "../high/two.js";\nexport function one() {\n  two();\n}\n',
        "high/two.js": "export async function two() {}\n",
    }
    assert join_modules("main.js", files.__getitem__).startswith("async function two")


def test_imports_over_several_lines_are_joined() -> None:
    text = joined(main='import {\n  a,\n  b,\n} from "./a.js";\na(b);\n', a="export let [a, b] = [1, 2];\n")
    assert text == "let [a, b] = [1, 2];\na(b);\n"


CIRCLE = {
    "main": 'import { a } from "./a.js";\n',
    "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
    "b": 'import { a } from "./a.js";\nexport const b = 1;\n',
}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (CIRCLE, "b.js → a.js|a.js → b.js → a.js"),
        ({"main": 'import { c } from "./a.js";\n', "a": "export const a = 1;\n"}, "a.js exports no “c”"),
        ({"main": 'import { a } from "./a.js";\n', "a": "const a = 1;\n"}, "a.js exports no “a”"),
        ({"main": 'import { a } from "./a.js";\nconst a = 2;\n', "a": "export const a = 1;\n"}, "rename one"),
        (
            {"main": 'import { a as b } from "./a.js";\n', "a": "export const a = 1;\n"},
            "import the name as it is",
        ),
        ({"main": 'import * as a from "./a.js";\n'}, "import and export single names"),
        ({"main": 'import a from "./a.js";\n'}, "import and export single names"),
        ({"main": 'import "./a.js";\n'}, "import and export single names"),
        ({"main": "export default 1;\n"}, "import and export single names"),
        ({"main": "const a = 1;\nexport { a };\n"}, "import and export single names"),
    ],
)
def test_what_cannot_be_joined_is_told(files: dict[str, str], message: str) -> None:
    with pytest.raises(ScriptModuleError, match=message):
        joined(**files)


def test_names_at_the_top_are_found() -> None:
    text = (
        "export const { a, b: c } = x;\nlet [d, e] = y;\nclass F {\n  inner() {}\n}\n"
        "export async function g() {}\nfunction* h() {}\nconst $i = 1;\n"
    )
    module = parse_module("m.js", text)
    assert module.names == {"a", "c", "d", "e", "F", "g", "h", "$i"}
    assert module.exports == {"a", "c", "g"}


@given(st.permutations(["a", "b", "c", "d"]))
def test_any_order_of_independent_imports_gives_every_module(names: list[str]) -> None:
    main = "".join(f'import {{ {name} }} from "./{name}.js";\n' for name in names)
    text = joined(main=main, **{name: f"export const {name} = 1;\n" for name in names})
    assert text == "".join(f"const {name} = 1;\n" for name in names)
