# make run | make review CALL=path | make test; each sets up all that it needs.
.DEFAULT_GOAL := help
SHELL := bash
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run review samples test check bench lock clean

help: ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## review the sample calls, then serve the page on 127.0.0.1
	@$(BIN)/coach samples
	@$(BIN)/coach app

review: $(VENV)/.run ## review one file: make review CALL=path
	@test -n "$(CALL)" || { echo "say which call: make review CALL=path" >&2; exit 2; }
	@$(BIN)/coach review "$(CALL)"

test: $(VENV)/.test ## everything that CI checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

check: $(VENV)/.test ## the quick part of the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not slow and not browser"

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "the venv module is missing: sudo apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@.ci/system-packages run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	@.ci/system-packages test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

bench: $(VENV)/.test ## seconds by stage and peak memory of a review of the 5-minute sample
	$(BIN)/python -m tests.benchmarks.stages sample_audio/zh_collection_dispute.opus --plain

lock: ## write the lock files anew (needs uv)
	uv pip compile --quiet pyproject.toml --extra whisper-base --group build --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --output-file requirements.lock
	uv pip compile --quiet pyproject.toml --extra whisper-base --group build --group test --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --output-file requirements-test.lock

clean: ## remove what was made here
	rm -rf $(VENV) artefacts .mypy_cache .pytest_cache .ruff_cache
