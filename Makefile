# One command a job; `make` alone lists them. Everything is installed into .venv here, and nothing outside this folder
# changes, but for `make browser` on a machine without a headless one.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PORT ?= 8000
OPTIONS ?=
# In a container everybody is root, whom Jupyter turns away unless asked.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
export DENO_NO_UPDATE_CHECK := 1
export PYTHONHASHSEED := 0

.PHONY: help book build lab test lint check unit notebooks-test notebooks browser bench kit lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

$(READY): requirements.txt pyproject.toml hatch_build.py
	@echo "Setting up .venv: about 1 GB, once; a minute or two."
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	touch $@

build: $(READY)  ## build the book into _build/html
	rm -rf _build/html _build/.doctrees
	$(BIN)/python -m courseware.web.build
	$(BIN)/jupyter-book build . -n -W --keep-going --quiet
	@echo "The book is in _build/html: open index.html there, or run: make book. To hand it on: the zip file in there"

book: build  ## build the book and serve it on this machine
	@$(BIN)/courseware serve --port $(PORT)

lab: $(READY)  ## open the labs in JupyterLab; where there is no browser: make lab OPTIONS=--no-browser
	$(BIN)/python -m courseware.web.build
	mkdir -p .venv/share/jupyter/lab/settings
	cp binder/overrides.json5 .venv/share/jupyter/lab/settings/
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/exercises/START-HERE.md --LabApp.extension_manager=readonly \
	  $(AS_ROOT) $(OPTIONS)

test: $(READY) browser lint check build unit notebooks-test  ## run every gate

lint: $(READY)  ## format, style, types, arrows between modules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deno fmt --check
	$(BIN)/deno lint
	$(BIN)/deno task check

check: $(READY)  ## every exercise file, with line numbers
	$(BIN)/courseware check

unit: $(READY)  ## unit, property and browser tests, against the book as built
	$(BIN)/deno task test
	$(BIN)/python -m pytest -n 2 --dist loadfile

notebooks-test: $(READY)  ## run every stored notebook and compare it with what is stored
	$(BIN)/python -m pytest -p tests.notebooks_timed --nbval chapters/*.ipynb exercises/*/labs/*.ipynb book/*/*.ipynb \
	  -n 2 --dist loadfile -p no:cacheprovider

notebooks: $(READY)  ## run every stored notebook and keep what it shows
	$(BIN)/courseware notebooks
	$(BIN)/courseware starters

browser: $(READY)  ## find a Chromium, or get one
	$(BIN)/python -m tests.browser.find

bench: $(READY) browser build  ## print the budgets beside what is measured
	$(BIN)/python -m tests.bench

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
  pyproject.toml

kit: $(READY)  ## make every facilitators' kit into _build/kits, as a build does for the book; one: .venv/bin/courseware kit 4
	$(BIN)/courseware kit --out _build/kits

lock: $(READY)  ## write both locks, all of it and what a learner's kernel needs, from pyproject.toml
	$(LOCK) --all-extras -o requirements.txt
	$(LOCK) --extra lab --extra build --constraint requirements.txt -o binder/requirements.txt

clean:  ## remove what was built, but not .venv
	rm -rf _build courseware/web/dist book/reference/data book/facilitators/run-sheets book/facilitators/room
