# `make` alone explains the targets.
PYTHON ?= python3
PY := .venv/bin/python
SPHINX := $(PY) -m sphinx -c book -d _build/doctrees -j auto -W -n --keep-going -q . _build/html

.PHONY: help book test bench lab serve tables check notebooks requirements clean
help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

book: .venv/installed ## set up, run the notebooks, build the book
	@$(SPHINX) || { rm -rf _build/doctrees; exit 1; } # else the next run would not say what was wrong with this one
	@echo "The book is built: open _build/html/index.html"

test: book ## set up, build, and run every test
	$(PY) -m pytest -q -p no:cacheprovider tests
	$(PY) -m pytest -q -p no:cacheprovider --nbval chapters

bench: .venv/installed ## time and weigh the book beside a stock one built in the same run
	$(PY) tests/bench.py

lab: .venv/installed ## open the chapters in JupyterLab
	$(PY) -m jupyter lab chapters

serve: book ## show the book at http://127.0.0.1:8000
	$(PY) -m http.server --bind 127.0.0.1 --directory _build/html 8000

tables: .venv/installed ## write data/tables from the edition
	$(PY) -m analysis tables

check: .venv/installed ## validate the edition, compare it with the transcript, print the ledger
	$(PY) -m analysis check

notebooks: .venv/installed ## run the notebooks and store their outputs
	$(PY) -m jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --inplace chapters/*.ipynb

requirements: ## pin requirements.in (needs uv)
	uv pip compile --universal --python-version 3.11 requirements.in -o requirements.txt

clean: ## remove what was built
	rm -rf _build
