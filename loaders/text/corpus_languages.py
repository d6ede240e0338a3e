"""The languages of the corpus: that of the articles, and that of their translations."""

from __future__ import annotations

import yaml

from ...files import packaged_text

_LANGUAGES = yaml.safe_load(packaged_text(__package__ or "", "corpus-languages.yaml"))
ARTICLE_LANGUAGE: str = _LANGUAGES["article"]
TRANSLATION_LANGUAGE: str = _LANGUAGES["translation"]
LABEL_LANGUAGES = (ARTICLE_LANGUAGE, TRANSLATION_LANGUAGE)  # those in which each thing must have a label
