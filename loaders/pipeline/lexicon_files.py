"""The lexicon of corpus folders: their registers, measures and units, and those of the shipped corpus."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ...errors import InputError
from ...ontology.modules import module_files, read_module, reference_files
from ...ontology.vocabulary import load_vocabulary
from ...problems import Fault, Problem
from ..faults.messages import fault
from ..register.assembly import LexiconParts, assemble
from ..register.entries import RawRegister, find_registers, read_register
from ..register.measures import FigureTerm, read_terms
from ..text.input_files import input_bytes
from ..text.reading import read_bytes
from .corpus import displayed_path, resolved, shipped_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from ..register.lexicon import Lexicon
    from ..text.input_files import InputReader


@dataclass(frozen=True)
class LoadedLexicon:
    """A lexicon with a digest of its source files and their problems.

    :param digest: digest of all files from which it was built
    :param terms_digest: digest of those that concern every article: ontology, reference data, measures, units
    :param problems: problems of the register, measure and unit files
    """

    lexicon: Lexicon
    digest: str
    terms_digest: str
    problems: tuple[Problem, ...]


def load_lexicon(
    folders: Iterable[Path],
    added: Sequence[RawRegister] = (),
    without: Collection[Path] = (),
    read: InputReader = input_bytes,
) -> LoadedLexicon:
    """Read register, measures and units of the shipped corpus and of other folders.

    :param added: registers that are in no file yet
    :param without: files that are not read
    :param read: what reads the files, if some are taken from elsewhere than the disk
    Cost: linear in the entities, about 5 000 per second.
    """
    reader = _LexiconReader(read)
    digest, terms_digest = sha256(), sha256()
    excluded = {resolved(path) for path in without}
    for name in (*module_files(), *reference_files()):
        terms_digest.update(read_module(name))
    for path, folder in lexicon_files(folders):
        if resolved(path) in excluded:
            continue
        content = path.name.encode() + b"\0" + reader.read(path, folder)
        digest.update(content)
        if path.stem in reader.terms:
            terms_digest.update(content)
    parts = LexiconParts(
        [*reader.registers, *added],
        reader.terms["measures"],
        reader.terms["units"],
        reader.unreadable_prefixes,
    )
    lexicon, problems = assemble(load_vocabulary(), parts)
    digest.update(terms_digest.digest())
    all_problems = (*reader.problems, *problems)
    return LoadedLexicon(lexicon, digest.hexdigest(), terms_digest.hexdigest(), all_problems)


def lexicon_files(folders: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the lexicon with its corpus folder; those of the shipped corpus first."""
    for folder in dict.fromkeys((shipped_folder(), *map(resolved, folders))):
        for path in (*find_registers(folder), folder / "measures.yaml", folder / "units.yaml"):
            if os.path.lexists(path):
                yield path, folder


class _LexiconReader:
    """Reads the files of one lexicon."""

    def __init__(self, read: InputReader) -> None:
        self.input = read
        self.registers: list[RawRegister] = []
        self.unreadable_prefixes: list[str] = []
        self.terms: dict[str, list[FigureTerm]] = {"measures": [], "units": []}
        self.problems: list[Problem] = []

    def read(self, path: Path, folder: Path) -> bytes:
        """Read one file and return its bytes; empty if it is unreadable."""
        file = displayed_path(path)
        try:
            data = self.input(path, file)
        except InputError as error:
            self.problems += error.problems
            self.unreadable_prefixes.append(path.stem)
            return b""
        self._read(path, folder, data, file)
        return data

    def _read(self, path: Path, folder: Path, data: bytes, file: str) -> None:
        if copied := _copy_fault(path, folder, data):
            self.problems.append(Problem(file, 1, 1, copied))
            return
        decoded = read_bytes(data, file)
        self.problems += decoded.problems
        if path.stem in self.terms:
            self._read_terms(decoded.text, file, path.stem)
        else:
            self._read_register(decoded.text, file, path.stem)

    def _read_terms(self, text: str | None, file: str, section: str) -> None:
        if text is not None:
            terms, problems = read_terms(text, file, section)
            self.terms[section] += terms
            self.problems += problems

    def _read_register(self, text: str | None, file: str, prefix: str) -> None:
        register, problems = read_register(text, file) if text else (None, ())
        self.problems += problems
        if register:
            self.registers.append(register)
        else:
            self.unreadable_prefixes.append(prefix)


def _copy_fault(path: Path, folder: Path, data: bytes) -> Fault | None:
    """Return the fault of a file that copies a shipped one: a single fault instead of one per entry."""
    original = shipped_folder() / path.relative_to(folder)
    if folder == shipped_folder() or not original.is_file() or original.read_bytes() != data:
        return None
    return fault("KG017.copied-list" if path.parent == folder else "KG018.copied-register", name=path.stem)
