"""Files as the tools write them: events, slots, chains, several annotators, other units of offsets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from egovkg.tests.loaders.annotation_tools.samples import only, read, words

if TYPE_CHECKING:
    from egovkg.loaders.annotation_tools.model import AnnotatedText

BRAT_TEXT = "Sở Nội vụ bàn giao phần mềm một cửa\nvà văn bản cho UBND huyện."
BRAT = """T3\tSystem 19 35\tphần mềm một cửa
T10\tOrg 0 9\tSở Nội vụ
T4\tSystem 19 27;39 46\tphần mềm văn bản
T5\tHand-over 10 18\tbàn giao
T6\tOrg 51 61\tUBND huyện
E2\tHand-over:T5 Giver-Org:T10 Thing:T3 Thing2:T4 Cause:E7\t
E7\tHand-over:T5\x20
*\tAlias T3 T4
R1\tOwner Arg1:T3 Arg2:T10\t
A1\tNegation E2
M2\tConfidence E2 High
N1\tReference T6 Wikidata:Q1:2\tUBND
#1\tAnnotatorNotes T6\txem lại
#2\tAnnotatorNotes T6\thỏi ai?
"""


def relations(text: AnnotatedText) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return relations with the words of their arguments."""
    surfaces = {span.id: text.surface(span) for span in text.spans}
    return [
        (relation.label, tuple((role, surfaces.get(target, target)) for role, target in relation.arguments))
        for relation in text.relations
    ]


def test_brat_events_point_forward_and_carry_attributes() -> None:
    text = only("brat", {"a.ann": BRAT, "a.txt": BRAT_TEXT})
    event, empty, alias, owner = text.relations
    assert relations(text)[0] == (
        "Hand-over",
        (
            ("", "bàn giao"),
            ("Giver-Org", "Sở Nội vụ"),
            ("Thing", "phần mềm một cửa"),
            ("Thing2", "phần mềm văn bản"),
            ("Cause", "E7"),
        ),
    )
    assert event.attributes == {"Negation": "true", "Confidence": "High"}
    assert (empty.trigger, alias.label, owner.label) == ("T5", "Alias", "Owner")
    spans = {span.id: span for span in text.spans}
    assert spans["T4"].fragments == ((19, 27), (39, 46))
    assert (spans["T6"].link, spans["T6"].attributes) == ("Wikidata:Q1:2", {"note": "xem lại | hỏi ai?"})


def test_brat_offsets_count_line_ends_and_marks_as_they_are() -> None:
    text = only("brat", {"a.ann": "T1\tX 5 8\tBắc\n", "a.txt": "\ufeffa\r\n Bắc"})
    assert words(text) == {"X": "Bắc"}


WEBANNO = """#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Thing|note|value
#T_SP=webanno.custom.Act|ROLE_webanno.custom.Act:who_webanno.custom.ActLink|webanno.custom.Thing
#T_RL=webanno.custom.Tie|label|since|BT_webanno.custom.Thing
#T_CH=webanno.custom.CorefLink|referenceRelation|referenceType


#Text=😊 Sở nối LGSP\\t.
1-1\t0-2\t😊\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
1-2\t3-5\tSở\tnhẹ \\[1\\]\tOrg\t_\t_\t_\t_\t_\tanaphoric->1-1\tnom[1]\t
1-3\t6-9\tnối\t*[3]|*[4]\tOrg[3]|Body[4]\tai;gì\t1-2;1-4\t_\t_\t_\t_\t_\t
1-4\t10-14\tLGSP\t*[3]|*[4]\tOrg[3]|Body[4]\t_\t_\tuses|owns\t2020|*\t1-2[0_3]|1-2[0_4]\t*->1-2\tnom[1]\t
1-4.1\t10-12\tLG\t*\tPart\t_\t_\t_\t_\t_\t_\t_\t

#Text=Hai
2-1\t17-20\tHai\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
"""


