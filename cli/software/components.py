"""The packages of Python that egovkg needs and that are installed, read from their own metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT = "egovkg"
_DEVELOPMENT = "dev"  # the extra that only tests and checkers need
_LONGEST_LICENCE = 60  # characters of a name; a longer field holds the text of a licence
_UNSTATED = {"", "unknown"}


@dataclass(frozen=True, slots=True)
class Component:
    """An installed package.

    :param name: its name, in lower case with hyphens
    :param licence: as the package states it; empty if it does not
    :param is_expression: whether the licence is an SPDX expression
    :param is_optional: whether only an optional part of egovkg needs it
    :param needs: names of the installed packages that it needs
    """

    name: str
    version: str
    licence: str
    is_expression: bool
    is_optional: bool
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package as a URL, by which databases of faults name it.

        >>> Component("numpy", "2.4.6", "", False, False, ()).purl
        'pkg:pypi/numpy@2.4.6'
        """
        return f"pkg:pypi/{self.name}@{self.version}"


def components() -> tuple[Component, ...]:
    """List egovkg and every installed package that it needs, directly or through another, by name.

    Packages of optional parts are listed if they are installed, those for tests and checkers are not.

    >>> [(part.name, part.licence) for part in components() if part.name in {"egovkg", "click"}]
    [('click', 'BSD-3-Clause'), ('egovkg', 'MIT')]
    """
    project = distribution(PROJECT)
    required = _closure([*_needs(project, "")])
    extras = [extra for extra in project.metadata.get_all("Provides-Extra") or [] if extra != _DEVELOPMENT]
    optional = _closure([name for extra in extras for name in _needs(project, extra)])
    installed = optional | required | {PROJECT: project}
    mandatory = required.keys() | {PROJECT}
    return tuple(_component(name, installed, is_optional=name not in mandatory) for name in sorted(installed))


def plain_name(name: str) -> str:
    """Return the name of a package in the one spelling that is compared.

    >>> plain_name("Ruamel.Yaml_clib")
    'ruamel-yaml-clib'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _closure(names: list[str]) -> dict[str, Distribution]:
    """Find the installed packages among these and all that they need."""
    found: dict[str, Distribution] = {}
    while names:
        name = names.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of a part that is not installed
            continue
        names.extend(_needs(found[name], ""))
    return found


def _needs(package: Distribution, extra: str) -> Iterator[str]:
    """List what a package needs on this machine, by plain name."""
    for text in package.requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield plain_name(requirement.name)


def _component(name: str, installed: Mapping[str, Distribution], *, is_optional: bool) -> Component:
    package = installed[name]
    licence, is_expression = _licence(package)
    needs = sorted(installed.keys() & {*_needs(package, "")})
    return Component(name, package.version, licence, is_expression, is_optional, tuple(needs))


def _licence(package: Distribution) -> tuple[str, bool]:
    """Return the licence that a package states, and whether it is an SPDX expression."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"], True
    name = "".join(metadata.get_all("License") or [])
    if len(name) <= _LONGEST_LICENCE and name.strip().lower() not in _UNSTATED:
        return " ".join(name.split()), False
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License ::")]
    return " OR ".join(text.rpartition(" :: ")[2] for text in classifiers), False
