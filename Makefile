# How to install, run and test Polemos. `make help` lists what there is.
# GNU make 3.81 or newer; Python is the only thing that has to be there before.

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv_build looks for its program on the path.
PIP := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALL := $(PIP) install --no-build-isolation

MEASURED := point_queries pool_throughput mixed_load front_end views_frames

SUITABLE := import sys; sys.exit(sys.version_info < (3, 11))
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help install serve test check build docs web screenshots benchmarks requirements wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-14s%s\n", $$1, $$2 }' Makefile

install: $(VENV)/installed ## install into .venv, and no more

serve: $(VENV)/installed ## build the graph where none is, then serve it (PORT=8000 HOST=127.0.0.1)
	@$(BIN)/polemos serve --build --host $(HOST) --port $(PORT)

build: $(VENV)/installed ## build a new version of the graph
	@$(BIN)/polemos build

test: $(VENV)/installed-dev ## run the tests (ARGS="-k name" for some of them)
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/installed-dev ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/installed-dev ## run the examples of the documentation
	@$(BIN)/python -m pytest tests/docs

web: web/node_modules/.installed ## check, test and bundle the front end (needs Node 18 or newer; who installs Polemos does not)
	@cd web && npm run --silent check && npm run --silent test && npm run --silent build

web/node_modules/.installed: web/package-lock.json
	@cd web && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

screenshots: $(VENV)/installed-dev ## take the pictures in docs/screens from the running program (needs Chromium)
	@PYTHONPATH=. $(BIN)/python docs/picture/screens.py

benchmarks: $(VENV)/installed-benchmarks ## measure what needs no arguments; benchmarks/README.md has all
	@for name in $(MEASURED); do echo "$$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

wheel: $(VENV)/installed-dev ## build dist/*.whl
	@rm -rf dist
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

requirements: $(VENV)/installed-dev ## pin the dependencies of pyproject.toml (ARGS=--upgrade for newer ones)
	$(COMPILE) --group build --output-file requirements-build.txt
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements.txt \
		--constraints requirements-build.txt --output-file requirements-dev.txt

clean: ## remove the environment, caches and built files; the graph in var/ stays
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Each stamp is newer than the pins it installed. The build tools come first because what is built
# from source (this project, owlready2) is built with them, and with nothing fetched without a hash.

$(VENV)/tools: requirements-build.txt
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c '$(SUITABLE)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Polemos needs Python 3.11 or newer, and neither $(PYTHON) nor python3 is." >&2; \
		echo "Install it and run make again, or name it: make PYTHON=/where/it/is ..." >&2; \
		exit 1; \
	fi; \
	[ -x $(BIN)/python ] && $(BIN)/python -c '$(SUITABLE)' || "$$found" -m venv --clear $(VENV) || { \
		rm -rf $(VENV); \
		echo "$$found could not make a virtual environment. On Debian and Ubuntu: apt install" \
			"python3-venv; then run make again." >&2; \
		exit 1; \
	}
	@echo "Installing into $(VENV); this takes a minute or two the first time."
	@$(INSTALL) --require-hashes --requirement requirements-build.txt
	@touch $@

$(VENV)/installed: requirements.txt pyproject.toml $(VENV)/tools
	@$(INSTALL) --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@

$(VENV)/installed-benchmarks: pyproject.toml $(VENV)/installed-dev
	@$(INSTALL) --group benchmarks
	@touch $@
