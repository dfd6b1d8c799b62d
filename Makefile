# Everything needs only Python (3.11 or later) and make: each target sets up what it uses.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What builds the site and the list of parts, apart from what the program needs.
TOOLS := .tools
# Much of the suite waits for the network, so more workers than cores pay.
WORKERS ?= 4
# Where the demo leaves its notes.
EXPORTS ?= exports

.DEFAULT_GOAL := help
.PHONY: help setup demo test check texts reliability soak bench figures pictures docs man sbom lock upgrade-trial audit system clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

setup: $(READY) ## install everything into .venv

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

system: ## install the system programs that some tests use, where that is allowed
	@sh tests/install-programs.sh

demo: $(READY) ## watch a rehearsed session: simulated people, real SSH
	@$(BIN)/tisu rehearse window-of-tolerance --seed 7 --on "$$(date +%F)" --auto --to $(EXPORTS)

check: $(READY) ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(READY) system check ## all checks and tests, under five minutes
	$(BIN)/python -m pytest -n $(WORKERS)

texts: $(READY) ## bring the catalogues up to date, and say what is new, missing or wrong in them
	$(BIN)/python tests/texts/catalogues.py

reliability: $(READY) system ## run the programme's short form, and write docs/reliability.md
	$(BIN)/python benchmarks/reliability.py

soak: $(READY) system ## run the programme's long form, in hours, and write docs/reliability.md
	$(BIN)/python benchmarks/reliability.py --long

bench: $(READY) ## memory, CPU and times over real SSH, beside a process for each person
	$(BIN)/python benchmarks/load.py

figures: $(READY) ## write the tables of docs/privacy.md again
	PYTHONPATH=tests/privacy $(BIN)/python tests/privacy/tables.py

pictures: $(READY) ## draw the pictures of the README from the real screens
	$(BIN)/python docs/draw_pictures.py
	$(BIN)/python docs/draw_endings.py
	$(BIN)/python docs/draw_gallery.py --gallery

docs: $(TOOLS) ## build the guides as a site in site/, with every link checked
	NO_MKDOCS_2_WARNING=1 $(TOOLS)/bin/mkdocs build --quiet --site-dir site

man: $(READY) ## write the manual page from the help texts
	$(BIN)/python docs/write_man_page.py

sbom: $(READY) $(TOOLS) ## write what it is made of, with licences, as sbom.json (CycloneDX)
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file sbom.json $(BIN)/python

$(TOOLS): tools.lock
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools.lock
	touch $@

lock: ## pin every version again
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --extra doors --extra word -o requirements.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o tools.lock tools.in

# What pyproject.toml names, without its bounds.
define NAMES
import re, tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
print(*(re.split("[<>=]", each)[0] for each in project["dependencies"] + project["optional-dependencies"]["dev"]))
endef
export NAMES

# What an audit has found, and of what it could find nothing.
define AUDITED
import json, sys
found = json.load(open(".audit/found.json"))["dependencies"]
bad = [(each["name"], each["version"], fault["id"]) for each in found for fault in each.get("vulns", ())]
unseen = [each["name"] for each in found if "skip_reason" in each]
for each in bad:
    print(*each)
print(f"{len(found) - len(unseen)} of {len(found)} looked up, {len(bad)} known faults.")
if unseen:
    print("Not looked up, as nothing could be reached about them:", *unseen)
sys.exit(bool(bad))
endef
export AUDITED

# What the trial runs: everything, if not told otherwise.
TRIAL ?= tests

upgrade-trial: ## run the tests with the newest of everything, and say what is not the locked version
	$(PYTHON) -m venv .upgrade
	.upgrade/bin/python -m pip install --quiet --disable-pip-version-check --upgrade \
	  $$($(PYTHON) -c "$$NAMES")
	.upgrade/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@grep -oE '^[a-zA-Z0-9_.-]+==[^ ]+' requirements.lock | tr 'A-Z_' 'a-z-' | sort > .upgrade/locked
	@.upgrade/bin/python -m pip freeze --exclude-editable | tr 'A-Z_' 'a-z-' | sort > .upgrade/newest
	@echo 'Newer than what is locked:'; comm -13 .upgrade/locked .upgrade/newest
	@if .upgrade/bin/python -m pytest -q -n $(WORKERS) $(TRIAL); \
	  then echo 'Verdict: the newest of everything passes.'; else echo 'Verdict: not yet, see above.'; exit 1; fi

audit: ## look for known faults in what is locked, where the list of them can be reached
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@.audit/bin/pip-audit --disable-pip --requirement requirements.lock --format json --output .audit/found.json || true
	@$(PYTHON) -c "$$AUDITED"

clean: ## remove what was installed and built
	rm -rf $(VENV) .upgrade .audit build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
