"""Reading of a model: an exchange file, a file of Archi, or a folder with a file a concept."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ...errors import InputError
from ...graph.archimate.model import Folder, Model
from ...problems import FaultError, Problem
from ..faults.messages import fault
from ..text.file_kinds import foreign_kind
from ..text.input_files import LARGEST, input_bytes
from .archi_file import NAMESPACE as ARCHI_NAMESPACE
from .archi_file import ROOTS, add_object, archi_parts, read_archi
from .exchange_file import NAMESPACES, ROOT, read_exchange
from .structure import positive_places, structure_problems
from .xml_tree import xml_tree

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from .parts import ModelParts
    from .xml_tree import XmlNode

ENDING = ".archimate"
_ARCHIVE_START = b"PK\x03\x04"
_MODEL_IN_ARCHIVE = "model.xml"
_FOLDER_FILE = "folder.xml"
_XML = ".xml"
_OPENING = 4096  # bytes by which a file is recognised


@dataclass(frozen=True)
class ModelReading:
    """A model that was read.

    :param passed_over: kind of what the file holds and a model of ArchiMate does not have → number
    :param digest: SHA-256 of the file, or of all files of the folder, in hexadecimal
    """

    model: Model
    passed_over: Counter[str]
    digest: str


def is_model(path: Path) -> bool:
    """Tell whether a path is a file or a folder of a model of ArchiMate."""
    if path.is_dir():
        return _model_folder(path) is not None
    if path.suffix.lower() == ENDING:
        return True
    if path.suffix.lower() != _XML or not path.is_file():
        return False
    with path.open("rb") as stream:
        kind = foreign_kind(stream.read(_OPENING), path.name)
    return kind is not None and kind.name == "archimate"


def read_model(path: Path) -> ModelReading:
    """Read a model.

    :param path: exchange file 2.1 or 3.x, file of Archi, or folder with a file a concept
    :raises InputError: KG008 if it cannot be read, KG140 if it is no model, KG141 if its parts do not fit
        together; with all problems of its structure
    Cost: linear; 3 000 elements with 6 000 relationships take about two seconds
    """
    file = path.name
    parts, digest = _of_folder(path, file) if path.is_dir() else _of_file(path, file)
    problems = structure_problems(parts, file)
    if problems:
        raise InputError(problems)
    concepts = {part.id for part in parts.identified()}
    model = Model(
        parts.id,
        parts.names,
        tuple(parts.elements),
        tuple(parts.relationships),
        tuple(_of_concepts(folder, concepts) for folder in parts.folders),
        tuple(map(positive_places, parts.views)),
        parts.documentation,
        parts.properties,
    )
    return ModelReading(model, parts.passed_over, digest)


def _of_concepts(folder: Folder, concepts: set[str]) -> Folder:
    """Return a folder without what refers to other folders, of which the tree holds each once."""
    folders = tuple(_of_concepts(below, concepts) for below in folder.folders)
    return Folder(folder.labels, folders, tuple(name for name in folder.members if name in concepts))


def _of_file(path: Path, file: str) -> tuple[ModelParts, str]:
    data = input_bytes(path, file)
    if not data.strip():
        raise InputError([Problem(file, 1, 1, fault("KG140.empty"))])
    xml = _unpacked(data, file) if data.startswith(_ARCHIVE_START) else data
    root = xml_tree(xml, file)
    if root.namespace in NAMESPACES and root.tag == ROOT:
        return read_exchange(root, file), sha256(data).hexdigest()
    if root.namespace == ARCHI_NAMESPACE and root.tag in ROOTS:
        return read_archi(root, file), sha256(data).hexdigest()
    raise InputError([_foreign(root, file)])


def _unpacked(data: bytes, file: str) -> bytes:
    """Return the model inside an archive, in which Archi keeps models with images.

    :raises InputError: KG140 if there is none, or it is too large
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_MODEL_IN_ARCHIVE).file_size > LARGEST:
                raise FaultError(fault("KG008.too-large", megabytes=LARGEST >> 20))
            return archive.read(_MODEL_IN_ARCHIVE)
    except FaultError as error:
        flaw = error.fault
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, EOFError) as error:
        flaw = fault("KG140.damaged", reason=str(error))
    raise InputError([Problem(file, 1, 1, flaw)])


def _foreign(root: XmlNode, file: str) -> Problem:
    name = root.namespace or root.tag
    return Problem(
        file, root.line, 1, fault("KG140.other-namespace", name=name, namespaces=_known_namespaces())
    )


def _known_namespaces() -> tuple[str, ...]:
    return (*sorted(NAMESPACES), ARCHI_NAMESPACE)


def _model_folder(path: Path) -> Path | None:
    """Find the folder that states a whole model: the one named, or `model` inside it."""
    candidates = (path, path / "model")
    return next((folder for folder in candidates if _states_model(folder / _FOLDER_FILE)), None)


def _states_model(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return b"ArchimateModel" in stream.read(_OPENING)


def _of_folder(path: Path, file: str) -> tuple[ModelParts, str]:
    folder = _model_folder(path)
    if folder is None:
        raise InputError([Problem(file, 1, 1, fault("KG140.no-model-folder", name=_FOLDER_FILE))])
    reader = _FolderReader(folder, file)
    parts = archi_parts(reader.tree(folder / _FOLDER_FILE))
    below = sorted(entry for entry in folder.iterdir() if entry.is_dir() and (entry / _FOLDER_FILE).is_file())
    parts.folders = [reader.folder(entry, parts) for entry in below]
    if reader.problems:
        raise InputError(reader.problems)
    return parts, reader.digest.hexdigest()


class _FolderReader:
    """Reads the files of a folder; faults of all files are collected."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.name = root, name
        self.digest = sha256()
        self.problems: list[Problem] = []

    def tree(self, path: Path) -> XmlNode:
        """Parse one file."""
        file = f"{self.name}/{path.relative_to(self.root).as_posix()}"
        data = input_bytes(path, file, allow_pipe=False)
        self.digest.update(f"{file} {len(data)}\n".encode() + data)
        return xml_tree(data, file)

    def folder(self, path: Path, parts: ModelParts) -> Folder:
        """Read a folder with all below it."""
        label, members, folders = path.name, [], []
        for entry in sorted(path.iterdir()):
            if entry.is_dir():
                folders.append(self.folder(entry, parts))
            elif entry.suffix.lower() == _XML:
                try:
                    node = self.tree(entry)
                except InputError as error:
                    self.problems += error.problems
                    continue
                if entry.name == _FOLDER_FILE:
                    label = node.get("name") or label
                else:
                    file = f"{self.name}/{entry.relative_to(self.root).as_posix()}"
                    members.append(add_object(node, node.tag, file, parts))
        return Folder({"": label}, tuple(folders), tuple(filter(None, members)))
