# One door to every chore; each verb sets up its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CHECKOUT := $(PIP) --no-deps --no-build-isolation -e .
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraint constraints.txt \
	--generate-hashes --no-annotate --custom-compile-command "make lock"
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
ESLINT := $(VENV)/node/node_modules/.bin/eslint
ROOMS := cli,graph,loaders,ontology,queries,service,viz
TESTS := pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not thorough"
COVERAGE := $(VENV)/coverage.txt
SOAK_SECONDS ?= 120
SOAK_OPTIONS ?=
FUZZ_OPTIONS ?=
NEED := import sys; sys.exit(sys.version_info < (3, 11) and "egovkg needs Python 3.11 or later; this is Python %d.%d: make explore PYTHON=python3.11" % sys.version_info[:2])

.PHONY: explore help quick test coverage thorough lint scripts types docs bench soak fuzz w3c scaling spark lock format release clean

explore: $(READY)  ## build the graph and open it in the browser
	$(BIN)/egovkg explore

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

# What a user needs, each file with the hash that the lock names. An environment that is half made, or of an older
# Python, is made anew.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c '$(NEED)'
	@{ $(BIN)/python -c '$(NEED)' && $(BIN)/python -m pip --version; } >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(CHECKOUT)
	$(BIN)/python -c "import pathlib; pathlib.Path('$(READY)').touch()"

# What a developer needs in addition: tests, checkers, the reference implementations.
$(TOOLS): $(READY) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	$(CHECKOUT)
	$(BIN)/python -c "import pathlib; pathlib.Path('$(TOOLS)').touch()"

test: $(TOOLS) lint types  ## check format, lint and types, run every test
	$(BIN)/python -m $(TESTS)

# SlipCover counts the lines that the tests run, for half as much processor time again or more; the table lies in $(COVERAGE).
coverage: $(TOOLS)  ## run every test, print which share of the lines they run
	$(BIN)/python -m slipcover --source $(ROOMS) --skip-covered --out $(COVERAGE) -m $(TESTS)
	@awk '/^\(summary\)/ { print "coverage: " $$4 " % of " $$2 " lines, file by file in $(COVERAGE)" }' $(COVERAGE)

# The list stands in tests/conftest.py.
thorough: $(TOOLS)  ## run the long tests: all pages, all engines, processes
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m thorough

# What most changes need. No browser, no Java, no server.
quick: $(TOOLS) lint types  ## check format, lint and types, run the quick tests
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q -m "not browser and not engine and not java and not slow and not thorough"

lint: $(TOOLS) scripts  ## check format and lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The scripts of the pages, by eslint as package-lock.json pins it, in .venv/node. It is no error to have no Node.js.
scripts:  ## lint the scripts of the pages, where Node.js is installed
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(ESLINT) && $(ESLINT) --max-warnings 0 .; \
	else echo "scripts of the pages: not linted, as npm was not found (install Node.js 18.18 or later)"; fi

$(ESLINT): package.json package-lock.json
	mkdir -p $(VENV)/node && cp package.json package-lock.json .npmrc $(VENV)/node
	npm ci --silent --prefix $(VENV)/node && touch $(ESLINT)

# The checker finds the package by its name, whatever the clone is called: through a link inside .venv.
# The tests and benchmarks lie below it, and are checked with it.
types: $(TOOLS)  ## check types with mypy
	mkdir -p $(VENV)/check && ln -sfn "$(CURDIR)" $(VENV)/check/egovkg
	cd $(VENV)/check && ../bin/mypy --config-file "$(CURDIR)/pyproject.toml"

docs: $(TOOLS)  ## regenerate the generated pages
	$(BIN)/python -m egovkg.ontology.page > docs/ontology.md
	$(BIN)/python -m egovkg.queries.questions.catalogue > docs/questions.md
	$(BIN)/python -m egovkg.loaders.authoring.relations_page > docs/relations.md
	$(BIN)/python -m egovkg.loaders.authoring.schemas docs/schemas
	$(BIN)/python -m egovkg.loaders.annotation_tools.mapping docs/schemas
	$(BIN)/python tests/docs/test_rooms.py
	$(BIN)/python tests/docs/test_answers.py
	$(BIN)/python tests/docs/test_formats.py
	$(BIN)/python tests/docs/test_annotation_tools.py
	$(BIN)/python tests/docs/test_sourcing.py
	$(BIN)/python tests/queries/planning/test_gaps.py
	$(BIN)/python tests/docs/test_dependencies_tutorial.py
	$(BIN)/python tests/docs/test_tutorial.py

bench: $(TOOLS)  ## measure speed as ratios to other tools in the same run
	$(BIN)/python benchmarks/run.py

# The service attacked for SOAK_SECONDS: good clients beside one attack or fault after the other, on this machine only.
soak: $(TOOLS)  ## attack the service for SOAK_SECONDS seconds, row by row
	$(BIN)/python -m egovkg.benchmarks.soak --seconds $(SOAK_SECONDS) $(SOAK_OPTIONS)

# Changed texts to every reader of texts and to the service, some two minutes; what breaks one is kept in fuzz-faults.
fuzz: $(TOOLS)  ## feed randomly changed texts to every parser, two minutes
	$(BIN)/python -m egovkg.tests.fuzz $(FUZZ_OPTIONS)

# Sizes and times at 1 M and 10 M quads, into docs/scaling.md; 8 GiB of disk, removed afterwards.
scaling: $(TOOLS)  ## measure sizes and times at 1 M and 10 M quads
	$(BIN)/python benchmarks/scaling.py --page

# The Spark recipe against the embedded answers, in local mode; needs Java 17, and 491 MB of pyspark.
spark: $(TOOLS)  ## run the Spark recipe; installs pyspark
	$(PIP) -c constraints.txt -e ".[spark]"
	EGOVKG_SPARK=1 $(BIN)/python -m pytest tests/queries/questions/test_spark.py

# The suites of the W3C: make w3c EGOVKG_W3C=<folder with checkouts of w3c/rdf-tests and w3c/data-shapes>
w3c: $(TOOLS)  ## run the W3C test suites in the folder EGOVKG_W3C
	EGOVKG_W3C="$(EGOVKG_W3C)" $(BIN)/python -m pytest -q -s -rs --disable-warnings --show-capture=no tests/test_w3c.py

# The hashes of every file of every release in constraints.txt, for all systems and Pythons, from the index that uv is set
# up with. setuptools builds the package itself.
lock: $(READY)  ## write the locks again after a change of pyproject.toml or constraints.txt
	$(PIP) -c constraints.txt uv
	echo setuptools | $(LOCK) pyproject.toml - -o requirements.lock
	echo setuptools | $(LOCK) --extra dev pyproject.toml - -o requirements-dev.lock

format: $(TOOLS)  ## fix format and lint automatically
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Built once, tried as built, with its notes beside it; the version stands in __init__.py.
release: $(TOOLS)  ## build the wheel, try it, write the release notes
	rm -rf build dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .
	$(PYTHON) -m venv dist/.try
	dist/.try/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	dist/.try/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	cd dist && .try/bin/egovkg build -o .try/home && .try/bin/egovkg check
	$(BIN)/python tests/house/release_notes.py > dist/NOTES.md
	rm -rf build dist/.try && ls dist

clean:  ## remove the environment and all built files
	rm -rf $(VENV) .egovkg build dist *.egg-info
