# Homeward: `make run` is all it takes on Debian or Ubuntu with Python 3.11.
SHELL := /bin/sh
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
VENV ?= .venv
# One more than there are cores: a test that waits for a browser or a server leaves its core to another.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
PY := $(VENV)/bin/python
PINS := requirements/build.txt requirements/base.txt
COMPILE := $(VENV)/bin/python -m uv pip compile --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
export VENV
# What was compiled is kept: a process that compiles the project anew takes a second longer to start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run setup test test-anyday test-twice fuzz check quick hooks bench faults screenshots docs tables format pins system \
	test-system fault-system

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

run: system $(VENV)/.base ## Get everything ready and serve on http://127.0.0.1:8000 (Ctrl-C stops all)
	@DEBUG=$${DEBUG:-1} exec $(PY) manage.py run --host $(HOST) --port $(PORT)

setup: system $(VENV)/.base ## Get everything ready, without serving
	@DEBUG=$${DEBUG:-1} $(PY) manage.py run --prepare

test: test-system $(VENV)/.dev ## The whole suite, unit to browser
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

test-anyday: test-system $(VENV)/.dev ## The suite but the browser, as if on four other days
	@PY=$(PY) WORKERS=$(WORKERS) scripts/test-anyday.sh $(TESTS)

test-twice: test-system $(VENV)/.dev ## The suite but the browser, each form sent once more
	$(PY) -m pytest -n 0 -p tests.sent_twice --ignore tests/browser $(TESTS)

quick: $(VENV)/.dev ## The half of make check that takes seconds: format, lint, layers
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --lint --quiet templates
	$(VENV)/bin/lint-imports

hooks: $(VENV)/.dev ## Let git run make quick before each commit, and look at the subject
	$(PY) -m pre_commit install

fuzz: test-system $(VENV)/.dev ## Ten times the odd requests of the suite, others on each run
	FUZZ_TRIES=$${FUZZ_TRIES:-20000} $(PY) -m pytest -n $(WORKERS) --dist worksteal tests/fuzz

check: system quick ## Format, lint, layers, types, migrations, deployment
	$(PY) -m mypy
	DEBUG=1 $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tests.plain_tables --check
	DEBUG=0 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALLOWED_HOSTS=physio.example DATABASE_URL=postgres://homeward@db.example/homeward \
		$(PY) manage.py check --deploy --fail-level WARNING

bench: test-system $(VENV)/.dev ## The figures that the README quotes
	$(PY) -m benchmarks $(ONLY)

faults: fault-system $(VENV)/.dev ## Kill, fill and promote real servers, print what came of it
	$(PY) -m benchmarks.faults $(FAULTS)

screenshots: test-system $(VENV)/.dev ## The pictures of the README
	$(PY) -m benchmarks.screenshots

docs: system $(VENV)/.base ## Write docs/rules.md from the rules
	DEBUG=1 $(PY) manage.py document_rules

tables: $(VENV)/.dev ## Write down what all migrations make, after a new one
	$(PY) -m tests.plain_tables

format: $(VENV)/.dev ## Lay the code out
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

pins: $(VENV)/.dev ## Compile the pins anew from requirements/*.in
	$(PY) -m pip install --quiet uv
	cd requirements && for name in build base dev; do \
		../$(COMPILE) $(UPGRADE) $$name.in -o $$name.txt || exit 1; done

system:
	@scripts/system-packages.sh run

test-system:
	@scripts/system-packages.sh test

fault-system:
	@scripts/system-packages.sh faults

$(VENV)/.base: $(PINS) scripts/python-environment.sh
	@scripts/python-environment.sh base
	@touch $@

$(VENV)/.dev: $(PINS) requirements/dev.txt scripts/python-environment.sh
	@scripts/python-environment.sh dev
	@touch $@ $(VENV)/.base
