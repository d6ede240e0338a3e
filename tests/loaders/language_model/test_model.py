"""A language model behind an address: a small server in this process plays it, well and badly."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from egovkg.cli import main
from egovkg.errors import EndpointError
from egovkg.graph.endpoint.transport import RequestLimits
from egovkg.loaders.drafts import DraftArticle, DraftDesk, DraftRequest
from egovkg.loaders.language_model import ModelConnection, advised, connection
from egovkg.loaders.language_model.advice import prompt_digest
from egovkg.loaders.language_model.answer import AnswerError, ModelQuestion, read_answer
from egovkg.loaders.pipeline.checking import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

TEXT = "Tỉnh Bắc Kạn vận hành LGSP. LGSP dùng chung mọi thứ cần thiết với Cổng dịch vụ công quốc gia.\n"
DIGEST = "[LGSP](1) của tỉnh và [cổng quốc gia](2) có chung hạ tầng."
GOOD = {
    "digest": DIGEST,
    "english": "The LGSP of the province and the national portal share a base.",
    "relations": [{"subject": 1, "relation": "connectsTo", "object": 2}],
}


class Model(ThreadingHTTPServer):
    """A server that keeps what it was asked, and answers by a function of the number of the request."""

    def __init__(self, answer: Callable[[int], tuple[int, str, bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []

    def handle_error(self, request: object, address: object) -> None:
        """Print nothing: a client that gave up has closed the connection."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def log_message(self, *words: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        self._send(200, "application/json", json.dumps({"data": [{"id": "first-model"}]}).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, dict(self.headers), body))
        self._send(*self.server.answer(len(self.server.requests)))

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def chat(content: object, **choice: object) -> tuple[int, str, bytes]:
    text = content if isinstance(content, str) else json.dumps(content)
    answer = {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop", **choice}]
    }
    return 200, "application/json", json.dumps(answer).encode()


@contextmanager
def model(answer: Callable[[int], tuple[int, str, bytes]]) -> Iterator[Model]:
    with Model(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def draft(folder: Path, *words: str) -> Result:
    """Draft the text with the Bắc Kạn of the shipped register."""
    (folder / "bai.txt").write_text(TEXT, "utf-8")
    arguments = ["draft", str(folder / "bai.txt"), "-o", str(folder / "c"), "--scope", "vn:bac-kan"]
    arguments += ["--published", "2020-12-01", "--publisher", "nat:bo-tttt", "--lang", "en"]
    return CliRunner().invoke(main, [*arguments, *words])


def test_proposals_of_a_model_are_marked_and_taken_over(tmp_path: Path) -> None:
    with model(
        lambda count: chat(GOOD if count == 2 else {"digest": "", "english": "", "relations": []})
    ) as server:
        result = draft(tmp_path, "--model", server.url)
    assert result.exit_code == 0, result.output
    assert "first-model was asked about 2 sentences; proposed digests: 1, relations: 1" in result.output
    path = tmp_path / "c" / "articles" / "bai.kg.md"
    text = path.read_text("utf-8")
    assert f"<!-- model first-model, prompt {prompt_digest()} -->" in text
    assert "bk:lgsp  connectsTo  nat:cong-dvcqg  # model\n" in text
    assert [problem.code for problem in check([path])] == ["KG106"]
    (_, _, body) = server.requests[1]
    assert "LGSP dùng chung" in body["messages"][1]["content"]
    article = DraftArticle(path)
    of_model = [proposal for proposal in article.proposals() if proposal.rule == "model"]
    assert [proposal.confidence for proposal in of_model] == [None, None]
    article.accept(of_model)
    text = path.read_text("utf-8")
    assert "\nbk:lgsp  connectsTo  nat:cong-dvcqg  # model\n" in text
    assert "\n[LGSP](bk:lgsp) của tỉnh và [cổng quốc gia](nat:cong-dvcqg) có chung hạ tầng.\n" in text
    assert "\n> The LGSP of the province and the national portal share a base.\n" in text
    assert {problem.code for problem in check([path])} == {"KG106"}


def test_without_the_switch_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*values: object, **named: object) -> None:
        raise AssertionError

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setenv("EGOVKG_MODEL_KEY", "secret")
    assert draft(tmp_path).exit_code == 0
    assert draft(tmp_path, "--model-name", "x").exit_code == 2


