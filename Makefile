# Underbalance
#
#   make         set up what is missing, then make every result
#   make test    set up what is missing, then run every test
#   make verify  compare the run with the numbers that are kept, and say why they differ
#   make paper   the template article with this run's results (needs LaTeX)
#   make docs    the documentation as a site, results/docs/index.html
#
#   make SAMPLE=europe        all of it for another sample (config/groups.yaml), in a folder of its
#   make ALLIES=POL,ROU,CZE   own, results/europe or results/CZE+POL+ROU; so, too, make verify
#                             SAMPLE=europe, make paper SAMPLE=europe, make clean SAMPLE=europe
#   make STYLE=apsr   with the tables in another style (config/styles.yaml); make goes back
#
# Needed: Python 3.11 or newer and GNU Make. Another Python: make PYTHON=python3.12

PYTHON ?= python3
CORES ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

VENV := .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install
READY := $(VENV)/.ready
# groups and allies of another sample than that of config/config.yaml, and where its results are
CHOSEN = $(SAMPLE)$(if $(SAMPLE),$(if $(ALLIES),+))$(ALLIES)
OF_RUN = $(if $(CHOSEN),--sample "$(CHOSEN)")
FOLDER = $$($(BIN)/underbalance folder $(OF_RUN))
SETTINGS = $(if $(STYLE)$(CHOSEN),--config $(if $(STYLE),style=$(STYLE)) $(if $(CHOSEN),sample="$(CHOSEN)"))
SNAKEMAKE = $(BIN)/snakemake --logger underbalance --cores $(CORES) --rerun-incomplete $(SETTINGS)

# a set-up knows its folder by name: one that was moved or copied is made anew
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
$(shell rm -f $(READY))
endif

.DEFAULT_GOAL := results
.PHONY: results test verify paper docs bench check ingest lock unlock clean

results: $(READY)
	@start=$$(date +%s); $(SNAKEMAKE) || { test -z "$$(ls -A .snakemake/locks 2>/dev/null)" \
	  || echo "If no other run (of any sample) is going on in this folder, clear the lock: make unlock"; exit 1; }; \
	  $(BIN)/underbalance summary $(OF_RUN) --seconds $$(($$(date +%s) - start))

# the last run (or a first one) against the numbers in tests/reference/headline.json
verify: $(READY)
	@results=$(FOLDER) && { test -f "$$results/manifest.json" \
	  || $(MAKE) --no-print-directory results; }
	@$(BIN)/underbalance verify $(OF_RUN)

# everything that CI runs
test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow
	$(BIN)/snakemake --lint
	@# mypy takes one core for a minute: beside the tests, and told after them
	$(BIN)/mypy > $(VENV)/mypy.log 2>&1 & types=$$!; \
	  $(BIN)/pytest --numprocesses $(CORES) --no-loadscope-reorder; tests=$$?; \
	  wait $$types; types=$$?; cat $(VENV)/mypy.log; exit $$((tests + types))

# the template article of paper/ with the tables, figures and numbers of this run
paper: $(READY)
	@$(BIN)/underbalance check-latex
	@results=$(FOLDER) && $(SNAKEMAKE) -- "$$results/paper/paper.pdf" \
	  && echo "Done: $$results/paper/paper.pdf"

# the documentation as a site; a warning (a dead link, a page that nothing leads to) is an error
docs: $(READY)
	@rm -rf results/docs
	@$(BIN)/sphinx-build -W --keep-going -q -E -c docs -d $(VENV)/docs . results/docs
	@echo "Done: results/docs/index.html"

# wall time and memory of every rule in a run from nothing, and the Cox fit against others
bench: $(READY)
	@results=$(FOLDER) && rm -rf "$$results/benchmarks"
	@start=$$(date +%s) && $(SNAKEMAKE) --forceall && $(BIN)/underbalance bench $(OF_RUN) \
	  && echo "wall clock of the run: $$(($$(date +%s) - start)) s on $(CORES) cores"
	@$(BIN)/underbalance bench --cox

# config, lists and facts tables, without running anything
check: $(READY)
	@$(BIN)/underbalance check

# data/raw anew from the original releases: make ingest SOURCES=folder
ingest: $(READY)
	@test -n "$(SOURCES)" || { echo "Say where the releases are: make ingest SOURCES=folder"; exit 2; }
	@$(SNAKEMAKE) --config sources="$(SOURCES)" -- ingest

# after a run that was killed: remove the lock it left
unlock: $(READY)
	@$(BIN)/snakemake --unlock

# remove what was made (not the set-up, not data/raw); of another sample only its own folder
ifeq ($(CHOSEN),)
clean:
	rm -rf results/docs results/paper results/cases results/estimates results/inference results/hypotheses results/scorecard* results/numbers.* \
	  results/outcomes results/tables results/figures results/sensitivity \
	  results/reliability results/measurement results/description results/report results/logs results/benchmarks \
	  results/manifest.json data/processed/parts data/processed/*.csv data/processed/outcomes \
	  data/processed/ally_year.parquet data/processed/ally_year.dta data/processed/datapackage.json data/staged
else
clean: $(READY)
	@results=$(FOLDER) && case "$$results" in \
	  results) $(MAKE) --no-print-directory clean SAMPLE= ALLIES= ;; \
	  results/?*) rm -rf "$$results" ;; esac
endif

# maintainers: renew requirements.lock after a change of pyproject.toml
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
	  --no-emit-index-url --no-annotate --upgrade \
	  --custom-compile-command "make lock" --output-file requirements.lock

$(READY): requirements.lock
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON). Install Python 3.11 or newer, or say which to use:"; \
	  echo "  make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
	  echo "Install a newer one, or say which to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the module venv (Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@echo "Setting up $(VENV) (once; about a minute, 1 GB) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --requirement requirements.lock > $(VENV)/pip.log 2>&1 \
	  && $(PIP) --no-deps --no-build-isolation --editable . >> $(VENV)/pip.log 2>&1 \
	  || { tail -n 15 $(VENV)/pip.log; \
	  echo "The set-up failed (all of it: $(VENV)/pip.log). Is this machine online?"; exit 1; }
	@echo "$(CURDIR)" > $@
