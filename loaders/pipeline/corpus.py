"""A corpus: folders with annotated articles, their register, measures and units.

    <folder>/articles/*.kg.md   <folder>/register/*.yaml   <folder>/measures.yaml   <folder>/units.yaml

The shipped register, measures and units are always there; a folder of one's own adds to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ...ontology.modules import module_files, read_module, reference_files
from ...ontology.vocabulary import load_vocabulary
from ...problems import Problem, Severity
from ..article.article_format import parse_native
from ..register.entries import RawRegister, find_registers, read_register
from ..register.lexicon import Lexicon, assemble
from ..register.measures import Listed, read_list
from ..statements.crosscheck import check_lines, merge_doubles
from ..statements.resolve import Counts, Resolver
from ..text.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..statements.model import Article

SHIPPED = "shipped"
OWN = "corpus"  # where `egovkg new` writes


def shipped_folder() -> Path:
    """The corpus inside the package."""
    return Path(str(files("egovkg") / "corpus"))


def corpus_folder(name: str | Path) -> Path:
    """Find a corpus folder; the word `shipped` names the one inside the package.

    :raises FileNotFoundError: if there is no such folder
    """
    if str(name) == SHIPPED:
        return shipped_folder()
    folder = Path(name)
    if not str(name) or not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder")
    return folder


def default_folder() -> Path:
    """Choose the corpus when none is named: `./corpus` where there is one, else the shipped one."""
    own = Path(OWN)
    has_any = (own / "articles").is_dir() or (own / "register").is_dir()
    return own if has_any else shipped_folder()


def named(folder: Path) -> str:
    """Name a corpus folder for people.

    >>> named(shipped_folder())
    'the shipped corpus'
    """
    return "the shipped corpus" if folder.resolve() == shipped_folder().resolve() else shown(folder)


def folder_of(article: Path) -> Path:
    """Tell to which corpus folder an article file belongs."""
    parent = article.resolve().parent
    return parent.parent if parent.name == "articles" else parent


def find_articles(folder: Path) -> tuple[Path, ...]:
    """List the articles of a corpus folder, in order of their names."""
    inner = folder / "articles"
    return tuple(sorted((inner if inner.is_dir() else folder).glob("*.kg.md")))


@dataclass(frozen=True)
class Lexical:
    """A lexicon with where it came from.

    :param digest: changes with every file it was made from, the ontology included
    :param problems: of the register, measure and unit files
    """

    lexicon: Lexicon
    digest: str
    problems: tuple[Problem, ...]


def load_lexicon(folders: Iterable[Path]) -> Lexical:
    """Read register, measures and units of the shipped corpus and of the given folders.

    Cost linear in the entities; about 5 000 a second.
    """
    registers: dict[Path, RawRegister | None] = {}
    listed: dict[str, list[Listed]] = {"measures": [], "units": []}
    problems: list[Problem] = []
    digest = sha256()
    for name in (*module_files(), *reference_files()):
        digest.update(read_module(name))
    for folder in dict.fromkeys((shipped_folder(), *(f.resolve() for f in folders))):
        for path in (*find_registers(folder), folder / "measures.yaml", folder / "units.yaml"):
            if not path.is_file():
                continue
            data = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + data)
            if copied := _copy(path, folder, data):
                problems.append(copied)
                continue
            problems += _read_lexical(path, data, registers, listed)
    read = [raw for raw in registers.values() if raw]
    unreadable = [path.stem for path, raw in registers.items() if raw is None]
    lexicon, found = assemble(load_vocabulary(), read, listed["measures"], listed["units"], unreadable)
    return Lexical(lexicon, digest.hexdigest(), (*problems, *found))


def _copy(path: Path, folder: Path, data: bytes) -> Problem | None:
    """Tell a file that is a copy of a shipped one, which is always there: in one line, not one an entry."""
    original = shipped_folder() / path.relative_to(folder)
    if folder == shipped_folder() or not original.is_file() or original.read_bytes() != data:
        return None
    code, what = ("KG018", "register") if path.parent != folder else ("KG017", path.stem)
    told = f"a copy of the shipped {what}"
    return Problem(shown(path), 1, 1, code, told, "leave it out: it is always there")


def _read_lexical(
    path: Path, data: bytes, registers: dict[Path, RawRegister | None], listed: dict[str, list[Listed]]
) -> list[Problem]:
    file = shown(path)
    reading = read_bytes(data, file)
    problems = list(reading.problems)
    section = path.stem
    if section in listed and reading.text is not None:
        entries, found = read_list(reading.text, file, section)
        listed[section] += entries
        problems += found
    elif section not in listed:
        registers[path], found = read_register(reading.text, file) if reading.text else (None, ())
        problems += found
    return problems


def shown(path: Path) -> str:
    """Name a file the way a user would: from the current folder where it lies below it."""
    try:
        return printable(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return printable(path)


def printable(path: Path) -> str:
    """Write a path as text; bytes of a name that are no UTF-8 are shown as escapes."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Loaded:
    """One article file after all checks of its own.

    :param digest: SHA-256 of its bytes
    :param article: ``None`` when it cannot be used
    """

    file: str
    digest: str
    article: Article | None
    problems: tuple[Problem, ...]
    counts: Counts


def load_article(data: bytes, file: str, resolver: Resolver) -> Loaded:
    """Read, parse, resolve and check one article; cost linear."""
    digest = sha256(data).hexdigest()
    reading = read_bytes(data, file)
    if reading.text is None:
        return Loaded(file, digest, None, reading.problems, Counts())
    native, found = parse_native(reading.text, file)
    resolution = resolver.resolve(native)
    problems = [*reading.problems, *found, *resolution.problems]
    counts = resolution.counts
    unread = native.unread + sum(paragraph.unread for paragraph in native.paragraphs)
    counts.read += unread
    counts.rejected += unread
    article = resolution.article
    if article:
        stated = len(article.claims) + len(article.figures)
        article, doubles = merge_doubles(article)
        counts.merged = stated - len(article.claims) - len(article.figures)
        counts.emitted += len(article.claims) + len(article.figures)
        problems += [*doubles, *check_lines(article)]
    else:
        counts.rejected = counts.read
        counts.emitted = 0
    return Loaded(file, digest, article, tuple(sorted(problems)), counts)


def same_ids(loaded: Sequence[Loaded]) -> tuple[Problem, ...]:
    """Find articles that share an id (KG015)."""
    first: dict[str, Loaded] = {}
    problems = []
    for one in loaded:
        if one.article is None:
            continue
        other = first.setdefault(one.article.id, one)
        if other is not one:
            line = other.article.line if other.article else 1
            what = f'article id "{one.article.id}" already used in {other.file}:{line}'
            problems.append(Problem(one.file, one.article.line, 1, "KG015", what, "ids must be unique"))
    return tuple(problems)


def is_sound(problems: Iterable[Problem]) -> bool:
    """Tell whether nothing in a list of problems stops a build."""
    return not any(problem.severity is Severity.ERROR for problem in problems)
