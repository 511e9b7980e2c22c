# `make demo` and `make test` set up everything they need in .venv.
PYTHON ?= python3
VENV := .venv
SHARED ?= ../shared
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types check quality train docs bench lock clean
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

quality: $(STAMP)  ## extraction against the gold graphs, written to docs/quality.md
	$(BIN)/python -m benchmarks.quality --card docs/quality.md

docs: $(STAMP)  ## write docs/cli.md and the examples of README.md anew
	$(BIN)/python tools/write_cli_docs.py
	$(BIN)/python tools/run_readme.py

train:  ## train the tagger and the scorer anew (docs/model-card.md): make train SHARED=../shared, 20 to 40 minutes
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --editable . -r tools/train_tagger/requirements.txt -r tools/train_relations/requirements.txt
	.venv-train/bin/python -m tools.train_tagger $(SHARED)/corpora $(SHARED)/gold .venv-train/scratch -o loaders/extraction/model
	.venv-train/bin/python -m tools.train_relations.train $(SHARED)/gold/dev

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
