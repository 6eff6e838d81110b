# `make` alone explains the targets.
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
# Two at a time, a file of tests in one process: its browsers and builds are made once.
PYTEST := $(PY) -m pytest -q -p no:cacheprovider --durations=10 -n 2 --dist loadfile --no-loadscope-reorder
SPHINX := $(PY) -m sphinx -c book -d _build/doctrees -W -n --keep-going -q . _build/html

.PHONY: help book pack test mutants fuzz links bench lab serve tables data check notebooks requirements clean
help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

PYTHONS := Python 3.11 to 3.14 is needed (make PYTHON=python3.13), this is
# The lock is installed with its hashes checked, then the project itself, in place.
.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(None if (3, 11) <= v < (3, 15) else "$(PYTHONS) " + sys.version.split()[0])'
	@echo "Setting up, once: about 2 minutes and 700 MB, and nothing is shown meanwhile"
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

book: .venv/installed ## set up, run the notebooks, build the book
	@$(SPHINX)
	@echo "The book is built: open _build/html/index.html"

pack: book ## print sheets, text and the whole book, write documents, slides and an EPUB (EVIDENCE=1: with every list)
	$(PY) -m book.pack $(if $(EVIDENCE),evidence)

test: book ## set up, build, and run every test
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	$(PY) -m mypy
	$(PYTEST) tests/book tests/analysis
	EVIDENCE_LINKS=$(CURDIR)/_build/links.json $(PYTEST) --nbval chapters

mutants: .venv/installed ## change analysis/ in thousands of small ways; its tests should notice (hours; SAMPLE=400 for some)
	$(PIP) mutmut==3.8.1 # for this target alone: one of its own needs cannot be locked with hashes
	$(PY) tests/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

fuzz: .venv/installed ## read 100,000 generated faults; nothing but the project's own errors (minutes)
	PYTHONPATH=. $(PY) tests/fuzz.py --count 100000

links: .venv/installed ## ask every outgoing link of the book (needs the network)
	$(PY) -m sphinx -b linkcheck -c book -d _build/links/doctrees -q \
		-D linkcheck_timeout=30 -D linkcheck_retries=3 -D linkcheck_anchors=0 . _build/links

bench: .venv/installed ## time and weigh the book beside a stock one built in the same run
	$(PY) tests/bench.py

lab: .venv/installed ## open JupyterLab on the front page; the first time, build the book for it
	@[ -d _build/html ] || $(MAKE) book
	$(PY) -m jupyter lab --config=book/lab/config.py

serve: book ## show the book at http://127.0.0.1:8000
	$(PY) -m http.server --bind 127.0.0.1 --directory _build/html 8000

tables: .venv/installed ## write data/tables from the edition
	$(PY) -m analysis tables

data: .venv/installed ## write all data that others can use, and a zip of it, into _build
	$(PY) -m analysis data --to _build/data

check: .venv/installed ## validate the edition, compare it with the transcript, print the ledger
	$(PY) -m analysis check

notebooks: book ## run the notebooks, store their outputs and the values in prose
	$(PY) -m book.store

requirements: ## pin requirements.in (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements" requirements.in -o requirements.lock
	@{ grep -v == requirements.txt; sed -nE 's/^([^ #]+==.*[^ \\]) *\\?$$/\1/p' requirements.lock; } > requirements.new
	@mv requirements.new requirements.txt

clean: ## remove what was built
	rm -rf _build mutants
