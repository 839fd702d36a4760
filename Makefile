# Everything starts here; needs only Python >= 3.11 and make.
#   make run     a living demo on http://localhost:8000 (PORT=8080 make run)
#   make test    every test, on SQLite and on PostgreSQL
#   make check   lint, types, layers, translations, templates, migrations; changes nothing
#   make fix     repairs what can be repaired by a machine

SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMPS := .make

# uv reads its own variables only: pass on what the machine says to pip, if it says anything.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_NO_PROGRESS := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 - /p' Makefile

# --- set-up ---------------------------------------------------------------------------------------------------------

.PHONY: install
install: $(STAMPS)/package ## virtual environment and locked dependencies

$(STAMPS)/venv: tools/uv.lock
	@test -n "$(PYTHON)" || { echo "Polecam needs Python 3.11 or later."; exit 1; }
	@mkdir -p $(STAMPS)
	@test -x $(PY) || "$(PYTHON)" -m venv $(VENV) || { \
		echo "Could not make $(VENV). On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --require-hashes -r tools/uv.lock
	@touch $@

$(STAMPS)/deps: $(STAMPS)/venv requirements-dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(STAMPS)/package: $(STAMPS)/deps pyproject.toml CHANGELOG.md
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: lock
lock: $(STAMPS)/venv ## write the locks anew (UPGRADE=1: newest versions)
	@$(BIN)/uv pip compile pyproject.toml $(LOCK_FLAGS) -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock $(LOCK_FLAGS) -o requirements-dev.lock
LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	$(if $(UPGRADE),--upgrade)

.PHONY: assets
assets: $(STAMPS)/package ## styles, script, icons and fonts
	@$(PY) tools/assets.py

.PHONY: messages
messages: $(STAMPS)/package ## gather the texts to translate and compile the catalogues (AREA=today: one only)
	@$(PY) tools/messages.py $(if $(AREA),--area $(AREA))

.PHONY: catalogues
catalogues: $(STAMPS)/package
	@$(PY) tools/messages.py --compile

# --- use ------------------------------------------------------------------------------------------------------------

.PHONY: run
run: export POLECAM_ENV ?= demo
run: $(STAMPS)/package assets catalogues ## a living demo branch on localhost
	@$(BIN)/polecam init
	@$(BIN)/polecam demo --if-empty
	@$(BIN)/polecam serve --port $(PORT)

# --- quality --------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(STAMPS)/package assets catalogues ## every test, on SQLite and on PostgreSQL
	@$(PY) tools/test.py

.PHONY: soak
soak: $(STAMPS)/package assets catalogues ## a branch is killed 200 times (KILLS, SEED); then the long property tests
	@KILLS="$(KILLS)" SEED="$(SEED)" ONLY="$(ONLY)" $(PY) tools/soak.py
KILLS ?= 200
SEED ?= 1

.PHONY: check
check: $(STAMPS)/package ## lint, types, layers, translations, templates, migrations; changes nothing
	@$(PY) tools/check.py

.PHONY: fix
fix: $(STAMPS)/package ## what a machine can repair
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(PY) tools/messages.py

.PHONY: bench
bench: $(STAMPS)/package assets catalogues ## speed, as ratios to the raw database in the same run
	@$(PY) -m bench

.PHONY: clean
clean: ## forget all that was built (the database stays)
	rm -rf $(VENV) $(STAMPS) node_modules build dist src/polecam/web/ui/static/polecam src/polecam/static_root
	find src -name '*.mo' -delete
