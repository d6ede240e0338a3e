"""Drafts of raw texts, against reading and checking the annotated articles of the same length.

The texts are the digests of the shipped articles, each many times over under another name: the originals of
those articles are not shipped. Processor time, with the writing of all files.
"""

from __future__ import annotations

import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from egovkg.loaders.article.parser import parse_article
from egovkg.loaders.drafts.desk import DraftDesk, DraftRequest
from egovkg.loaders.pipeline.article_files import load_article
from egovkg.loaders.pipeline.corpus import find_articles, shipped_folder
from egovkg.loaders.pipeline.lexicon_files import load_lexicon
from egovkg.loaders.statements.resolver import Resolver
from egovkg.loaders.text.reading import read_bytes

TEXTS = 200
GOAL = 60  # seconds for a thousand texts


def digests() -> list[tuple[str, DraftRequest]]:
    """Return the words of each shipped article, with its place and day."""
    texts = []
    for path in find_articles(shipped_folder()):
        decoded = read_bytes(path.read_bytes(), path.name).text or ""
        article, _ = parse_article(decoded, path.name)
        assert article.front
        values = article.front.values
        request = DraftRequest(scope=values["scope"], published=values["published"])
        texts.append(("\n".join(paragraph.text for paragraph in article.paragraphs), request))
    return texts


def drafted(folder: Path) -> float:
    """Draft the texts into a folder, and return the processor seconds of a thousand."""
    start = time.process_time()
    desk = DraftDesk(folder)
    for number, (text, request) in enumerate(islice(cycle(digests()), TEXTS)):
        desk.write(desk.draft(text.encode(), f"bai-{number}.txt", request))
    return (time.process_time() - start) * 1000 / TEXTS


def checked() -> float:
    """Read and check the annotated articles, and return the processor seconds of a thousand."""
    contents = [(path.read_bytes(), path.name) for path in find_articles(shipped_folder())]
    start = time.process_time()
    resolver = Resolver(load_lexicon([]).lexicon)
    for data, name in islice(cycle(contents), TEXTS):
        load_article(data, name, resolver)
    return (time.process_time() - start) * 1000 / TEXTS


def rows() -> list[tuple[str, str, str, str, str]]:
    """Measure, and return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        drafting = drafted(Path(folder))
    checking = checked()
    label = "1 000 raw texts drafted; articles read and checked"
    ratio = f"{drafting / checking:.1f}"
    return [(label, f"{drafting:.0f} s", f"{checking:.0f} s", ratio, f"≤ {GOAL} s")]


if __name__ == "__main__":
    print(*rows(), sep="\n")
