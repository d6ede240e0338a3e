"""Help for authors: the names that articles on any province use, written as a register."""

from .provincial_cast import CastRegister, new_cast, provincial_cast

__all__ = ["CastRegister", "new_cast", "provincial_cast"]
