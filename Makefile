# make run    install what is locked, build the index if it is stale, serve on 127.0.0.1:8000 (PORT= overrides)
# make test   install the test extras, then format, lint, types, tests
# make test-browser  open every page in Chromium (Debian: chromium fonts-noto-cjk)
# make check  validate the corpus
# make lock   resolve the dependencies anew (needs uv)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
export PORT ?= 8000
export PANLI_STORE ?= .store

.PHONY: run test test-browser check lock clean

run: $(VENV)/.run
	@$(BIN)/panli build corpus --if-stale
	@exec $(BIN)/panli serve

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not browser"

test-browser: $(VENV)/.test
	$(BIN)/python -m pytest tests/browser

check: $(VENV)/.run
	@$(BIN)/panli check corpus

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Panli needs Python 3.11 or newer: make run PYTHON=/path/to/python3"; exit 1; }
	@echo "Installing the locked packages into $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run .requirements-test.lock
	@$(PIP) --require-hashes -r .requirements-test.lock
	@touch $@

lock:
	uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements.lock
	uv pip compile -q pyproject.toml --extra build --extra test -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o .requirements-test.lock

clean:
	rm -rf $(VENV) .store .mypy_cache .ruff_cache .pytest_cache .hypothesis
