# Everything a person types. Tools live in .venv, at the versions and hashes of requirements/.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
LOCK := $(BIN)/uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --upgrade --quiet
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve pdf test check check-assets words pictures gallery golden bench dist lock sbom clean

help: ## Say what there is to type
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

site: .venv/for-site ## Install what is needed and build the site into site/
	$(BIN)/mkdocs build
	@echo "site/index.html is ready"

serve: .venv/for-site ## Show the site at http://127.0.0.1:8000 and rebuild it after every edit
	$(BIN)/mkdocs serve --livereload

pdf: .venv/for-site ## Print the whole site into plan.pdf; this needs Chromium
	$(BIN)/plan-explorer pdf

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

words: .venv/for-site ## Bring the catalogues of templates/words up to the messages of the code
	@mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keyword N_ --add-location file --sort-by-file --no-wrap \
		--project plan-explorer --version "" --output-file .cache/messages.pot generator templates
	@for file in templates/words/*.po; do \
		$(BIN)/pybabel --quiet update --input-file .cache/messages.pot --output-file $$file --no-wrap --no-fuzzy-matching \
		--locale $$(basename $$file .po | tr - _) --ignore-obsolete --ignore-pot-creation-date; done

pictures: .venv/for-test ## Take a picture of every kind of page into pictures/
	$(BIN)/python tests/browser/pictures.py

gallery: .venv/for-test ## Take the pictures of docs/gallery.md again
	$(BIN)/python tests/browser/gallery.py

golden: .venv/for-test ## Compare the sites of this code with those of a commit: BASE=main OPTIONS=--help
	@PYTHONPATH=tests $(BIN)/python -m golden $(BASE) $(OPTIONS)

bench: .venv/for-test ## Measure building against other ways to build, and write BENCHMARKS.md
	$(BIN)/python tests/bench

dist: .venv/for-test ## Build the wheel and the sdist into dist/
	$(BIN)/python -m hatchling build --directory dist

lock: .venv/for-check ## Choose the newest versions of all that is installed, and note them with their hashes
	$(LOCK) --output-file requirements/site.txt --extra export
	$(LOCK) --output-file requirements/test.txt --extra test --constraint requirements/site.txt
	$(LOCK) --output-file requirements/check.txt --extra test --extra check --constraint requirements/test.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

sbom: .venv/for-check ## Write the software bill of materials of a site's tools to dist/sbom.json
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements/site.txt --pyproject pyproject.toml --output-reproducible --output-file dist/sbom.json

clean: ## Remove everything that was installed or built
	rm -rf .venv node_modules .cache pictures dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
	find site -mindepth 1 ! -name .nojekyll -delete

.venv/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	@touch $@

# Every file that is installed has to have the hash it had when the versions were chosen.
.venv/for-%: requirements/%.txt pyproject.toml | .venv/pip
	$(BIN)/pip install --quiet --require-hashes --requirement $<
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/for-site
	@if [ $* = check ]; then touch .venv/for-test; fi

node_modules/.installed: package-lock.json
	npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@
