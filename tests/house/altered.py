"""A copy of the package with an altered ontology or words, and a small corpus that uses every code of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import egovkg
from egovkg.loaders.pipeline.corpus import REPLACEMENT
from egovkg.tests.corpora.folders import FIVE

ROOT = Path(egovkg.__file__).parent
_LEFT_OUT = shutil.ignore_patterns(
    ".*",
    "__pycache__",
    "tests",
    "benchmarks",
    "docs",
    "*.egg-info",
    "articles",
    "build",
    "corpus",
    "dist",
    "node_modules",
)
_NATIONAL = ("nat", "vn")
# Runs many verbs in one process, since starting Python for each would take most of the time.
# "GET" is no verb: it asks the JSON interface of the service, as one of its workers does.
_RUNNER = """
import json, sys
from click.testing import CliRunner
from pathlib import Path
from egovkg import __file__ as package
from egovkg.cli import main
from egovkg.graph.publish import open_published
from egovkg.service.answers import json_endpoints
from egovkg.service.contract.messages import Job
from egovkg.service.contract.settings import Limits
calls = json.load(sys.stdin)
def reply(call):
    run = CliRunner().invoke(main, call)
    fault = repr(run.exception or "")
    return {"status": run.exit_code, "text": run.stdout, "notes": run.stderr, "fault": fault}

def answer(name, *pairs):
    job = Job("api", {"name": name, "pairs": [pair.split("=", 1) for pair in pairs]})
    body = json_endpoints.answer(open_published(Path("graph")), job, Limits()).body
    return {"status": 0, "text": body.decode(), "notes": "", "fault": repr("")}

replies = [answer(*call[1:]) if call[0] == "GET" else reply(call) for call in calls["verbs"]]
json.dump({"package": package, "replies": replies}, sys.stdout)
"""


@dataclass(frozen=True)
class Reply:
    """What a verb printed as result and as notes, its exit status, and the error that it ended with."""

    verb: str
    status: int
    text: str
    notes: str
    fault: str


@dataclass(frozen=True)
class AlteredPackage:
    """A copy of the package in a folder of its own.

    :param folder: the folder that holds `egovkg/`
    """

    folder: Path

    @classmethod
    def copied(cls, folder: Path) -> AlteredPackage:
        """Copy the package without tests and documents, with the national register of the five articles."""
        shutil.copytree(ROOT, folder / "egovkg", ignore=_LEFT_OUT)
        shutil.copytree(FIVE, folder / "egovkg" / "corpus", ignore=_LEFT_OUT)
        (folder / "egovkg" / "corpus" / "articles").mkdir()
        for register in (folder / "egovkg" / "corpus" / "register").glob("*.yaml"):
            if register.stem not in _NATIONAL:
                register.unlink()
        return cls(folder)

    @property
    def root(self) -> Path:
        return self.folder / "egovkg"

    def append(self, name: str, turtle: str) -> None:
        """Add Turtle to a module of its ontology."""
        with (self.root / "ontology" / name).open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n" + turtle)

    def run(self, *verbs: list[str]) -> list[Reply]:
        """Run verbs of the command line, one after the other, in one process."""
        settings = {
            "PYTHONPATH": str(self.folder),
            "PYTHONUTF8": "1",
            "EGOVKG_NO_BROWSER": "1",
            REPLACEMENT: "",
        }
        process = subprocess.run(
            [sys.executable, "-c", _RUNNER],
            input=json.dumps({"verbs": verbs}),
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env={**os.environ, **settings},
            check=False,
        )
        assert process.returncode == 0, process.stderr
        answer = json.loads(process.stdout)
        assert Path(answer["package"]).parent == self.root
        return [Reply(" ".join(verb), **reply) for verb, reply in zip(verbs, answer["replies"], strict=True)]
