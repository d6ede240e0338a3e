"""The catalogues of words: in every language, with equal keys and equal values to fill in."""

from __future__ import annotations

import string
from pathlib import Path

import egovkg
import pytest
import yaml
from egovkg.words import catalogue, languages

ROOT = Path(egovkg.__file__).parent
SKIPPED = {".venv", "build", "dist", "tests", "benchmarks"}
FOLDERS = sorted(
    path for path in ROOT.rglob("words") if path.is_dir() and not SKIPPED & {*path.relative_to(ROOT).parts}
)


def package_of(folder: Path) -> str:
    return ".".join(("egovkg", *folder.parent.relative_to(ROOT).parts))


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("folder", FOLDERS, ids=package_of)
def test_a_catalogue_has_every_language(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.yaml")} == {*languages()}


@pytest.mark.parametrize("folder", FOLDERS, ids=package_of)
def test_languages_have_equal_keys_and_values(folder: Path) -> None:
    first, *others = (catalogue(package_of(folder), lang) for lang in languages())
    for other in others:
        assert {key.removesuffix(".one") for key in first} == {key.removesuffix(".one") for key in other}
        for key in first.keys() & other.keys():
            assert values_of(first[key]) == values_of(other[key]), key


@pytest.mark.parametrize("folder", FOLDERS, ids=package_of)
def test_no_text_is_empty(folder: Path) -> None:
    for lang in languages():
        assert [key for key, text in catalogue(package_of(folder), lang).items() if not text.strip()] == []


@pytest.mark.parametrize("file", [path for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))])
def test_no_key_stands_twice(file: Path) -> None:
    nodes = [yaml.compose(file.read_text(encoding="utf-8"), yaml.CSafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert sorted(keys) == sorted({*keys})
            nodes += [value for _, value in node.value]
