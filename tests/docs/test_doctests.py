"""The examples in the docstrings, found in the installed package by its name."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import egovkg
import pytest

MODULES = sorted(
    [
        "egovkg",
        *(
            found.name
            for found in pkgutil.walk_packages(egovkg.__path__, "egovkg.")
            if not found.name.endswith("__main__")
        ),
    ]
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_package_was_found_whole() -> None:
    assert {
        "egovkg.cli",
        "egovkg.graph.store",
        "egovkg.loaders.article.parser",
        "egovkg.ontology.vocabulary",
    } <= set(MODULES)
    assert not any(name.startswith(("egovkg.tests", "egovkg.benchmarks")) for name in MODULES)
