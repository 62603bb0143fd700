# `make` lists what there is. Each target first sets up what it needs, once: see tools/set-up.sh.
# ARGS="…" is passed on: make site ARGS="--lang es", make test ARGS="tests/load -x".

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
STEPWELL := .venv/bin/stepwell
UV := $(PYTHON) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

# A set-up is done if it was done in this folder from this lock: both are in the name of its mark.
key = $(shell { pwd; cat pyproject.toml tools/set-up.sh requirements/$(1).txt; } | cksum | cut -d' ' -f1)
site_ready := .venv/ready-site-$(call key,runtime)
test_ready := .venv/ready-test-$(call key,dev)
# An environment whose Python is gone is no set-up.
$(shell test -x $(PYTHON) || rm -f .venv/ready-*)

.PHONY: help site test check serve bench soak lint types words lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

site: $(site_ready) ## build the website, leaflets and pocket guides from pathways/ into site/
	@$(STEPWELL) build $(ARGS)
	@echo "To read it: make serve. Or publish the folder site/ as it is."

test: lint types ## lint, types and all tests
	@$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(site_ready) ## find problems in pathways/ without building
	@$(STEPWELL) check $(ARGS)

serve: $(site_ready) ## build, show in a browser, build again at each change
	@$(STEPWELL) serve $(ARGS)

bench: $(test_ready) ## measure builds: time and memory
	@$(PYTHON) tests/bench $(ARGS)

soak: $(test_ready) ## tests that take minutes: repeated kills, long series of edits
	@$(PYTHON) -m pytest -m soak $(ARGS)

lint: $(test_ready) ## style and format of the code
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check --quiet

types: $(test_ready) ## mypy, strict
	@$(PYTHON) -m mypy

words: $(test_ready) ## bring the catalogs of interface words up to date
	@$(PYTHON) tools/words.py

lock: $(test_ready) ## pin the requirements again; newest: make lock ARGS=--upgrade
	@$(UV) $(ARGS) --group install -o requirements/runtime.txt
	@$(UV) $(ARGS) --extra dev -c requirements/runtime.txt -o requirements/dev.txt

clean: ## delete what builds and tools made, but .venv
	@rm -rf site .stepwell schema dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(site_ready):
	@tools/set-up.sh site
	@rm -f .venv/ready-site-* && touch $@

$(test_ready): $(site_ready)
	@tools/set-up.sh test
	@rm -f .venv/ready-test-* && touch $@
