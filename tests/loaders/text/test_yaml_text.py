"""YAML that could hang or kill its reader is refused before it does."""

from __future__ import annotations

import pytest
import yaml
from egovkg.loaders.text import yaml_text
from egovkg.loaders.text.yaml_text import compose, yaml_problem

STAIRS = "a: &a [x, x]\nb: &b [*a, *a]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 600 + "]" * 600, "nested too deeply"),
        ("- " * 120 + "x", "nested too deeply"),
        (STAIRS, "alias"),
        ("a: 1\n" * 1_600_001, "more than 8 million characters: split it into several files"),
    ],
    ids=["brackets", "dashes", "aliases", "long"],
)
def test_what_could_kill_the_reader_is_refused(text: str, said: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        compose(text)
    assert said in str(yaml_problem(caught.value, text, "a.yaml"))


def test_the_longest_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "LONGEST", 4)
    assert compose("a: 1") is not None
    with pytest.raises(yaml.YAMLError):
        compose("a: 12")
