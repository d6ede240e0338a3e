"""The rules for codes: they stand in the ontology, where code, scripts and queries ask for them."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from egovkg.tests.house.rules import House, Source

# Words in the name of a value that holds a code: `layer`, `first_level`, `find_status`.
HOLDERS = frozenset(
    {"certainty", "code", "comparator", "extent", "layer", "level", "phase", "scope", "sign", "slug"}
    | {"standing", "status", "tier", "tone", "verdict"}
)
_TESTS_OF_PARTS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix"})
_SHORTEST_PART = 3
_HOLDER = rf"\b\w*(?i:{'|'.join(sorted(HOLDERS))})\b(?:\(\w*\))?"
# Comments, and what the binding of a question fills in; tests of the questions hold its form.
_FILLED_IN = re.compile(
    r"^#.*$|VALUES \?lang\w* \{[^{}]*\}|VALUES \(\?rule \?words\) \{[^{}]*\}", re.MULTILINE
)
_BETWEEN = r"[\s,;|]+"


def literal_codes(
    house: House,
    codes: Collection[str],
    terms: Collection[str] = (),
    everyday: Mapping[str, Collection[str]] | None = None,
) -> list[str]:
    """Codes of the ontology, or of a language, that stand as text in code, scripts, templates or queries.

    :param codes: what may be written in `ontology/` and in files of words only
    :param terms: codes that no query may name either: it asks for the phase of a status, the role of a layer
    :param everyday: those codes that are everyday words too, with patterns of the files where they are
    """
    everyday = everyday or {}
    return [
        f"{place} {text!r}"
        for path, place, text in _coded_texts(house, codes, terms, everyday)
        if not any(fnmatch(path, pattern) for pattern in everyday.get(text, ()))
    ]


def unused_exemptions(
    house: House, codes: Collection[str], terms: Collection[str], everyday: Mapping[str, Collection[str]]
) -> list[str]:
    """Patterns of files of everyday words that no longer exempt any text; parameters as `literal_codes`."""
    texts = {(path, text) for path, _, text in _coded_texts(house, codes, terms, everyday)}
    return [
        f"{code}: {pattern}"
        for code, patterns in everyday.items()
        for pattern in patterns
        if not any(text == code and fnmatch(path, pattern) for path, text in texts)
    ]


def _coded_texts(
    house: House, codes: Collection[str], terms: Collection[str], everyday: Mapping[str, Collection[str]]
) -> list[tuple[str, str, str]]:
    """List the texts that are codes: path of the file, place for a reader, text."""
    strict = set(codes) - everyday.keys()
    as_term = re.compile(rf"\bcode[:/](?:{_any_of(terms or codes)})(?![\w-])")
    texts = [
        (source.path.relative_to(house.root).as_posix(), f"{source.name}:{line}", text)
        for source in _sources(house)
        for line, text in sorted({*_literals(source, codes, strict, as_term)})
    ]
    texts += [
        (path, f"{path}:{line}", text)
        for path, line, row in _rows(house, {".js", ".j2", ".rq"})
        for text in _in_row(path, row, codes, strict, as_term)
    ]
    return texts


def _literals(
    source: Source, codes: Collection[str], strict: Collection[str], as_term: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Find the texts of a module that are codes, name them as terms, or list several."""
    for line, text in source.texts():
        words = re.split(_BETWEEN, text.strip())
        if text in codes or as_term.search(text) or (len(words) > 1 and {*words} <= {*codes}):
            yield line, text
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, word) for word in _words_of_call(node) if word in strict)


