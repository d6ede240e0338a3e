"""The packages in use, their bill of materials, and the look-up of their known faults."""

from __future__ import annotations

import json
import re
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from egovkg.cli import main
from egovkg.cli.software import Component, ask_audit, bill_of_materials, components
from egovkg.cli.software.advisories import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STARLETTE = Component("starlette", "1.0.0", "BSD-3-Clause", True, False, ("anyio",))
URLLIB3 = Component("urllib3", "2.6.3", "MIT", True, False, ())
# Two records as OSV publishes them, cut to the fields that are read; the numbers are made up.
HOST: dict[str, Any] = {
    "id": "GHSA-0000-test",
    "aliases": ["CVE-2026-00001"],
    "summary": "Host header is not checked",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Starlette"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.0.1"}]}],
            "versions": ["0.9", "1.0.0"],
        },
        {"package": {"ecosystem": "npm", "name": "urllib3"}, "versions": ["2.6.3"]},
    ],
}
READING: dict[str, Any] = {
    "id": "PYSEC-0000-2",
    "details": "Reads without end\nmore",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "urllib3"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"last_affected": "2.6.3"}]}],
        }
    ],
}
WITHDRAWN = READING | {"id": "PYSEC-0000-3", "withdrawn": "2026-01-01T00:00:00Z"}
RECORDS = (HOST, READING, WITHDRAWN)


@contextmanager
def service(*, is_broken: bool = False) -> Iterator[tuple[str, list[Any]]]:
    """Answer like the interface of OSV, version 1; the second value lists what was asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def reply(self, content: object) -> None:
            body = b"<html>" if is_broken else json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            asked.append((self.path, dict(self.headers), queries))
            vulns = {"starlette": [{"id": "GHSA-0000-test", "modified": "2026-01-01T00:00:00Z"}]}
            results = [
                {"vulns": vulns[name]} if (name := q["package"]["name"]) in vulns else {} for q in queries
            ]
            self.reply({"results": results})

        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers), None))
            self.reply(HOST)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Write a copy of the database, as it is offered for download."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for record in RECORDS:
            archive.writestr(f"{record['id']}.json", json.dumps(record))
    return tmp_path / "all.zip"


def test_the_packages_are_those_that_egovkg_needs() -> None:
    parts = {part.name: part for part in components()}
    assert parts["pyoxigraph"].version == version("pyoxigraph")
    assert not parts["anyio"].is_optional  # which starlette needs
    assert "anyio" in parts["starlette"].needs
    assert {"pytest", "ruff", "pip"} & parts.keys() == set()
    assert [*parts] == sorted(parts)


def test_what_is_always_installed_has_no_copyleft_licence() -> None:
    required = [part for part in components() if not part.is_optional]
    assert len(required) > 30
    assert [part.name for part in required if re.search("GPL|GNU|MPL|EUPL", part.licence)] == []
    assert {part.name for part in required if not part.licence} <= {"pyromark"}  # its file is MIT


def test_the_bill_of_materials_is_valid_cyclonedx() -> None:
    done = CliRunner().invoke(main, ["packages", "--sbom"])
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(done.stdout) is None
    bill = json.loads(done.stdout)
    assert bill["metadata"]["component"]["name"] == "egovkg"
    refs = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {one["ref"] for one in bill["dependencies"]} == refs
    assert CliRunner().invoke(main, ["packages", "--sbom"]).stdout == done.stdout


def test_a_licence_is_an_expression_or_a_name() -> None:
    parts = [
        Component("egovkg", "1", "MIT OR Apache-2.0", True, False, ("old", "silent")),
        Component("old", "2", "BSD License", False, True, ()),
        Component("silent", "3", "", False, False, ()),
    ]
    bill = json.dumps(bill_of_materials(parts))
    assert '"licenses": [{"expression": "MIT OR Apache-2.0"}]' in bill
    assert (
        '"scope": "optional", "purl": "pkg:pypi/old@2", "licenses": [{"license": {"name": "BSD License"}}]'
        in bill
    )


def test_the_list_names_each_licence() -> None:
    done = CliRunner().invoke(main, ["packages", "--format", "csv", "--lang", "en"])
    assert f"numpy,{version('numpy')},BSD-3-Clause" in done.stdout


def test_a_service_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGOVKG_ENDPOINT_USER", "khoa")
    monkeypatch.setenv("EGOVKG_ENDPOINT_PASSWORD", "secret")
    with service() as (address, asked):
        report = ask_audit(address, [STARLETTE, URLLIB3])
    (finding,) = report.findings
    assert (report.checked, finding.name, finding.identifier) == (2, "starlette", "GHSA-0000-test")
    assert (finding.aliases, finding.fixed_in) == (("CVE-2026-00001",), ("1.0.1",))
    assert [path for path, _, _ in asked] == ["/v1/querybatch", "/v1/vulns/GHSA-0000-test"]
    assert asked[0][2][1] == {"package": {"name": "urllib3", "ecosystem": "PyPI"}, "version": "2.6.3"}
    assert not any("Authorization" in headers for _, headers, _ in asked)


def test_a_copy_is_read(copy: Path, tmp_path: Path) -> None:
    report = ask_audit(str(copy), [STARLETTE, URLLIB3])
    assert [(one.name, one.identifier, one.summary) for one in report.findings] == [
        ("starlette", "GHSA-0000-test", "Host header is not checked"),
        ("urllib3", "PYSEC-0000-2", "Reads without end"),
    ]
    with zipfile.ZipFile(copy) as archive:
        archive.extractall(tmp_path / "records")
    assert ask_audit(str(tmp_path / "records"), [STARLETTE, URLLIB3]).findings == report.findings


def test_mended_versions_have_no_fault(copy: Path) -> None:
    mended = [
        Component("starlette", "1.0.1", "", False, False, ()),
        Component("urllib3", "2.7.0", "", False, False, ()),
        Component("urllib4", "2.6.3", "", False, False, ()),
    ]
    assert ask_audit(str(copy), mended).findings == ()


@pytest.mark.parametrize("database", ["http://127.0.0.1:9", "missing.zip", "empty", "bad.zip", "bad"])
def test_without_a_database_nothing_counts_as_checked(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.json").write_text("[1]", "utf-8")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(AuditError, match="no package was checked"):
        ask_audit(database, [URLLIB3])
    done = CliRunner().invoke(main, ["audit", "--database", database, "--lang", "vi"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("egovkg: chưa kiểm tra gói nào: không dùng được")


def test_a_service_that_says_something_else_is_no_database() -> None:
    with service(is_broken=True) as (address, _), pytest.raises(AuditError, match="no package was checked"):
        ask_audit(address, [STARLETTE])


def test_the_verb_counts_what_was_checked(copy: Path) -> None:
    done = CliRunner().invoke(main, ["audit", "--database", str(copy), "--lang", "en", "--format", "csv"])
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert re.fullmatch(rf"\d\d packages looked up at {re.escape(str(copy))}: 0 known faults\n", done.stderr)
    record = {
        **READING,
        "affected": [{**READING["affected"][0], "ranges": [], "versions": [version("urllib3")]}],
    }
    with zipfile.ZipFile(copy, "a") as archive:
        archive.writestr("new.json", json.dumps(record))
    done = CliRunner().invoke(main, ["audit", "--database", str(copy), "--lang", "en", "--format", "csv"])
    assert (done.exit_code, done.stdout.count("\n")) == (1, 2)
    assert done.stderr.endswith(": 1 known fault\n")
