"""Every fenced block of every page is run, by the test of its page or by the runner of its kind here.

What would need another machine is run as far as it goes: the commands of a shell block are parsed by their
verbs, the targets of make are looked up, addresses on this machine are asked of a service in the test.
"""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import create_autospec
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml
from click.testing import CliRunner
from egovkg.cli import main
from egovkg.graph.publish import open_published
from egovkg.loaders.annotation_tools.mapping import load_mapping
from egovkg.loaders.article.statement_lines import UnreadLine, read_claims, read_figures
from egovkg.loaders.readings.table import read_table
from egovkg.loaders.recognition.rules import RULES_FILE, load_rules
from egovkg.loaders.register.entries import read_register
from egovkg.loaders.register.measures import read_terms
from egovkg.loaders.register.proposals import Proposal
from egovkg.ontology.vocabulary import load_vocabulary
from egovkg.queries import spark
from egovkg.queries.questions.free_sparql import table_of
from egovkg.tests.docs.test_docs import DOCS, ROOT, read
from egovkg.tests.docs.test_tutorial import DOCUMENTS, Block, agrees, blocks, steps
from egovkg.viz.site import build as site_build
from egovkg.viz.site.content import texts

if TYPE_CHECKING:
    from collections.abc import Callable

# page → kinds of blocks that the named test of the page runs
RUN_BY_ITS_TEST = {
    **dict.fromkeys(DOCUMENTS, ("console",)),  # test_tutorial.py, as all blocks with file=
    "docs/dependencies.md": ("console", "python", "text"),  # test_dependencies_tutorial.py
    "docs/models.md": ("console",),  # test_models.py
    "docs/python.md": ("python",),  # test_python.py
    "docs/tours.md": ("yaml",),  # viz/site/test_shipped.py
}
OF_A_SHELL = {"source", ".", "cp", "export", ".venv\\Scripts\\Activate.ps1"}
OTHER_PROGRAMS = OF_A_SHELL | {"git", "python3", "py", "pip"}
LOCAL_ENDPOINT = "http://localhost:7878/query"
READERS_OWN = ("proposals.yaml", "my-tour.yaml", "plan-2027.kg.md", "inventory.xlsx")  # files of blocks
MERMAID = re.compile(r"(flowchart (LR|RL|TB|TD)|sequenceDiagram|stateDiagram-v2|classDiagram)\n")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def own_blocks() -> list[tuple[str, Block]]:
    """List the blocks that no test of their page runs."""
    pages = [(name_of(path), block) for path in DOCS for block in blocks(read(path))]
    return [
        (name, block)
        for name, block in pages
        if not block.file and block.info not in RUN_BY_ITS_TEST.get(name, ())
    ]


def run_python(block: Block, folder: Path) -> None:
    exec(compile(block.body, "block", "exec"), {"__name__": "block"})


def run_console(block: Block, folder: Path) -> None:
    """Run the commands, and compare what they print where the page shows it."""
    for step in steps(block.body):
        program, *words = shlex.split(step.command)
        assert program == "egovkg"
        if words[0] in {"link", "push"}:  # tests/cli/test_link.py, tests/graph/endpoint/test_push.py run them
            parse_command(words)
            continue
        done = CliRunner().invoke(main, words, prog_name=program)
        assert (done.exit_code == 0) is ("\nError: " not in step.shown), done.output
        assert not step.shown.strip() or agrees(step.shown, done.stdout + done.stderr), done.output


def parse_command(words: list[str]) -> None:
    """Let a verb read its switches and arguments, without running it."""
    with main.make_context("egovkg", words[:1], resilient_parsing=True) as context:
        verb = main.get_command(context, words[0])
        assert verb, words[0]
        groups = getattr(verb, "commands", {})
        assert not groups or words[1] in groups, words
        verb.make_context(words[0], words[1:])


