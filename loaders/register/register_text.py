"""Writing of register files: entries as YAML that :func:`~.entries.read_register` reads back unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

EntryValues: TypeAlias = "Mapping[str, str | Sequence[str]]"  # key of an entry -> its text, or its list

_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _RegisterDumper(_DUMPER):  # type: ignore[misc,valid-type]  # one of two classes, chosen at run time
    """Writes lists on one line."""


_RegisterDumper.add_representer(
    list, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)


def register_text(prefix: str, entries: Mapping[str, EntryValues], comments: Iterable[str] = ()) -> str:
    r"""Return a register file.

    :param entries: name → keys in the order in which they are written; empty values are left out
    :param comments: lines at the beginning of the file, without their mark

    >>> print(register_text("mh", {"lgsp": {"kind": "IntegrationPlatform", "aliases": ["LGSP"]}}), end="")
    prefix: mh
    entities:
      lgsp:
        kind: IntegrationPlatform
        aliases: [LGSP]
    """
    head = "".join(f"# {line}".rstrip() + "\n" for line in comments)
    content = {"prefix": prefix, "entities": {name: _stated(values) for name, values in entries.items()}}
    return head + yaml.dump(
        content, Dumper=_RegisterDumper, allow_unicode=True, sort_keys=False, width=1 << 20
    )


def _stated(values: EntryValues) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in values.items() if value}
