"""A knowledge graph of Vietnamese e-government: every fact opens the sentence that says it."""

import sys

__version__ = "0.1.0"

if sys.version_info < (3, 11):  # noqa: UP036  an older Python imports this file before any error of syntax
    _NEED = "egovkg needs Python 3.11 or later; this is Python {}.{}".format(*sys.version_info)
    if sys.argv[:1] == ["-m"]:
        sys.exit(_NEED)
    raise ImportError(_NEED)
