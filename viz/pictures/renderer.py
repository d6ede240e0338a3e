"""Conversion of SVG to PNG and PDF by Typst with its own fonts, so that output is equal on all systems.

Typst is a Rust library with the Apache licence; it is optional (the extra `pictures`), and needs neither a
browser nor system libraries.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

if TYPE_CHECKING:
    from typing import Literal

__all__ = ["has_renderer", "picture_bytes", "png"]

_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_PIXELS_PER_INCH = 144.0  # twice the size of the SVG, sharp when printed
_LARGEST_SIDE = 16000  # pixels that image viewers still open
_POINTS_PER_INCH = 72
_LONGEST_PAGE = 14000  # points that readers of PDF still show
_SUBSTITUTES = str.maketrans({"✕": "×"})  # signs that the typefaces of Typst lack
_PAGE = b"""#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width), alt: sys.inputs.title)
"""


def has_renderer() -> bool:
    """Tell whether the package that renders PNG and PDF is installed."""
    return find_spec("typst") is not None


def png(svg: str) -> bytes:
    """Convert an SVG to PNG at double size; a very large one at a smaller scale."""
    width, height = _size(svg)
    density = min(_PIXELS_PER_INCH, _POINTS_PER_INCH * _LARGEST_SIDE / max(width, height))
    return _compiled(svg, "png", 1, density)


def _pdf(svg: str) -> bytes:
    """Convert an SVG to a one-page PDF without a creation date."""
    return _compiled(svg, "pdf", min(1, _LONGEST_PAGE / max(_size(svg))), None)


def picture_bytes(svg: str, form: str) -> bytes:
    """Return a picture in a format: `png` and `pdf` are converted, any other name leaves it SVG."""
    conversions = {"png": png, "pdf": _pdf}
    return conversions[form](svg) if form in conversions else svg.encode()


def _size(svg: str) -> tuple[float, float]:
    """Read width and height of an SVG that this package wrote, in pixels."""
    match = _SIZE.search(svg)
    assert match
    return float(match[1]), float(match[2])


def _compiled(svg: str, output_format: Literal["png", "pdf"], scale: float, density: float | None) -> bytes:
    import typst  # imported here: it is installed on demand

    inputs = {
        "svg": svg.translate(_SUBSTITUTES),
        "title": unescape(svg.partition("<title>")[2].partition("</title>")[0]),
        "width": f"{_size(svg)[0] * scale}pt",
    }
    data: bytes = typst.compile(
        _PAGE, format=output_format, ppi=density, ignore_system_fonts=True, sys_inputs=inputs
    )
    return data