def test_webanno_rows_with_stacks_parts_slots_and_chains() -> None:
    reading = read("webanno", {"a.tsv": WEBANNO})
    # The relation of a row leads to annotations that start on another: tools write it where they start.
    assert [str(problem) for problem in reading.problems] == [
        "a.tsv:12:1 KG122 R3 refers to 1-4[3], which is not in the file — add 1-4[3], or delete R3",
        "a.tsv:12:1 KG122 R4 refers to 1-4[4], which is not in the file — add 1-4[4], or delete R4",
    ]
    moved = WEBANNO.replace("\tuses|owns\t2020|*\t1-2[0_3]|1-2[0_4]\t*->1-2", "\t_\t_\t_\t*->1-2").replace(
        "\tai;gì\t1-2;1-4\t_\t_\t_\t", "\tai;gì\t1-2;1-4.1\tuses|owns\t2020|*\t1-2[0_3]|1-2[0_4]\t"
    )
    text = only("webanno", {"a.tsv": moved})
    assert text.text == "😊 Sở nối LGSP\t.\nHai"
    names = [(span.layer, span.label, text.surface(span)) for span in text.spans]
    assert ("Thing", "Body", "nối LGSP") in names
    assert ("Thing", "Part", "LG") in names
    assert next(span for span in text.spans if span.label == "Org").attributes == {"note": "nhẹ [1]"}
    assert relations(text) == [
        ("anaphoric", (("Arg1", "Sở"), ("Arg2", "LGSP"))),
        ("Act", (("", "nối"), ("ai", "Sở"), ("gì", "LG"))),
        ("uses", (("Arg1", "Sở"), ("Arg2", "nối LGSP"))),
        ("owns", (("Arg1", "Sở"), ("Arg2", "nối LGSP"))),
    ]
    assert [relation.attributes for relation in text.relations[2:]] == [{"since": "2020"}, {}]


CAS = {
    "%TYPES": {},
    "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "😊 Sở nối LGSP"},
        {"%ID": 2, "%TYPE": "x.ner.type.NamedEntity", "@sofa": 1, "begin": 3, "end": 5, "value": "ORG"},
        {"%ID": 3, "%TYPE": "x.ner.type.NamedEntity", "@sofa": 1, "begin": 10, "end": 14,
         "value": "SYSTEM", "identifier": "mh:lgsp", "checked": True},
        {"%ID": 4, "%TYPE": "webanno.custom.Tie", "@sofa": 1, "begin": 10, "end": 14,
         "@Governor": 2, "@Dependent": 3, "label": "uses", "from_": "2020"},
        {"%ID": 5, "%TYPE": "webanno.custom.Act", "@sofa": 1, "begin": 6, "end": 9, "@who": 6},
        {"%ID": 6, "%TYPE": "webanno.custom.ActLink[]", "%ELEMENTS": [7]},
        {"%ID": 7, "%TYPE": "webanno.custom.ActLink", "role": "ai", "@target": 2},
        {"%ID": 8, "%TYPE": "x.segmentation.type.Token", "@sofa": 1, "begin": 3, "end": 5},
    ],
}  # fmt: skip


def test_json_cas_with_slots_and_an_emoji() -> None:
    text = only("cas", {"a.json": json.dumps(CAS)})
    assert words(text) == {"ORG": "Sở", "SYSTEM": "LGSP", "Act": "nối"}
    assert (text.spans[1].link, text.spans[1].attributes) == ("mh:lgsp", {"checked": "true"})
    assert sorted(relations(text)) == [
        ("Act", (("", "nối"), ("ai", "Sở"))),
        ("uses", (("Arg1", "Sở"), ("Arg2", "LGSP"))),
    ]
    assert text.relations[1].attributes == {"from": "2020"}


