# What a person needs: `make run` and `make test`. Everything else they call.
SHELL := /bin/bash
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test setup lint format reference bench bench-quick lock clean

run: setup ## the whole platform with demonstration data, on 127.0.0.1:$(PORT), data in ./var
	@WIJKCONTRACT_DEMO=1 exec $(BIN)/wijkcontract run --demo --port $(PORT)

test: setup ## lint, types, contracts, the suite on SQLite and PostgreSQL, the journey in a browser
	@scripts/test

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml scripts/setup
	@scripts/setup $(VENV)
	@touch $@

lint: setup ## style, types and import contracts
	@scripts/lint

format: setup
	@$(BIN)/ruff check --fix-only --quiet src tests bench && $(BIN)/ruff format --quiet src tests bench

reference: setup ## the tests on the real data in ../shared; fails when that folder is absent
	@scripts/reference

bench: setup ## pages at 1,000 proposals, engines beside their peers; one peer takes minutes and gigabytes
	@WIJKCONTRACT_ENV=test $(BIN)/python -m bench --peers

bench-quick: setup ## the same without that peer
	@WIJKCONTRACT_ENV=test $(BIN)/python -m bench

lock: setup ## pin every dependency again, with hashes and without addresses
	@scripts/lock

clean:
	rm -rf $(VENV) var build
