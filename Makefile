# `make demo` and `make test` set up everything they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types check quality docs bench lock clean
.DEFAULT_GOAL := check

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "innograph needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(STAMP)  ## sample press releases and records in, snapshot out
	rm -rf demo-atlas
	$(BIN)/innograph demo demo-atlas

test: $(STAMP)  ## all tests; those that need a browser are skipped where no Chromium is found
	$(BIN)/python -m pytest -n 2

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

check: lint types test  ## what CI runs

quality: $(STAMP)  ## extraction against the gold graphs (the yardstick breaks ties by hash order: fixed here)
	PYTHONHASHSEED=0 $(BIN)/python -m benchmarks.quality

docs: $(STAMP)  ## write docs/cli.md and the examples of README.md anew
	$(BIN)/python tools/write_cli_docs.py
	$(BIN)/python tools/run_readme.py

bench: $(STAMP)  ## speed
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.load

lock:  ## pin what a fresh install resolves to
	rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --editable '.[dev,neo4j]'
	$(VENV)-lock/bin/python -m pip freeze --exclude-editable > constraints.txt
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) build *.egg-info demo-atlas
