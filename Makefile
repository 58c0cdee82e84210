# Two commands do everything on a fresh machine: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= $(shell command -v python3 || command -v python)
# Elsewhere than in the checkout, if SSC_HAND_VENV says so.
VENV := $(or $(SSC_HAND_VENV),.venv)
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test journey bedside kills bench shots package format lock clean

help:  ## show this list
	@grep -E '^[a-z]+: .*##|^[a-z]+:  ##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run:  ## set up, write the demo clinic, open the window on it
	@$(PYTHON) packaging/bootstrap.py run
	@$(BIN)/python packaging/start.py

test:  ## set up and run every check
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python packaging/checks.py

journey:  ## record a whole visit in the real window, with real keys and clicks; pictures in out/journey
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python -m tests.journeys.xvfb_journey

bedside:  ## record a full assessment by keys alone in the real window; pictures in out/bedside
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python -m tests.journeys.bedside_journey

kills:  ## kill the program 200 times while values are typed into it, and look whether any is lost
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python -m tests.journeys.kills

bench:  ## measure speed and memory, each beside a floor measured in the same run
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python -m tests.bench

shots:  ## draw the pictures of README and user guide into docs/images
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python packaging/readme_shots.py

package:  ## build the one-folder program and the .deb, and try both
	@$(PYTHON) packaging/bootstrap.py package
	@$(BIN)/python packaging/build.py

format:  ## format the code and sort its imports
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/ruff check --select I --fix --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/python packaging/architecture_tree.py --write
	@$(BIN)/python -m tests.architecture.guide_keys

lock:  ## write requirements/*.txt anew from pyproject.toml (needs uv)
	@$(PYTHON) packaging/bootstrap.py test
	@$(BIN)/python packaging/lock.py

clean:  ## remove what was built, and the virtual environment; out/ with the demo clinic stays
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find ssc_hand tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
