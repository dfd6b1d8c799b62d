# Everything needs only Python (3.11 or later) and make: each target sets up what it uses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Half the suite waits for the network or the disk, so more workers than cores pay.
WORKERS ?= 4
# Where the demo leaves its notes.
EXPORTS ?= exports

.DEFAULT_GOAL := help
.PHONY: help setup demo test check soak bench figures pictures lock system clean

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## install everything into .venv

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

system: ## install the system programs that some tests use, where that is allowed
	@sh tests/install-programs.sh

demo: $(READY) ## watch a rehearsed session: simulated people, real SSH
	@$(BIN)/tisu rehearse window-of-tolerance --seed 7 --auto --to $(EXPORTS)

check: $(READY) ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(READY) system check ## all checks and tests, under four minutes
	$(BIN)/python -m pytest -n $(WORKERS)

soak: $(READY) system ## the long forms of the tests (power loss, a room's laws, privacy); hours
	TISU_SOAK=1 $(BIN)/python -m pytest -n $(WORKERS) tests/store/test_power_loss.py tests/room/test_laws.py tests/privacy

bench: $(READY) ## memory, CPU and times over real SSH, beside a process for each person
	$(BIN)/python benchmarks/load.py

figures: $(READY) ## write the tables of docs/privacy.md again
	PYTHONPATH=tests/privacy $(BIN)/python tests/privacy/tables.py

pictures: $(READY) ## draw the pictures of the README from the real screens
	$(BIN)/python docs/draw_pictures.py

lock: ## pin every version again
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev -o requirements.lock pyproject.toml

clean: ## remove what was installed and built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
