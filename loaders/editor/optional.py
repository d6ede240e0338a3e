"""The error of an optional Python package that is not installed."""

from __future__ import annotations

from ...errors import EgovError
from ...words import message


class PackageError(EgovError):
    """An optional Python package that is not installed.

    :param package: its name
    """

    def __init__(self, package: str) -> None:
        super().__init__(message(__package__, "no-package", package=package))
        self.package = package
