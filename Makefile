# Two commands to begin with: `make demo` and `make test`. Each does all its set-up on a fresh machine.
# Three spans of tests: `test` while one works (under twelve minutes), `test-long` before a change lands, `test-all`.
VENV := .venv
PYTHON := $(VENV)/bin/python
ARGS ?=
# Four processes on two cores: tests wait for servers, browsers and clocks about as long as they work. A file stays
# with one process; what measures time runs after the others, alone.
SIDE_BY_SIDE := -n 4 --dist loadscope --no-loadscope-reorder
# What a change most often leaves behind: rooms, locks, and the pages and boards that are made from the code.
FITTING := tests/test_architecture.py tests/test_locks.py tests/test_table_shapes.py \
	tests/collector/cli/test_command_reference.py tests/collector/config/test_config_schema.py \
	tests/dashboards/grafana/test_documents.py tests/dashboards/web/api/test_api_docs.py
SYSTEM_PACKAGES := influxdb postgresql chromium systemd iproute2 prometheus faketime mosquitto

# Hundreds of processes start from these files: they are compiled once, also where the environment says not to.
test test-long test-all: export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo shell test test-long test-all check format bench docs lock bundle docker-demo clean run-ready dev-ready

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: run-ready ## a simulated works, the collector and the page (options: ARGS="--fault bf3-stop@+120s")
	@$(VENV)/bin/tundish demo $(ARGS)

shell: run-ready ## a shell in which the command is `tundish`
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $${SHELL:-sh}

docker-demo: ## the simulated works with InfluxDB and Grafana, by Docker; Grafana on http://127.0.0.1:3000
	@sh deploy/secrets.sh
	docker compose -f deploy/compose.yaml --profile demo up --build

# Beside three others on two cores, or on a machine that others share, a test may wait for longer than it allows. Those
# that fail are told, and repeated once, one after the other: what fails again is a failure.
AGAIN = { test $$? -eq 1 && echo "repeated alone, for each may have failed by the load:" && \
	$(PYTHON) -m pytest -q --last-failed --last-failed-no-failures none $(ARGS); }

test: dev-ready ## every test that takes seconds
	@sh deploy/setup/system-packages.sh $(SYSTEM_PACKAGES)
	$(PYTHON) -m pytest -q $(SIDE_BY_SIDE) -m "not (slow or long or alone)" $(ARGS) || $(AGAIN)

test-long: dev-ready ## the other tests that CI runs: browsers, whole works, kills, and what measures time
	@sh deploy/setup/system-packages.sh $(SYSTEM_PACKAGES)
	$(PYTHON) -m pytest -q $(SIDE_BY_SIDE) -m "long and not (slow or alone)" $(ARGS) || $(AGAIN)
	$(PYTHON) -m pytest -q -m "alone and not slow" $$(grep -rl mark.alone tests --include=*.py) $(ARGS) || $(AGAIN)

test-all: dev-ready ## all of them, the slow and soak tests too, and the property tests with ten times the examples
	@sh deploy/setup/system-packages.sh $(SYSTEM_PACKAGES)
	@sh deploy/setup/foreign-servers.sh
	HYPOTHESIS_PROFILE=ci-long $(PYTHON) -m pytest -q -o timeout=1200 $(ARGS)

check: dev-ready ## style, types, the import rules of the rooms, and that locks and generated pages fit
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PYTHON) -m pytest -q $(FITTING)

format: dev-ready ## ruff's formatting
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: dev-ready ## benchmarks, each beside the plain alternative
	@sh deploy/setup/system-packages.sh influxdb mosquitto
	@sh deploy/setup/foreign-servers.sh
	$(PYTHON) -m benchmarks

docs: dev-ready ## the generated parts of the documentation: keys of plant.yaml, commands
	$(PYTHON) -m collector.config.reference docs/configuration.md
	$(PYTHON) -m collector.cli.reference docs/commands.md

bundle: dev-ready ## everything for a plant without internet, in dist/
	@sh deploy/setup/bundle.sh

lock: dev-ready ## deploy/locks anew from pyproject.toml
	@sh deploy/setup/lock.sh

clean: ## what was built and downloaded
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist demo

run-ready:
	@sh deploy/setup/venv.sh run

dev-ready:
	@sh deploy/setup/venv.sh dev
