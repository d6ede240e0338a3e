"""The rules of the house, as functions: from a tree of sources to what breaks a rule there, one line each.

Each rule takes a :class:`House`, so that a test can hold the same rule against a planted fault.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx
import yaml
from egovkg.tests.house.plan import MAY_IMPORT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

TOP = ("cli", "graph", "loaders", "ontology", "queries", "service", "viz")
GROUND = {"", "errors", "files", "problems", "words"}  # what every package may import
LONGEST_FUNCTION, LONGEST_MODULE, MOST_MODULES, MOST_WITH_ONE_PREFIX = 40, 400, 20, 3
# Words that say nothing about a value; the list is a symptom: the name must say what the value is.
EMPTY_WORDS = frozenset(Path(__file__).with_name("empty-words.txt").read_text("utf-8").split())
_SWITCH = re.compile(r"(?<![\w-])(?:--[a-z][a-z-]*|(?<!python )-[a-zA-Z](?![\w-]))")
_SWITCHES_OF_PYTHON = {
    "-I",
    "-P",
    "-S",
    "-c",
    "-m",
}  # arguments of the interpreter, which starts processes
_STYLE = re.compile(r"(--[a-z][a-z-]*)\s*:")  # `--ground: …`, a colour that a style sheet declares
_TYPE_NAME = re.compile(r"_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")

Rule: TypeAlias = "Callable[[House], list[str]]"


@dataclass(frozen=True)
class Source:
    """One Python file.

    :param name: its module below the package, such as `graph.store`; that of a package for its `__init__.py`
    """

    path: Path
    name: str

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        """The package that holds it; a package's `__init__.py` belongs to that package."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def texts(self) -> Iterator[tuple[int, str]]:
        """Give each string of the code with its line, docstrings left out."""
        documents = {id(node) for node in _docstrings(self.tree)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
                yield node.lineno, node.value

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                yield first.value


class House:
    """The sources of a package below a root folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths = sorted(
            [*root.glob("*.py"), *(path for top in TOP for path in (root / top).rglob("*.py"))]
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(path, self._name(path)) for path in self.paths)

    @cached_property
    def modules(self) -> frozenset[str]:
        return frozenset(source.name for source in self.sources)

    @cached_property
    def packages(self) -> dict[str, tuple[Source, ...]]:
        """Package → its modules, without `__init__.py`."""
        rooms: defaultdict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            rooms[source.package] += [] if source.path.name == "__init__.py" else [source]
        return {package: tuple(sources) for package, sources in rooms.items()}

    def files(self, suffixes: set[str]) -> list[Path]:
        """List the files of these kinds below the top folders and in the root catalogue of words."""
        folders = [self.root / name for name in (*TOP, "words")]
        paths = (path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes)
        return sorted(path for path in paths if "__pycache__" not in path.parts)

    def _name(self, path: Path) -> str:
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join(part for part in parts if part != "__init__")

    def imports(self, source: Source) -> set[str]:
        """Every module of ours that a source imports: at the top, in functions, and for types alone."""
        modules = set()
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom):
                modules |= self._imported_from(source, node)
            elif isinstance(node, ast.Import):
                modules |= _own(alias.name for alias in node.names)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
                modules |= _own(inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant))
        return (modules & self.modules) - {source.name}

    def _imported_from(self, source: Source, node: ast.ImportFrom) -> set[str]:
        if not node.level and (node.module or "").partition(".")[0] != "egovkg":
            return set()
        base = source.package.split(".") if source.package and node.level else []
        base = base[: len(base) - node.level + 1]
        named = (node.module or "").split(".") if node.module else []
        target = ".".join([*base, *(named if node.level else named[1:])])
        inner = {f"{target}.{alias.name}".strip(".") for alias in node.names}
        return {name if name in self.modules else target for name in inner}


def _own(names: Iterable[object]) -> set[str]:
    """Modules of ours among names, without the name of the package."""
    return {str(name).removeprefix("egovkg.") for name in names if str(name).startswith("egovkg.")}


def forbidden_imports(house: House) -> list[str]:
    """Imports that point up, sideways, or into a package that has no place in the plan."""
    faults = []
    for source in house.sources:
        top = source.name.partition(".")[0]
        if top in ("cli", "__main__"):
            continue
        allowed = MAY_IMPORT.get(source.package, set()) if source.package else set()
        for module in sorted(house.imports(source)):
            package = module if module in house.packages else module.rpartition(".")[0]
            ground = module in GROUND or (not package and not source.package)
            if package != source.package and package not in allowed and not ground:
                faults.append(f"{source.name} imports {module}")
    return faults


def unused_allowances(house: House, plan: Mapping[str, set[str]] = MAY_IMPORT) -> list[str]:
    """Packages that the plan lets a package import, and that none of its modules imports."""
    imported: defaultdict[str, set[str]] = defaultdict(set)
    for source in house.sources:
        modules = house.imports(source)
        imported[source.package] |= {
            module if module in house.packages else module.rpartition(".")[0] for module in modules
        }
    return [
        f"{package} may import {name}, and does not"
        for package, allowed in plan.items()
        for name in sorted(allowed - imported[package])
    ]


def circles(house: House) -> list[str]:
    """Modules, or packages, that know each other, imports for types included."""
    below = {source.name: house.imports(source) - {""} for source in house.sources}
    rooms: dict[str, set[str]] = {package: set() for package in house.packages}
    for source in house.sources:
        targets = {name if name in rooms else name.rpartition(".")[0] for name in below[source.name]}
        rooms[source.package] |= targets - {source.package, ""}
    return [*_circle(below), *_circle(rooms)]


def _circle(below: Mapping[str, Collection[str]]) -> list[str]:
    graph = nx.DiGraph([(name, other) for name, others in below.items() for other in others])
    return [
        "circle of " + ", ".join(sorted(names))
        for names in nx.strongly_connected_components(graph)
        if len(names) > 1
    ]


def unshipped_packages(house: House) -> list[str]:
    """Packages that the wheel lacks, or that it names though they are not there."""
    config = tomllib.loads((house.root / "pyproject.toml").read_text("utf-8"))
    stated = set(config["tool"]["setuptools"]["packages"])
    there = {"egovkg", *(f"egovkg.{package}" for package in house.packages if package)}
    return [f"{package} is in pyproject.toml or on disk, not in both" for package in sorted(stated ^ there)]


def silent_packages(house: House) -> list[str]:
    """Packages that do not say in one line what they are, or do not name their face."""
    faults = []
    for package in sorted(package for package in house.packages if package):
        path = house.root.joinpath(*package.split("."), "__init__.py")
        if not path.exists():
            faults.append(f"{package} has no __init__.py")
            continue
        tree = ast.parse(path.read_text("utf-8"))
        first = (ast.get_docstring(tree) or "").partition("\n")[0]
        if len(first) < 10 or not first.endswith((".", ":")):
            faults.append(f"{package}: its docstring does not say the room in one line")
        if not any(isinstance(node, ast.Assign) and _assigns(node, "__all__") for node in tree.body):
            faults.append(f"{package} does not name its face in __all__")
    return faults


def _assigns(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def crowded_packages(house: House) -> list[str]:
    """Packages with more modules than one surveys, or with a group that would be a package of its own."""
    faults = []
    for package, sources in house.packages.items():
        if len(sources) > MOST_MODULES:
            faults.append(f"{package or 'the root'} holds {len(sources)} modules, more than {MOST_MODULES}")
        prefixes = defaultdict(list)
        for source in sources:
            prefixes[source.path.stem.partition("_")[0]].append(source.path.stem)
        faults += [
            f"{package or 'the root'}: {', '.join(names)} share a prefix: make them a package"
            for prefix, names in prefixes.items()
            if prefix and len(names) > MOST_WITH_ONE_PREFIX
        ]
    return faults


def named_switches(house: House) -> list[str]:
    """Switches of the command line that are named below it: in code, words, scripts, templates and queries.

    What a style sheet declares, such as `--ground`, is a colour in scripts and templates, and no switch.
    """
    styles = {name for path in house.files({".css"}) for name in _STYLE.findall(path.read_text("utf-8"))}
    return [
        *(
            f"{source.name}:{line} {match[0]}"
            for source in house.sources
            if source.name.partition(".")[0] not in ("cli", "__main__")
            for line, text in source.texts()
            if text not in _SWITCHES_OF_PYTHON and (match := _SWITCH.search(text))
        ),
        *(
            f"{path.relative_to(house.root)}: {match[0]}"
            for path in house.files({".yaml"})
            if path.relative_to(house.root).parts[0] != "cli"
            for text in _leaves(yaml.safe_load(path.read_text("utf-8")))
            if (match := _SWITCH.search(text))
        ),
        *_matches(house, {".js", ".j2", ".rq"}, _SWITCH, styles),
    ]


def _matches(
    house: House, suffixes: set[str], pattern: re.Pattern[str], allowed: Collection[str] = ()
) -> list[str]:
    """Lines of the files of these kinds that a pattern fits; a comment line of a script is none."""
    return [
        f"{path.relative_to(house.root)}:{number} {match[0]}"
        for path in house.files(suffixes)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if not line.lstrip().startswith(("//", "*", "/*", "#"))
        for match in [next((fit for fit in pattern.finditer(line) if fit[0] not in allowed), None)]
        if match
    ]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    else:
        yield str(value)


def long_functions(house: House) -> list[str]:
    """Functions of more than 40 lines, signature counted, docstring not; `async def` too."""
    faults = []
    for source in house.sources:
        for node in source.functions():
            document = node.body[0] if ast.get_docstring(node) else None
            inside = (document.end_lineno or 0) - document.lineno + 1 if document else 0
            lines = (node.end_lineno or 0) - node.lineno + 1 - inside
            if lines > LONGEST_FUNCTION:
                faults.append(f"{source.name}.{node.name}: {lines} lines")
    return faults


def long_modules(house: House) -> list[str]:
    """Modules that are too long to be read at once."""
    return [
        f"{source.name}: {lines} lines"
        for source in house.sources
        if (lines := source.text.count("\n")) > LONGEST_MODULE
    ]


def share_of_empty_names(house: House) -> float:
    """Tell which share of the names of parameters and variables is an empty word, in 0..1."""
    names = empty = 0
    for source in house.sources:
        for node in source.functions():
            stored = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and _stores(inner)}
            arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            own = (stored | arguments) - {"self", "cls"}
            names += len(own)
            empty += len(own & EMPTY_WORDS)
    return empty / names if names else 0.0


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def doubled_types(house: House) -> list[str]:
    """Public names of classes and type aliases that two modules define: each would mean two things."""
    homes = defaultdict(list)
    for source in house.sources:
        for name in _defined_types(source.tree.body):
            if not name.startswith("_"):
                homes[name].append(source.name)
    return [f"{name}: {', '.join(modules)}" for name, modules in sorted(homes.items()) if len(modules) > 1]


def _defined_types(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Names of the types that statements of a module define; those for the type checker alone too.

    A name such as `CellKey` that is assigned is an alias, with an annotation or without; constants are
    written `LIKE_THIS`.
    """
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.If):
            yield from _defined_types([*node.body, *node.orelse])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (target.id for target in targets if isinstance(target, ast.Name))
            yield from (name for name in names if _TYPE_NAME.fullmatch(name))