def run_shell(block: Block, folder: Path) -> None:
    """Parse the commands of egovkg, look up the targets of make, ask addresses of this machine."""
    targets = re.findall(r"^([a-z0-9]+):", read(ROOT / "Makefile"), re.MULTILINE)
    for line in block.body.splitlines():
        for command in re.split(r"&&|;", line.split(" #")[0]):
            words = shlex.split(command, posix="\\" not in command) or ["."]
            program, *words = dropwhile(
                re.compile(r"[A-Z_]+=").match, words
            )  # after variables of one command
            if program == "egovkg":
                parse_command(words)
            elif program == "make":
                assert words[0] in targets, command
            elif program == "cd":
                assert words == ["egovkg"]
            elif program == ".venv/bin/pytest":
                assert (ROOT / words[0]).is_file(), command
            else:
                assert program in OTHER_PROGRAMS, command


def run_readings(block: Block, folder: Path) -> None:
    readings, problems = read_table(block.body, "readings.tsv")
    assert readings
    assert not problems


def run_tree(block: Block, folder: Path) -> None:
    """Look up the folders of a tree; other blocks without a kind explain a line of `check` or `import`."""
    if re.search(r" KG\d{3} ", block.body):
        assert re.match(r"[\w./-]+(\[[^]]+\])?:\d+:\d+ KG\d{3} ", block.body)
        return
    names = re.findall(r"^([\w-]+)/ ", block.body, re.MULTILINE)
    assert all((ROOT / name).is_dir() for name in names), names
    assert names or "articles/<id>.kg.md" in block.body


def run_yaml(block: Block, folder: Path) -> None:
    """Let the reader of a register, of measures, of units or of proposals read it."""
    content = yaml.safe_load(block.body)
    if isinstance(content, list):
        assert content[0].keys() <= set(Proposal.__annotations__) | {"iso_3166_2", "why"}
    elif "spans" in content:
        (folder / "mapping.yaml").write_text(block.body, encoding="utf-8")
        assert load_mapping(load_vocabulary(), folder / "mapping.yaml").spans["SYS"] == "InformationSystem"
    elif "relations" in content:
        (folder / RULES_FILE).write_text(block.body, encoding="utf-8")
        assert load_rules(folder).relations()
    elif "entities" in content:
        assert read_register(block.body, "register/mh.yaml")[1] == ()
    elif all("kind" in entry for entry in content.values() if isinstance(entry, dict)):  # entries alone
        assert read_register(f"prefix: mh\nentities:\n{block.body}", "register/mh.yaml")[1] == ()
    else:
        (section,) = content
        terms, problems = read_terms(block.body, f"{section}.yaml", section)
        assert terms
        assert problems == ()


def run_toml(block: Block, folder: Path) -> None:
    """Parse the settings of an editor, and the command that they start."""
    (server,) = tomllib.loads(block.body)["language-server"].values()
    assert server["command"] == "egovkg"
    parse_command(server["args"])


def run_sparql(block: Block, folder: Path) -> None:
    assert table_of(open_published(folder / ".egovkg"), block.body).rows


def run_claims(block: Block, folder: Path) -> None:
    assert not any(isinstance(line, UnreadLine) for line in read_claims(block.body, 1))


def run_figures(block: Block, folder: Path) -> None:
    assert not any(isinstance(line, UnreadLine) for line in read_figures(block.body, 1))


def run_mermaid(block: Block, folder: Path) -> None:
    assert MERMAID.match(block.body)
    for opening, closing in ("[]", "()", "{}"):
        assert block.body.count(opening) == block.body.count(closing)


def run_unit_file(block: Block, folder: Path) -> None:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.read_string(block.body)
    if "Socket" in parser:
        assert parser["Socket"]["ListenStream"].isdigit()
        return
    program, *words = shlex.split(parser["Service"]["ExecStart"])
    assert Path(program).name == "egovkg"
    parse_command(words)


def run_nginx(block: Block, folder: Path) -> None:
    assert block.body.count("{") == block.body.count("}")
    inner = [line.strip() for line in block.body.splitlines() if line.strip()]
    assert all(line.endswith((";", "{", "}")) for line in inner)