def region(identifier: str, start: int, end: int, said: str, label: str) -> dict[str, object]:
    value = {"start": start, "end": end, "text": said, "labels": [label]}
    return {"id": identifier, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def task(start: int, results: list[dict[str, object]]) -> dict[str, object]:
    first = [region("a", start, start + 2, "Sở", "ORG"), region("b", start + 7, start + 11, "LGSP", "SYSTEM")]
    return {"id": start, "data": {"text": "😊 Sở nối LGSP"}, "annotations": [{"result": [*first, *results]}]}


def test_label_studio_counts_utf_16_units_unless_the_words_say_otherwise() -> None:
    for start in (3, 2):  # as the editor counts, and as programs in Python do
        text = only("label-studio", {"a.json": json.dumps([task(start, [])])})
        assert words(text) == {"ORG": "Sở", "SYSTEM": "LGSP"}


def test_label_studio_takes_the_ground_truth_and_counts_the_others() -> None:
    left: dict[str, object] = {
        "from_id": "a",
        "to_id": "b",
        "type": "relation",
        "direction": "left",
        "labels": ["ownedBy"],
    }
    choice: dict[str, object] = {
        "id": "b",
        "from_name": "state",
        "type": "choices",
        "value": {"choices": ["pilot"]},
    }
    others = [{"result": [region("z", 0, 2, "😊", "X")]}, {"was_cancelled": True, "result": [choice]}]
    mine = json.loads(json.dumps(task(3, [left, choice])))
    mine["annotations"] = [*others, {**mine["annotations"][0], "ground_truth": True}]
    reading = read("label-studio", {"a.json": json.dumps([mine])})
    (text,) = reading.texts
    assert relations(text) == [("ownedBy", (("Arg1", "LGSP"), ("Arg2", "Sở")))]
    assert text.spans[1].attributes == {"state": "pilot"}
    assert reading.passed_over == {"was_cancelled": 1, "annotations[1:]": 1}


def test_doccano_ids_may_be_zero_and_labels_lists() -> None:
    rows = [
        {
            "text": "😊 Sở nối LGSP",
            "entities": [
                {"id": 0, "start_offset": 2, "end_offset": 4, "label": "ORG"},
                {"id": 1, "start_offset": 9, "end_offset": 13, "label": "SYSTEM"},
            ],
            "relations": [{"id": 0, "from_id": 0, "to_id": 1, "type": "uses"}],
        },
        {"text": "Sở", "label": [[0, 2, "ORG"], [0, 2, "BODY"]], "cats": ["tin"]},
    ]
    reading = read("doccano", {"a.jsonl": "\n".join(map(json.dumps, rows))})
    first, second = reading.texts
    assert relations(first) == [("uses", (("Arg1", "Sở"), ("Arg2", "LGSP")))]
    assert [(span.label, span.fragments) for span in second.spans] == [
        ("ORG", ((0, 2),)),
        ("BODY", ((0, 2),)),
    ]
    assert (reading.problems, reading.passed_over) == ([], {"cats": 1})


def test_doccano_without_any_relation_is_doubted() -> None:
    row = {"text": "Sở", "entities": [{"id": 5, "start_offset": 0, "end_offset": 2, "label": "O"}]}
    reading = read("doccano", {"a.jsonl": json.dumps({**row, "relations": []})})
    (problem,) = reading.problems
    assert problem.text("en").startswith("a.jsonl:1:1 KG123 warning: 1 span and not one relation: doccano")


def test_web_annotations_by_quotation_and_relations_of_recogito() -> None:
    def target(*selectors: object) -> dict[str, object]:
        return {"source": "http://example.org/texts/bai.txt", "selector": [*selectors]}

    def quote(exact: str, prefix: str) -> dict[str, str]:
        return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix}

    in_utf_16_units = {"type": "TextPositionSelector", "start": 6, "end": 10}
    annotations = [
        {
            "id": "#1",
            "body": {"value": "ORG", "purpose": "tagging"},
            "target": target(quote("Sở", "nối ")),
        },
        {
            "id": "#2",
            "body": ["mh:lgsp", {"value": "SYSTEM", "purpose": "classifying"}],
            "target": target(in_utf_16_units, quote("LGSP", "")),
        },
        {"id": "#3", "motivation": "linking", "body": [], "target": [{"id": "#1"}, {"id": "#2"}]},
    ]
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": annotations}
    text = only("web-annotation", {"a.jsonld": json.dumps(page), "bai.txt": "Sở 😊 LGSP nối Sở"})
    assert text.spans[0].fragments == ((14, 16),)
    assert (text.spans[1].label, text.spans[1].link) == ("SYSTEM", "mh:lgsp")
    assert relations(text) == [("linking", (("Arg1", "Sở"), ("Arg2", "LGSP")))]


def test_conll_tags_of_every_convention() -> None:
    rows = "Sở I-ORG\nNội_vụ I-ORG\nvà O\nBộ S-ORG\nY_tế S-ORG\n\nLGSP B-SYS\ntỉnh E-SYS\n"
    rows += "-DOCSTART- O\nHuế B-LOC"
    first, second = read("conll", {"a.conll": rows}).texts
    assert [(span.label, first.surface(span)) for span in first.spans] == [
        ("ORG", "Sở Nội vụ"),
        ("ORG", "Bộ"),
        ("ORG", "Y tế"),
        ("SYS", "LGSP tỉnh"),
    ]
    assert (first.text, words(second)) == ("Sở Nội vụ và Bộ Y tế\nLGSP tỉnh ", {"LOC": "Huế"})
