"""Bundling of ES modules into one script without a loader, ordered by their imports.

A page opened from a file cannot load other files as modules. Therefore all modules share one scope in the
bundle: their top-level names must differ, and imports cannot be renamed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, TypeAlias

from ...files import packaged_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "ScriptModule",
    "ScriptModuleError",
    "join_modules",
    "joined_script",
    "module_order",
    "parse_module",
    "script_text",
]

ReadScript: TypeAlias = "Callable[[str], str]"  # path of a module -> its text

_VIZ = "egovkg.viz"  # the package whose folders hold the scripts
_IMPORT = re.compile(r'^import \{([^{}]*)\} from "([^"\n]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function\b|class\b|const\b|let\b)", re.MULTILINE)
_DECLARATION = re.compile(
    r"^(export )?(?:(?:async )?function\*? |class |(?:const|let|var) (?=[\w$]))([\w$]+)", re.MULTILINE
)
_UNPACKING = re.compile(r"^(export )?(?:const|let|var) [\[{]([^=]*)[\]}] =", re.MULTILINE)
_UNSUPPORTED = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class ScriptModuleError(ValueError):
    """Modules that cannot be bundled: the message names the module and the change needed."""


@dataclass(frozen=True)
class ScriptModule:
    """One ES module.

    :param path: path from the folder of the scripts, with `/`
    :param imports: path of another module → names imported from it
    :param names: all top-level names
    :param exports: the exported names
    :param body: its text without imports and without the word `export`
    """

    path: str
    imports: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    exports: frozenset[str]
    body: str


def join_modules(entry: str, read: ReadScript) -> str:
    r"""Bundle a module with everything it imports; each module follows the modules that it imports.

    :param entry: path of the entry module
    :param read: returns the text of a module
    :raises ScriptModuleError: for circular imports, an imported name that is not exported, a top-level name
        shared by two modules, or an unsupported form of import or export
    :raises FileNotFoundError: if `read` finds no module at an imported path

    >>> files = {
    ...     "main.js": 'import { fold } from "./text.js";\nfold("A");\n',
    ...     "text.js": "export function fold(text) {\n  return text;\n}\n",
    ... }
    >>> print(join_modules("main.js", files.__getitem__), end="")
    function fold(text) {
      return text;
    }
    fold("A");
    """
    modules = module_order(entry, read)
    _check_imports(modules)
    _check_names(modules)
    return "".join(module.body for module in modules)


def script_text(folder: str, path: str) -> str:
    """Read a script of the pages.

    :param folder: of the page's scripts, from `viz/`
    :param path: from that folder; it leads out of it to the scripts that several pages share

    >>> script_text("site/static", "../../static/folding.js").startswith("// Folding")
    True
    """
    return packaged_text(_VIZ, normpath(join(folder, path)))


def joined_script(folder: str, entry: str) -> str:
    """Bundle a module of a page with its imports into one script with its own scope."""
    body = join_modules(entry, lambda path: script_text(folder, path))
    return f'"use strict";\n(function () {{\n{body}}})();\n'


def module_order(entry: str, read: ReadScript) -> list[ScriptModule]:
    """List a module and everything it imports, in an order in which they can run.

    :raises ScriptModuleError: for circular imports
    """
    finished: dict[str, ScriptModule] = {}
    _visit(entry, read, (), finished)
    return list(finished.values())


def _visit(
    path: str, read: ReadScript, importers: tuple[str, ...], finished: dict[str, ScriptModule]
) -> None:
    if path in finished:
        return
    if path in importers:
        circle = " → ".join((*importers[importers.index(path) :], path))
        raise ScriptModuleError(f"{path}: modules import each other in a circle: {circle}")
    module = parse_module(path, read(path))
    for imported in module.imports:
        _visit(imported, read, (*importers, path), finished)
    finished[path] = module


def parse_module(path: str, text: str) -> ScriptModule:
    r"""Parse the imports, top-level names and exports of a module.

    :raises ScriptModuleError: for any form other than `import { names } from "./module.js"` and `export`
        before a declaration

    >>> module = parse_module(
    ...     "panels/panel.js", 'import { t } from "../words.js";\nexport const [a, b] = t();\n'
    ... )
    >>> module.imports, sorted(module.exports), module.body
    ({'words.js': ('t',)}, ['a', 'b'], 'const [a, b] = t();\n')
    """
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    for match in _UNSUPPORTED.finditer(body):
        raise ScriptModuleError(f"{path}: cannot join “{match[0]}”: import and export single names")
    declared = list(_declarations(text))
    return ScriptModule(
        path=path,
        imports=_imports(path, text),
        names=frozenset(name for name, _ in declared),
        exports=frozenset(name for name, is_exported in declared if is_exported),
        body=body,
    )


def _imports(path: str, text: str) -> dict[str, tuple[str, ...]]:
    imports: dict[str, tuple[str, ...]] = {}
    for match in _IMPORT.finditer(text):
        names = tuple(name.strip() for name in match[1].split(",") if name.strip())
        if renamed := next((name for name in names if " " in name), None):
            raise ScriptModuleError(f"{path}: cannot join “{renamed}”: import the name as it is")
        target = normpath(join(dirname(path), match[2]))
        imports[target] = (*imports.get(target, ()), *names)
    return imports


def _declarations(text: str) -> Iterator[tuple[str, bool]]:
    """List the names declared at the start of a line, and whether they are exported."""
    for match in _DECLARATION.finditer(text):
        yield match[2], bool(match[1])
    for match in _UNPACKING.finditer(text):
        for part in match[2].split(","):
            yield part.rpartition(":")[2].strip(), bool(match[1])


def _check_imports(modules: list[ScriptModule]) -> None:
    exports = {module.path: module.exports for module in modules}
    for module in modules:
        for imported, names in module.imports.items():
            for name in names:
                if name not in exports[imported]:
                    raise ScriptModuleError(f"{module.path}: {imported} exports no “{name}”")


def _check_names(modules: list[ScriptModule]) -> None:
    owners: dict[str, str] = {}
    for module in modules:
        for name in sorted(module.names):
            if name in owners:
                raise ScriptModuleError(
                    f"{module.path}: “{name}” is a name of {owners[name]} as well; rename one of them"
                )
            owners[name] = module.path
