# Everything a person types. Tools live in .venv, at the versions of requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
export PIP_CONSTRAINT := $(CURDIR)/requirements.lock
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve test check check-assets pictures golden bench clean

help: ## Say what there is to type
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

site: .venv/for-site ## Install what is needed and build the site into site/
	$(BIN)/mkdocs build --strict
	@echo "site/index.html is ready"

serve: .venv/for-site ## Show the site at http://127.0.0.1:8000 and rebuild it after every edit
	$(BIN)/mkdocs serve --livereload

test: .venv/for-test ## Install what is needed and run the tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: .venv/for-check ## Look over the code and the plan without running the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check generator tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/plan-explorer check --strict
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory check-assets; \
	else echo "SKIPPED: prettier, stylelint and eslint, as npm is not installed"; fi

check-assets: node_modules/.installed
	npm run --silent check

pictures: .venv/for-test ## Take a picture of every kind of page into pictures/
	$(BIN)/python tests/browser/pictures.py

golden: .venv/for-test ## Compare the sites of this code with those of a commit: BASE=main OPTIONS=--help
	@PYTHONPATH=tests $(BIN)/python -m golden $(BASE) $(OPTIONS)

bench: .venv/for-test ## Measure building against other ways to build, and write BENCHMARKS.md
	$(BIN)/python tests/bench

clean: ## Remove everything that was installed or built
	rm -rf .venv node_modules .cache pictures dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
	find site -mindepth 1 ! -name .nojekyll -delete

.venv/pip: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/for-site: .venv/pip pyproject.toml
	$(BIN)/pip install --quiet --editable '.[export]'
	@touch $@

.venv/for-test: .venv/pip pyproject.toml
	$(BIN)/pip install --quiet --editable '.[test]'
	@touch $@ .venv/for-site

.venv/for-check: .venv/pip pyproject.toml
	$(BIN)/pip install --quiet --editable '.[test,check]'
	@touch $@ .venv/for-site .venv/for-test

node_modules/.installed: package.json
	npm install --loglevel=error --no-audit --no-fund --no-package-lock --ignore-scripts
	@touch $@
