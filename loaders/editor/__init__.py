"""Help while writing: completion, descriptions, checks of open files, the language server."""

from .completion import Completion, complete
from .cursor import Cursor, cursor_at
from .description import describe
from .open_files import OpenFiles

__all__ = ["Completion", "Cursor", "OpenFiles", "complete", "cursor_at", "describe"]
