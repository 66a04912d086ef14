# Short names for bootstrap.py, which also runs without make: python3 bootstrap.py lab
PYTHON ?= python3

.PHONY: lab test test-long lint pins

lab:        ## install what is missing, then open JupyterLab (its own arguments: ARGS=--no-browser)
	@$(PYTHON) bootstrap.py lab -- $(ARGS)

test:       ## lint, types and tests
	@$(PYTHON) bootstrap.py test

test-long:  ## the long kill, fuzz and load runs
	@$(PYTHON) bootstrap.py test-long

lint:       ## lint and types alone
	@$(PYTHON) bootstrap.py lint

pins:       ## write both environment.yml from requirements/ (newest versions: ARGS=--upgrade)
	@$(PYTHON) bootstrap.py pins $(ARGS)