BAD: Sequence[tuple[str, tuple[int, str, bytes], str, int]] = [
    ("page", (200, "text/html", b"<html>Welcome"), "a web page came back", 1),
    ("no key", (401, "application/json", b"{}"), "set EGOVKG_MODEL_KEY to a valid key", 1),
    ("no model", (404, "application/json", b'{"error": {"message": "no model x"}}'), "no model x", 1),
    ("redirect", (307, "text/plain", b""), "status 307", 1),
    ("list", (200, "application/json", b"[1]"), "no answer of the interface", 1),
    (
        "refusal",
        chat("", message={"refusal": "I cannot", "content": None}),
        "the model refused to answer (I cannot)",
        3,
    ),
    ("cut", chat("{", finish_reason="length"), "cut off", 3),
    ("nonsense", chat("Chào bạn!"), "not the JSON that was asked for", 3),
    ("deep", chat("{" * 5000 + "}"), "not the JSON that was asked for", 3),
    ("large", (200, "application/json", b" " * 10000), "larger than any that is used", 3),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> DraftDesk:
    return DraftDesk(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize(("answer", "told", "most"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_answer_is_told_and_the_draft_stays(
    answer: tuple[int, str, bytes], told: str, most: int, desk: DraftDesk
) -> None:
    drafted = desk.draft((TEXT * 4).encode(), "bai.txt", DraftRequest(None, "vn:bac-kan", "2020-12-01"))
    with model(lambda count: answer) as server:
        asked = ModelConnection(server.url, "x", limits=RequestLimits(attempts=1, largest=9000))
        advice = advised(drafted, desk.lexicon, asked)
    assert advice.end
    assert told in advice.end.text("en")
    assert len(server.requests) == most  # of four sentences and more
    assert advice.drafted.draft.paragraphs == drafted.draft.paragraphs


def test_a_useless_answer_is_counted_and_the_draft_is_written(tmp_path: Path) -> None:
    empty: dict[str, object] = {"digest": "", "english": "", "relations": []}
    with model(lambda count: chat("Chào bạn!" if count == 1 else empty)) as server:
        result = draft(tmp_path, "--model", server.url)
    assert result.exit_code == 0, result.output
    assert "left out, 1×: the answer is not the JSON that was asked for" in result.output
    assert "#?" in (tmp_path / "c" / "articles" / "bai.kg.md").read_text("utf-8")


def test_a_failure_is_told_and_the_draft_is_written(tmp_path: Path) -> None:
    with model(lambda count: (500, "text/html", b"<html>")) as server:
        result = draft(tmp_path, "--model", server.url)
    assert result.exit_code == 1
    assert result.output.count("the server answered with status 500") == 1
    assert "#?" in (tmp_path / "c" / "articles" / "bai.kg.md").read_text("utf-8")  # of the rules


def test_without_a_server_the_draft_of_the_rules_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "LIMITS", RequestLimits(attempts=1))
    result = draft(tmp_path, "--model", "http://127.0.0.1:9/v1")
    assert result.exit_code == 1
    assert result.output.count("http://127.0.0.1:9/v1") == 1
    assert "#?" in (tmp_path / "c" / "articles" / "bai.kg.md").read_text("utf-8")


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()

    def silent(count: int) -> tuple[int, str, bytes]:
        ready.wait(5)
        return chat("late")

    with model(silent) as server:
        asked = ModelConnection(server.url, "x", limits=RequestLimits(seconds=0.05, attempts=1))
        with pytest.raises(EndpointError, match=r"no complete answer within 0\.05 s"):
            asked.ask("", "")
        ready.set()


def test_the_key_is_sent_to_its_server_alone() -> None:
    with model(lambda count: chat("x")) as server:
        asked = ModelConnection(server.url, environment={"EGOVKG_MODEL_KEY": "secret"})
        asked.ask("", "")
    assert server.requests[0][1]["Authorization"] == "Bearer secret"
    with pytest.raises(EndpointError, match="without encryption"):
        ModelConnection("http://model.example/v1", "x", environment={"EGOVKG_MODEL_KEY": "secret"})


@pytest.mark.parametrize(
    ("digest", "english", "key"),
    [
        ("Tỉnh đã có 37 hệ thống.", "The province has 37 systems.", "number"),
        ("Tỉnh đã có hệ thống.", "Tỉnh đã có hệ thống rồi.", "no-vietnamese"),
        ("Tỉnh đã có hệ thống. ```claims", "The province has systems.", "markup"),
        ("Tỉnh có " * 200, "The province has systems.", "too-long"),
        ("", "The province has systems.", "too-short"),
        (
            "LGSP chia sẻ chung với Trung tâm dữ liệu tỉnh mọi thứ cần thiết cho việc.",
            "It shares all that is needed.",
            "copied",
        ),
    ],
)
def test_a_digest_that_is_no_digest_is_left_out(digest: str, english: str, key: str) -> None:
    sentence = "LGSP chia sẻ chung với Trung tâm dữ liệu tỉnh mọi thứ cần thiết cho việc chung."
    answer = read_answer(json.dumps({"digest": digest, "english": english}), ModelQuestion(sentence, (), {}))
    assert [fault.key for fault in answer.faults] == [key]
    assert answer.digest == ""


def test_relations_are_those_that_were_allowed() -> None:
    question = ModelQuestion("Câu.", ("a:b", "a:c"), {("a:b", "a:c"): ["connectsTo"]})
    relations = [
        {"subject": 1, "relation": "connectsTo", "object": 2},
        {"subject": 2, "relation": "connectsTo", "object": 1},
        {"subject": 1, "relation": "connectsTo", "object": 99},
        {"subject": "1", "relation": "connectsTo", "object": 2},
        "connectsTo",
    ]
    answer = read_answer("<think>{}</think> Đây: " + json.dumps({"relations": relations}), question)
    assert answer.relations == (("a:b", "connectsTo", "a:c"),)
    assert [fault.key for fault in answer.faults] == ["wrong-relation"]


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"digest": ', '{"other": 1}'])
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        read_answer(text, ModelQuestion("Câu.", (), {}))
