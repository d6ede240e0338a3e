"""Writing and reading again keeps everything, or lists what a format cannot hold."""

from __future__ import annotations

import pytest
from egovkg.loaders.annotation_tools.comparison import KINDS, compare
from egovkg.loaders.annotation_tools.formats import FORMATS
from egovkg.loaders.annotation_tools.model import AnnotatedSpan, AnnotatedText, Relation
from egovkg.loaders.annotation_tools.offsets import normal_form
from egovkg.loaders.text.reading import read_bytes
from egovkg.tests.loaders.annotation_tools.samples import SAMPLE, TEXT, read
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = ("brat", "webanno", "cas", "label-studio", "web-annotation")  # formats that hold everything


def held(form: str, text: AnnotatedText) -> dict[str, tuple[int, int]]:
    """Return how many of each kind are stated and held."""
    losses = compare([text], read(form, FORMATS[form].write([text])).texts)
    return {kind: (losses.stated[kind], losses.kept(kind)) for kind in KINDS}


@pytest.mark.parametrize("form", WHOLE)
def test_formats_with_features_hold_everything(form: str) -> None:
    assert held(form, SAMPLE) == {"spans": (8, 8), "links": (5, 5), "relations": (3, 3), "attributes": (5, 5)}


def test_doccano_holds_no_links_and_no_attributes() -> None:
    counts = {"spans": (8, 8), "links": (5, 0), "relations": (3, 3), "attributes": (5, 0)}
    assert held("doccano", SAMPLE) == counts


def test_conll_holds_the_longest_names() -> None:
    losses = compare([SAMPLE], read("conll", FORMATS["conll"].write([SAMPLE])).texts)
    assert losses.lost["spans"] == ["mau s2 Body", "mau s8 Statement"]
    assert losses.kept("links") == losses.kept("relations") == losses.kept("attributes") == 0


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_text_gives_the_same_bytes(form: str) -> None:
    assert FORMATS[form].write([SAMPLE]) == FORMATS[form].write([SAMPLE])


def test_brat_keeps_a_span_over_a_line_end_whole() -> None:
    start, end = TEXT.index("gia."), TEXT.index(" có")
    text = AnnotatedText(
        "a", TEXT, (AnnotatedSpan("1", ((start, end),), "Body"), AnnotatedSpan("2", ((0, 1), (2, 6)), "Body"))
    )
    assert held("brat", text)["spans"] == (2, 2)


LETTERS = st.text(alphabet="aB😊ắ_|[]\\;*\t.\n ", min_size=3, max_size=40).filter(lambda text: text.strip())


@st.composite
def annotated_texts(draw: st.DrawFn) -> AnnotatedText:
    text = draw(LETTERS)
    seen = [index for index, letter in enumerate(text) if not letter.isspace()]
    spans = [
        AnnotatedSpan(
            f"s{number}", ((min(ends), max(ends) + 1),), draw(st.sampled_from(["Body", "Ministry"]))
        )
        for number in range(draw(st.integers(1, 4)))
        if (ends := (draw(st.sampled_from(seen)), draw(st.sampled_from(seen))))
    ]
    ids = st.sampled_from([span.id for span in spans])
    relations = tuple(
        Relation(f"r{number}", "advises", (("Arg1", draw(ids)), ("Arg2", draw(ids))), {"by": "2022"})
        for number in range(draw(st.integers(0, 2)))
    )
    return AnnotatedText("a", text, tuple(spans), relations)


@settings(max_examples=40, deadline=None)
@given(text=annotated_texts(), form=st.sampled_from(WHOLE))
def test_no_text_makes_them_lose_anything(text: AnnotatedText, form: str) -> None:
    assert all(stated == kept for stated, kept in held(form, text).values())


@given(raw=st.text(alphabet="aa\u0306\u0301ắĐ\r\n\u00a0\u200b😊 x\ufeff", max_size=30))
@settings(max_examples=60, deadline=None)
def test_the_normal_form_is_that_of_articles(raw: str) -> None:
    text = f"x{raw}"
    normal = normal_form(text)
    assert normal.text == read_bytes(text.encode(), "a").text
    assert normal.place((0, len(text))) == (0, len(normal.text))
