# The clinic site from the command line. `make` alone lists what there is.

PORT ?= 8000
VENV ?= .venv
LOCK ?= requirements.txt
PYTHON_NEEDED ?= 3.11
export VAR_DIR ?= $(CURDIR)/var

BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
MANAGE := $(BIN)/python manage.py

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset serve serve-split serve-nginx check test test-next test-midnight test-firefox test-html pictures fault bench bench-desk lint format messages lock shell clean port

demo serve serve-split serve-nginx: export DJANGO_SETTINGS_MODULE := clinic.settings.demo
demo serve: export SITE_URL := http://localhost:$(PORT)

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "make %-13s %s\n", $$1, $$2}'

demo: port $(INSTALLED)  ## set up, fill and serve the demo site (PORT=8000)
	@echo "Preparing the demo …"
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo
	@$(MANAGE) serve --port $(PORT)

demo-reset:  ## throw the demo's data away and start it afresh
	@sh deploy/forget_demo.sh "$(VAR_DIR)"
	@$(MAKE) --no-print-directory demo

serve: port $(INSTALLED)  ## serve the demo site as it stands
	@$(MANAGE) serve --port $(PORT)

serve-split: port $(INSTALLED)  ## serve the demo as two processes on PostgreSQL (PORT, and PORT+1 for staff)
	@echo "Preparing two processes …"
	@$(MANAGE) serve_split --port $(PORT)

serve-nginx: port $(INSTALLED)  ## serve the demo's data with production settings behind nginx (PORT, +1, +2)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed_demo
	@$(MANAGE) serve_nginx --port $(PORT)

check: lint  ## lint, then what needs neither browser nor PostgreSQL (under two minutes)
	@$(BIN)/python -m tests.suite check

test: lint  ## lint, then every test on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.suite

test-next:  ## the same tests on the newest Wagtail and Django (Python 3.12 or later)
	@$(MAKE) --no-print-directory test VENV=.venv-next LOCK=requirements-next.txt PYTHON_NEEDED=3.12

test-midnight: $(INSTALLED)  ## tests whose clock starts half a minute before midnight (needs faketime)
	@$(BIN)/python -m tests.suite midnight

test-firefox: $(INSTALLED)  ## what patients do, in this machine's Firefox (needs Debian's firefox-esr)
	@$(BIN)/python -m tests.suite firefox

test-html: $(INSTALLED)  ## every public page and state of the form before the Nu Html Checker (needs Java; npm brings it)
	@$(BIN)/python -m tests.suite html

doors: $(INSTALLED)  ## every address of the admin, tried by nine kinds of people in four states
	@EVERY_DOOR=1 $(BIN)/python -m pytest -q -p no:cacheprovider -s tests/accounts/test_doors.py

fault: $(INSTALLED)  ## the fault trial: the real server while things break (SECONDS=30)
	@$(BIN)/python -m tests.faults

pictures: $(INSTALLED)  ## draw the pictures of the handbook anew (needs Chromium; the desk is shown at the hour of drawing)
	@BROWSER_TESTS=required PICTURES=docs/pictures $(BIN)/python -m pytest -q -p no:cacheprovider tests/browser/test_nurse_publishes.py tests/browser/test_three_mornings.py tests/browser/test_week_of_an_owner.py

bench: $(INSTALLED)  ## how fast pages, form, blog and desk are, beside the aims (SECONDS=3 PARTS="pages form")
	@$(BIN)/python -m bench

bench-desk: $(INSTALLED)  ## the desk alone: lists, searches, one request and appointments, from 1,000 to 100,000 of them
	@PARTS=desk $(BIN)/python -m bench

lint: $(INSTALLED)  ## style, templates, types, migrations, deployment checks, import directions
	@sh .ci/lint $(BIN)

format: $(INSTALLED)  ## put code and templates into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djhtml --tabwidth 2 templates

messages: $(INSTALLED)  ## collect the texts to translate, and compile the translations (needs GNU gettext)
	@$(MANAGE) makemessages --locale es --no-location --no-obsolete --ignore tests --ignore var --ignore '.venv*'
	@$(MANAGE) compilemessages --ignore '.venv*'

lock: $(INSTALLED)  ## pin the newest versions that the .in files allow
	@sh deploy/lock.sh $(BIN)

shell: $(INSTALLED)  ## a Python shell with the project loaded
	@$(MANAGE) shell

clean:  ## remove the virtual environments and every cache, not the data
	@rm -rf .venv .venv-next .pytest_cache .ruff_cache .import_linter_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the targets above rest on ------------------------------------------------------

# Before anything slow: a taken port should not show after the whole installation only.
port:
	@python="$$(sh deploy/find_python.sh $(PYTHON_NEEDED))" && "$$python" deploy/port_is_free.py $(PORT)

$(INSTALLED): $(LOCK)
	@sh deploy/install.sh $(VENV) $(LOCK) $(PYTHON_NEEDED)
