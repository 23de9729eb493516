# Everything a developer does here. It needs make and Python 3.11 or newer, no more:
# each target first makes `.venv` as the lock files say, and only when they changed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
CODE := bot storage tests bench tools
# The first of these that is new enough makes the environment; `make PYTHON=... test`
# chooses another.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Only langdetect ships no wheel. It is built with the locked build tools, so that
# nothing unlocked is ever fetched.
HASHED := --require-hashes --no-deps --no-build-isolation \
	--only-binary :all: --no-binary langdetect

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) \
		| sort | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(VENV)/.installed ## half a year of a made-up department: no token, no network
	@$(BIN)/python -m bot demo

.PHONY: install
install: $(VENV)/.installed ## the polsslag command, as .venv/bin/polsslag

.PHONY: run
run: $(VENV)/.installed ## the bot itself, as config.yaml says
	@$(BIN)/python -m bot run

# Side by side: the types are looked through by one core, and the other may work too.
.PHONY: test
test: $(VENV)/.dev $(VENV)/.installed ## all that CI checks: style, types, layers, tests
	@$(MAKE) --no-print-directory --jobs 2 lint suite

.PHONY: suite
suite: $(VENV)/.dev $(VENV)/.installed ## the tests, and what they reach
	$(BIN)/python -m pytest --numprocesses 3 --dist worksteal --cov --cov-report=
	$(BIN)/python tests/coverage_bars.py

.PHONY: lint
lint: $(VENV)/.dev $(VENV)/.installed ## style, types and layers, without the tests
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: bench
bench: $(VENV)/.dev $(VENV)/.installed ## how fast the bot is, and how often right
	@$(BIN)/python -m bench

.PHONY: soak
soak: $(VENV)/.dev $(VENV)/.installed ## the long tests: months of use in minutes
	$(BIN)/python -m pytest -m 'soak or hypothesis' --hypothesis-profile soak

.PHONY: lock
lock: .venv-lock/.uv ## lock the dependencies anew; UPGRADE=1 takes newer versions
	$(call compile,requirements-build.lock,--group build)
	$(call compile,requirements.lock,pyproject.toml -c requirements-build.lock)
	$(call compile,requirements-dev.lock,pyproject.toml --group dev \
		-c requirements-build.lock -c requirements.lock)

.PHONY: clean
clean: ## remove all that make made
	rm -rf .venv .venv-lock .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache dist
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

compile = .venv-lock/bin/uv pip compile $(2) --output-file $(1) \
	--universal --python-version 3.11 --generate-hashes --no-config \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	--quiet $(if $(UPGRADE),--upgrade)

USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

# $(call make_venv,FOLDER)
define make_venv
	@for python in $(PYTHON); do \
		if "$$python" -c '$(USABLE)' >/dev/null 2>&1; then \
			echo "Making $(1) with $$("$$python" --version)."; \
			exec "$$python" -m venv --clear $(1); \
		fi; \
	done; \
	echo "No Python 3.11 or newer that can make a virtual environment was found." >&2; \
	echo "Tried: $(PYTHON)." >&2; \
	echo "Install one (on Debian: apt install python3 python3-venv), or name it:" >&2; \
	echo "  make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
	exit 1
endef

$(VENV)/.created:
	$(call make_venv,$(VENV))
	@touch $@

$(VENV)/.build: requirements-build.lock $(VENV)/.created
	@echo "Installing the build tools."
	@$(PIP) install $(HASHED) -r requirements-build.lock
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.build
	@echo "Installing what the bot needs (about half a minute, once)."
	@$(PIP) install $(HASHED) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the tools for development (about as long, once)."
	@$(PIP) install $(HASHED) -r requirements-dev.lock
	@touch $@

# An editable install: it adds the `polsslag` command and copies no code.
$(VENV)/.installed: pyproject.toml $(VENV)/.runtime
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv-lock/.uv:
	$(call make_venv,.venv-lock)
	@.venv-lock/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.9,<1'
	@touch $@
