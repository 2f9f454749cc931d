# `make` alone prints what there is. Nothing here but python3 and make is expected of the machine.
PYTHON ?= python3
PY := .venv/bin/python
FAST := not slow and not browser and not prove and not bench
BUNDLER := renderer/assets/node_modules/.package-lock.json
LOCK := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help run check test prove bench assets lock fmt clean lint

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 14

run: .venv/run.stamp ## try it: the starter workspace with sample records, served; PORT=5000 chooses the port
	@$(PY) cli.py starter .workspace
	@$(PY) cli.py -C .workspace serve

check: lint ## before each commit, two minutes: ruff, mypy, import law, the fast tests
	@$(PY) -m pytest -n 2 -m "$(FAST)" --hypothesis-profile=check

test: lint $(BUNDLER) ## what CI runs, ten minutes: check, the slow tests and the browser
	@$(PY) -m pytest -n 2 -m "not prove and not bench" --hypothesis-profile=test

prove: lint $(BUNDLER) ## everything, an hour or two: full counts of the property tests, faults, mutations
	@$(PY) -m pytest -n 2 -m "not bench" --hypothesis-profile=prove

bench: .venv/dev.stamp ## measure against the hand-written rival; the figures are reported, never asserted
	@$(PY) -m benchmarks.run

lint: .venv/dev.stamp ## ruff, mypy --strict and the import law alone
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache

assets: $(BUNDLER) ## bundle the browser's scripts: renderer/assets → renderer/static
	@npm run --silent --prefix renderer/assets build

fmt: .venv/dev.stamp ## lay out the Python code
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format .

lock: .venv/dev.stamp ## resolve the requirements again and write their hashes
	@$(LOCK) --upgrade --group build --output-file requirements.txt
	@$(LOCK) --upgrade --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what was made, the sample workspace included
	@rm -rf .venv .workspace build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BUNDLER): renderer/assets/package-lock.json
	@command -v npm >/dev/null || { echo "Node is missing, which bundles and judges the scripts; on Debian: apt-get install nodejs npm" >&2; exit 1; }
	@npm ci --loglevel=error --no-audit --no-fund --prefix renderer/assets
	@touch $@

# The stamps make a second run free: they are older than a lock only when the lock has changed.
.venv/bin/python:
	@$(PYTHON) -m venv .venv || { echo "python3 cannot make a virtual environment here; on Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/run.stamp: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