def _words_of_call(call: ast.Call) -> Iterator[str]:
    """Give the words of `"planned pilot".split()`, and the keys of `dict(planned=1)`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "split":
        yield from re.split(_BETWEEN, _text(call.func.value))
    if isinstance(call.func, ast.Name) and call.func.id == "dict":
        yield from (keyword.arg or "" for keyword in call.keywords)


def _in_row(
    path: str, row: str, codes: Collection[str], strict: Collection[str], as_term: re.Pattern[str]
) -> Iterator[str]:
    """Find the codes in a line of a script, template or query."""
    yield from (match[0] for match in as_term.finditer(row))
    if not path.endswith(".rq"):
        code, key = _any_of(codes), _any_of(strict)
        yield from (
            match[2] for match in re.finditer(rf"([\"'`])((?:{code})(?:{_BETWEEN}(?:{code}))*)\1", row)
        )
        yield from (match[1] for match in re.finditer(rf"(?:[{{,]\s*|^\s*)({key})\s*:(?!:)", row))


def languages_in_queries(house: House, languages: Collection[str], of_articles: str) -> list[str]:
    """Languages that a query names, where neither the binding fills them in nor the original is meant.

    The binding fills in `VALUES ?lang { … }` and `VALUES (?rule ?words) { … }`. One exception is allowed: the
    language of the articles, of a variable whose name says that it is the original (`?own`, `?objectOwn`).

    :param of_articles: the only language in which the format has articles
    """
    named = re.compile(rf'"(?:{_any_of(languages)})"|@(?:{_any_of(languages)})(?![\w-])')
    original = re.compile(rf'LANG\(\?(?:own|\w*Own)\w*\) = "{re.escape(of_articles)}"')
    queries = [
        (path.relative_to(house.root).as_posix(), path.read_text("utf-8")) for path in house.files({".rq"})
    ]
    queries += [
        (f"{source.name}:{line}", text) for source in _sources(house) for line, text in source.texts()
    ]
    return [
        f"{place} {match[0]}"
        for place, query in queries
        if "?" in query
        for match in named.finditer(original.sub("", _FILLED_IN.sub("", query)))
    ]


def compared_codes(house: House, codes: Collection[str]) -> list[str]:
    """Values that hold a code and are compared with one as text, whatever else the word means.

    `layer == "data"`, `by_level["province"]`, `find_layer("users")`, `status.startswith("plan")`, and a
    `case "data"` of a layer.
    """
    compared = re.compile(
        rf"{_HOLDER}\s*[!=]==?\s*([\"'`])(?:{_any_of(codes)})\1"
        rf"|([\"'`])(?:{_any_of(codes)})\2\s*[!=]==?\s*(?:\w+\.)*{_HOLDER}"
        rf"|{_HOLDER}\.(?:starts|ends)With\(([\"'`])(?:{_any_of(_parts(codes))})\3\)"
    )
    return [
        *(
            f"{source.name}:{node.lineno} {ast.unparse(node)}"
            for source in _sources(house)
            for node in ast.walk(source.tree)
            if isinstance(node, ast.expr) and _compares(node, codes)
        ),
        *(
            f"{source.name}:{node.lineno} match {ast.unparse(node.subject)}"
            for source in _sources(house)
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Match) and _holds_code(node.subject) and _names(node, codes)
        ),
        *(
            f"{path}:{line} {match[0]}"
            for path, line, row in _rows(house, {".js", ".j2"})
            if (match := compared.search(row))
        ),
    ]


def _compares(node: ast.expr, codes: Collection[str]) -> bool:
    if isinstance(node, ast.Compare):
        return any(map(_holds_code, (node.left, *node.comparators))) and _names(node, codes)
    if isinstance(node, ast.Subscript):
        return _holds_code(node.value) and _text(node.slice) in codes
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr in _TESTS_OF_PARTS:
        return _holds_code(node.func.value) and any(_text(part) in _parts(codes) for part in node.args)
    return _holds_code(node.func) and any(_text(argument) in codes for argument in node.args)


def _holds_code(node: ast.expr) -> bool:
    """Tell whether an expression is named after a list of codes."""
    if isinstance(node, ast.Call):
        return _holds_code(node.func)
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return not HOLDERS.isdisjoint(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower()))


def _names(node: ast.AST, codes: Collection[str]) -> bool:
    return any(_text(inner) in codes for inner in ast.walk(node))


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _parts(codes: Collection[str]) -> set[str]:
    """Give what a code begins or ends with."""
    cuts = ((code, place) for code in codes for place in range(len(code)))
    parts = {part for code, place in cuts for part in (code[:place], code[place:])}
    return {part for part in parts if len(part) >= _SHORTEST_PART}


def _any_of(codes: Collection[str]) -> str:
    return "|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True))


def _sources(house: House) -> Iterator[Source]:
    """Give the modules that may not write codes: all but those of the ontology and of words."""
    for source in house.sources:
        if source.package != "ontology" and source.name != "words":
            yield source


def _rows(house: House, suffixes: set[str]) -> Iterator[tuple[str, int, str]]:
    """Give path, number and text of each line of the files of these kinds, comment lines left out."""
    for path in house.files(suffixes):
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not row.lstrip().startswith(("//", "*", "/*", "#")):
                yield path.relative_to(house.root).as_posix(), number, row
