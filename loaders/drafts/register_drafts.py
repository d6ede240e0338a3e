"""The registers of a corpus folder with the entries that drafts propose, as comment lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..register.entries import read_register
from ..register.register_text import register_text
from .draft_files import ENTRY_MARK, NO_ENTRIES
from .statement_text import curies_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path
    from typing import TypeAlias

    from ..register.register_text import EntryValues

    RegisterState: TypeAlias = tuple[dict[str, str], dict[str, Mapping[str, str]]]


class RegisterDrafts:
    """The registers of one corpus folder while proposals are decided on, in memory.

    :param folder: the corpus folder
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._on_disk = register_texts(folder)
        self._texts = dict(self._on_disk)
        self.proposed = proposed_entries(self._texts)

    def accept(self, curie: str) -> None:
        """Turn a proposed entry, and those that it refers to, from comments into an entry."""
        rows, first, end = self._entry(curie)
        if first == end:
            return
        entry = [row.removeprefix(ENTRY_MARK) for row in rows[first:end]]
        rows[first:end] = entry
        self._texts[curie.partition(":")[0]] = _with_entries("\n".join(rows))
        for referred in curies_in("\n".join(entry)):
            self.accept(referred)

    def propose(self, curie: str, values: EntryValues) -> None:
        """Add a proposed entry to the register of its prefix, which is made if there is none."""
        prefix, _, name = curie.partition(":")
        entry = register_text(prefix, {name: values}).split("\n")[2:]
        text = self._texts.get(prefix) or register_text(prefix, {})
        self._texts[prefix] = (
            text.rstrip("\n") + "\n" + "".join(f"{ENTRY_MARK}{row}\n" for row in entry if row)
        )
        self.proposed = proposed_entries(self._texts)

    def drop_unused(self, curies: Iterable[str], used: Container[str]) -> None:
        """Take proposed entries out that neither articles nor other entries name.

        :param used: the CURIEs that articles name
        """
        for curie in curies:
            rows, first, end = self._entry(curie)
            if first == end or curie in used or curie in self._named_outside(curie, first, end):
                continue
            self._texts[curie.partition(":")[0]] = "\n".join([*rows[:first], *rows[end:]])
            self.drop_unused(curies_in("\n".join(rows[first:end])), used)

    def changed(self) -> dict[Path, str]:
        """Return the registers that differ from those on disk: path → content."""
        return {
            self._folder / "register" / f"{prefix}.yaml": text
            for prefix, text in self._texts.items()
            if self._on_disk.get(prefix) != text
        }

    def note_saved(self) -> None:
        """Note that the disk holds the registers as they are now."""
        self._on_disk = dict(self._texts)

    def state(self) -> RegisterState:
        """Return the registers and the proposed entries as they are now."""
        return dict(self._texts), self.proposed

    def restore(self, state: RegisterState) -> None:
        """Return to an earlier state; a register that did not exist then has no entries."""
        made_since = {prefix: register_text(prefix, {}) for prefix in self._texts.keys() - state[0].keys()}
        self._texts, self.proposed = {**state[0], **made_since}, state[1]

    def _entry(self, curie: str) -> tuple[list[str], int, int]:
        """Return the lines of a register and the span of a proposed entry in them, empty without it."""
        prefix, _, name = curie.partition(":")
        rows = self._texts.get(prefix, "").split("\n")
        opening = f"{ENTRY_MARK}  {name}:"
        if opening not in rows:
            return rows, 0, 0
        first = rows.index(opening)
        end = first + 1
        while end < len(rows) and rows[end].startswith(f"{ENTRY_MARK}    "):
            end += 1
        return rows, first, end

    def _named_outside(self, curie: str, first: int, end: int) -> set[str]:
        """Return the CURIEs that all entries but one name."""
        own = curie.partition(":")[0]
        texts = [text for prefix, text in self._texts.items() if prefix != own]
        rows = self._texts[own].split("\n")
        return {*curies_in("\n".join([*texts, *rows[:first], *rows[end:]]))}


def register_texts(folder: Path) -> dict[str, str]:
    """Return the registers of a corpus folder: prefix → content of the file."""
    return {path.stem: path.read_text("utf-8") for path in sorted((folder / "register").glob("*.yaml"))}


def proposed_entries(registers: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """Return the entries of registers with those that drafts propose, if there are any: CURIE → values."""
    entries: dict[str, Mapping[str, str]] = {}
    for prefix, text in registers.items():
        if f"\n{ENTRY_MARK}" in text:
            uncommented = "\n".join(row.removeprefix(ENTRY_MARK) for row in text.split("\n"))
            register, _ = read_register(_with_entries(uncommented), prefix)
            listed = register.entries if register else ()
            entries |= {f"{prefix}:{entry.name}": entry.values for entry in listed}
    return entries


def _with_entries(text: str) -> str:
    """Make the mapping of a register without entries one that can hold some."""
    return text.replace(NO_ENTRIES, NO_ENTRIES.partition(" ")[0])
