"""XML with the place of each element, without document types and entities.

The parser is expat of the standard library. A document type is refused where it begins, so that nothing is
expanded or fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from ...errors import InputError
from ...problems import FaultError, Problem
from ..faults.messages import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...graph.archimate.model import LabelsByLanguage

DEEPEST = 200  # elements inside each other
_SEPARATOR = " "
_PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml:",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi:",
}


@dataclass(slots=True)
class XmlNode:
    """An element of XML.

    :param tag: local name
    :param attributes: local name in lower case → value; those of `xml` and `xsi` keep their prefix
    :param line: where its tag begins, from 1; `column` likewise
    :param text: the text before its first child
    """

    tag: str
    namespace: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[XmlNode] = field(default_factory=list)
    text: str = ""

    def get(self, *names: str) -> str:
        """Return the first of some attributes that is there; empty if none is."""
        return next((self.attributes[name] for name in names if name in self.attributes), "")

    def all(self, *tags: str) -> Iterator[XmlNode]:
        """Yield the children with one of some names."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *tags: str) -> XmlNode | None:
        """Return the first child with one of some names."""
        return next(self.all(*tags), None)

    def texts(self, *tags: str) -> LabelsByLanguage:
        """Return the texts of children by language; of several in one language, the first."""
        texts: dict[str, str] = {}
        for child in self.all(*tags):
            texts.setdefault(child.get("xml:lang"), child.text)
        return {lang: text for lang, text in texts.items() if text.strip()}


def xml_tree(data: bytes, file: str) -> XmlNode:
    """Parse XML.

    :param file: name of the file in messages
    :raises InputError: KG140 if it is malformed, nested too deeply, or declares a document type
    Cost: linear; 5 to 13 MB a second
    """
    builder = _Builder()
    parser = builder.parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        flaw = fault("KG140.damaged", reason=expat.ErrorString(error.code))
        raise InputError([Problem(file, error.lineno, error.offset + 1, flaw)]) from error
    except FaultError as error:
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise InputError([Problem(file, *place, error.fault)]) from error
    except (LookupError, ValueError) as error:  # an encoding that is unknown, or of several bytes
        flaw = fault("KG140.encoding")
        raise InputError([Problem(file, 1, 1, flaw)]) from error
    return builder.root


class _Builder:
    """Builds the tree from the events of the parser."""

    def __init__(self) -> None:
        self.root = XmlNode("", "", {}, 1, 1)
        self.open: list[XmlNode] = []
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_declaration: object) -> None:
        raise FaultError(fault("KG140.document-type"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) == DEEPEST:
            raise FaultError(fault("KG140.too-deep", most=DEEPEST))
        namespace, _, tag = name.rpartition(_SEPARATOR)
        named = {_attribute_name(key): value for key, value in attributes.items()}
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        node = XmlNode(tag, namespace, named, *place)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if not self.open[-1].children:
            self.open[-1].text += text


def _attribute_name(name: str) -> str:
    namespace, _, local = name.rpartition(_SEPARATOR)
    return _PREFIXES.get(namespace, "") + local.lower()
