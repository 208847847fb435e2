# From Sequences to Graphs. `make help` lists what there is.
# Needs make and Python 3.11 or newer; everything else comes into .venv.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check

# What `make bench` measures, one file of tests/bench each.
BENCH ?= $(basename $(notdir $(wildcard tests/bench/*.py)))

# The assignment of `make release` and `make grade`: make grade ASSIGNMENT=long-term-dependency
ASSIGNMENT ?= gated-units
CLASS := _build/class
CLASSROOM := XDG_CONFIG_HOME=$(CLASS) $(BIN)/python -m classroom

.PHONY: help book test serve lab release grade bench lock clean
.DEFAULT_GOAL := help

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: $(READY)  ## run the notebooks and build the site into _build/html
	@$(BIN)/python site/build_book.py

test: $(READY)  ## run all checks (one of them: make test STEPS=unit; one file: TESTS=...)
	@TESTS="$(TESTS)" $(BIN)/python -m tests.run $(STEPS)

serve: $(READY)  ## show the built site at http://localhost:8000 (PORT=...)
	@test -f _build/html/index.html || { echo "There is no built site yet: run make book first."; exit 1; }
	@echo "The site is at http://localhost:$(PORT) (Ctrl-C stops it)"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

lab: $(READY)  ## open the notebooks in JupyterLab
	@$(BIN)/python -m jupyterlab chapters

release: $(READY)  ## write the students' notebook of an assignment into _build/release
	@$(BIN)/python -m classroom release $(ASSIGNMENT) --out _build/release

grade: $(READY)  ## grade a made class of 30 in the sandbox, with feedback, CSV and report
	@rm -rf $(CLASS) && mkdir -p $(CLASS)
	$(CLASSROOM) release $(ASSIGNMENT) --out $(CLASS)/release
	$(CLASSROOM) example $(ASSIGNMENT) --out $(CLASS)
	$(CLASSROOM) grade $(CLASS)/submitted --assignment $(ASSIGNMENT) --db $(CLASS)/ledger.sqlite
	$(CLASSROOM) status $(ASSIGNMENT) --db $(CLASS)/ledger.sqlite
	$(CLASSROOM) feedback $(ASSIGNMENT) --db $(CLASS)/ledger.sqlite --out $(CLASS)/feedback
	$(CLASSROOM) export $(ASSIGNMENT) --to csv --db $(CLASS)/ledger.sqlite --out $(CLASS)/marks.csv
	$(CLASSROOM) report $(ASSIGNMENT) --db $(CLASS)/ledger.sqlite --out $(CLASS)/report.html
	$(CLASSROOM) example $(ASSIGNMENT) --check $(CLASS)/ledger.sqlite

bench: $(READY)  ## measure the library, the grader and the chapters (one of them: make bench BENCH=chapters)
	@for name in $(BENCH); do echo "== $$name"; OMP_NUM_THREADS=1 $(BIN)/python -m tests.bench.$$name || exit 1; done

lock:  ## pin the newest allowed versions (hold one: PINS=torch==2.13.0)
	@$(PYTHON) tests/lock.py $(PINS)

clean:  ## delete the built site, the stored runs and .venv
	rm -rf _build $(VENV)

# The lock decides the environment: a new lock makes a new one.
$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is `$(PYTHON) --version 2>&1`."; \
	  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "== making $(VENV) from requirements.lock (some minutes, once)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv seems to be missing: install it and try again."; exit 1; }
	@$(PIP) install -qq --requirement requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $(READY)
