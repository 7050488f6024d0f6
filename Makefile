# make outputs | check | test | scale | docs | lab (ARGS="--port 8890") | lock | bench | ablation | fuzz | clean
# Needs Python 3.11 to 3.13, pip and make; on Windows the shell of Git.

# The first of these that really starts (a pyenv shim may not); or: make PYTHON=/path/to/python
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c "" 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
UV := 0.13.9

# Tests start many processes: compiled modules are kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: outputs check test scale docs lab lock bench ablation fuzz clean

outputs: $(VENV)/stamp
	$(BIN)/ipcompare build

check: $(VENV)/stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# What many documents need: Parquet, SQL, clusters. The packages stand beside the environment, for
# with pyarrow in it everything else takes a quarter longer.
scale: $(VENV)/scale/stamp
	PYTHONPATH=$(VENV)/scale $(BIN)/python -m pytest -q tests/test_frames.py tests/scale

$(VENV)/scale/stamp: $(VENV)/stamp requirements-scale.txt
	$(BIN)/python -m pip install -q --no-deps --require-hashes --upgrade --target $(VENV)/scale \
		-r requirements-scale.txt
	@touch $@

# site/index.html opens in a browser as it is.
docs: $(VENV)/stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build

lab: $(VENV)/stamp
	cd notebooks && ../$(BIN)/jupyter lab $(ARGS)

# 20,000 mutated and made-up inputs (make fuzz N=1000 SEED=2)
fuzz: $(VENV)/stamp
	$(BIN)/python tests/fuzz/inputs.py $(or $(N),20000) $(or $(SEED),1)

bench: $(VENV)/stamp
	$(BIN)/python benchmarks/run.py --readme

# benchmarks/ablation.csv: which cue phrases and rules change nothing when they are left out.
ablation: $(VENV)/stamp
	$(BIN)/python benchmarks/ablation.py

# Made again whenever the pins change. Every package is checked against its hash, the build backend
# is installed first (jieba is a source package), so nothing unpinned is ever fetched.
$(VENV)/stamp: requirements.txt pyproject.toml
	@"$(PYTHON)" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@# Debian's Python may lack ensurepip: then the pip outside works on the environment.
	@set -e; \
	"$(PYTHON)" -m venv --clear $(VENV) >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear --without-pip $(VENV); \
	pip() { if $(BIN)/python -c "import pip" 2>/dev/null; then $(BIN)/python -m pip "$$@"; \
		else "$(PYTHON)" -m pip --python $(BIN)/python "$$@"; fi; }; \
	pip --version >/dev/null || { echo "pip 22.3 or newer is needed, e.g. apt-get install python3-pip" >&2; exit 1; }; \
	awk '/^[a-z]/ { keep = /^setuptools==/ } keep' requirements.txt > $(VENV)/build.txt; \
	pip install -q --no-deps --require-hashes -r $(VENV)/build.txt; \
	echo "Installing the pinned packages into $(VENV) (a minute or two) ..."; \
	pip install -q --no-deps --require-hashes --no-build-isolation -r requirements.txt; \
	pip install -q --no-deps --no-build-isolation -e ".[all]"; \
	pip check
	@touch $@

# requirements.txt from pyproject.toml, one file for Linux, macOS and Windows and each Python.
lock:
	"$(PYTHON)" -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install -q uv==$(UV)
	.venv-lock/bin/uv pip compile --no-config --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --extra all --group dev --group docs --custom-compile-command "make lock" \
		-q -o requirements.txt pyproject.toml
	.venv-lock/bin/uv pip compile --no-config --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --extra scale -c requirements.txt --custom-compile-command "make lock" \
		-q -o .venv-lock/scale.txt pyproject.toml
	awk 'FNR == NR { if (/^[a-z]/) known[$$1] = 1; next } /^[a-z]/ { keep = !($$1 in known) } \
		/^#/ || keep' requirements.txt .venv-lock/scale.txt > requirements-scale.txt

clean:
	rm -rf $(VENV) .venv-lock *.egg-info build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
