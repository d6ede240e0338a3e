# One door to every chore; each verb sets up its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
READY := $(VENV)/.ready

.PHONY: explore test lint types docs bench format clean

explore: $(READY)
	$(BIN)/egovkg explore

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	$(BIN)/python -c "import pathlib; pathlib.Path('$(READY)').touch()"

test: $(READY) lint types
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The checker finds the package by its name, whatever the clone is called: through a link inside .venv.
types: $(READY)
	mkdir -p $(VENV)/check && ln -sfn ../.. $(VENV)/check/egovkg
	cd $(VENV)/check && ../bin/mypy --config-file ../../pyproject.toml

docs: $(READY)
	$(BIN)/python -m egovkg.ontology.page > docs/ontology.md
	$(BIN)/python -m egovkg.queries.catalogue > docs/questions.md

bench: $(READY)
	$(BIN)/python benchmarks/run.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .egovkg build dist *.egg-info