def run_article(block: Block, folder: Path) -> None:
    """Leave it to `test_docs.py`, which checks the one article of the page on the format."""
    assert block.body.startswith("---\nkg: 1\n")


RUNNERS: dict[str, Callable[[Block, Path], None]] = {
    "": run_tree,
    "tsv": run_readings,
    "claims": run_claims,
    "console": run_console,
    "figures": run_figures,
    "ini": run_unit_file,
    "markdown": run_article,
    "mermaid": run_mermaid,
    "nginx": run_nginx,
    "powershell": run_shell,
    "python": run_python,
    "sh": run_shell,
    "sparql": run_sparql,
    "toml": run_toml,
    "yaml": run_yaml,
}


@pytest.fixture
def folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a published graph; what needs another machine is replaced by its signature."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EGOVKG_HOME", raising=False)
    monkeypatch.setenv("EGOVKG_LANG", "vi")
    (tmp_path / ".egovkg").symlink_to(home)
    for name in READERS_OWN:
        (tmp_path / name).touch()
    monkeypatch.setattr(site_build, "write_site", create_autospec(site_build.write_site))
    monkeypatch.setattr(texts, "titles", create_autospec(texts.titles))
    for name in ("session", "read", "systems_per_province", "gap_counts", "impact_of"):
        monkeypatch.setattr(spark, name, create_autospec(getattr(spark, name)))
    return tmp_path


def is_remote(block: Block) -> bool:
    return LOCAL_ENDPOINT in block.body or "curl" in block.body


@pytest.mark.parametrize(
    ("name", "block"),
    [pair for pair in own_blocks() if not is_remote(pair[1])],
    ids=lambda value: str(value)[:20],
)
def test_block_runs(name: str, block: Block, folder: Path) -> None:
    RUNNERS[block.info](block, folder)


@pytest.mark.parametrize("block", [block for _, block in own_blocks() if LOCAL_ENDPOINT in block.body])
def test_block_that_asks_an_endpoint_runs(block: Block, folder: Path, served: str) -> None:
    body = block.body.replace(LOCAL_ENDPOINT, served)
    RUNNERS[block.info](Block(block.info, body, block.start), folder)


@pytest.mark.parametrize("block", [block for _, block in own_blocks() if "curl" in block.body])
def test_block_that_asks_the_service_runs(block: Block, served: str) -> None:
    program, *words = shlex.split(block.body)
    assert program == "curl"
    headers = dict(words[1].split(": ", 1) for _ in range(1) if words[0] == "-H")
    request = Request(words[-1].replace("http://127.0.0.1:8000/sparql", served), headers=headers)
    if "/api/" in words[-1]:
        request = Request(words[-1].replace("http://127.0.0.1:8000/", served.removesuffix("sparql")))
    if "query=SELECT" in words[-1]:  # the page shows how an error is answered
        with pytest.raises(HTTPError, match="400"):
            urlopen(request)
    else:
        assert urlopen(request).status == 200


def test_every_block_has_a_runner() -> None:
    assert {block.info for _, block in own_blocks()} <= RUNNERS.keys()
    assert len(own_blocks()) > 30


def test_a_wrong_block_fails(folder: Path) -> None:
    wrong = {
        "python": "from egovkg.viz import explorers\n",
        "sh": "egovkg exploree\n",
        "powershell": "make explode\n",
        "console": "$ egovkg show nobody-is-called-so\n",
        "sparql": "SELECT * { ?s ?p }\n",
        "yaml": "entities: {x: {kind: System}}\n",
        "claims": "mh:lgsp serves\n",
        "": "cli.py  the verbs\n",
    }
    for info, body in wrong.items():
        with pytest.raises(Exception):  # noqa: B017, PT011  each runner fails in its own way
            RUNNERS[info](Block(info, body, 0), folder)
