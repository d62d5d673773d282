# The index runs in .venv, built from requirements.lock and nothing else. What only tests and linters need comes on top
# when they are first called, from requirements-dev.lock; other tools have environments of their own.
.DEFAULT_GOAL := help
# Every target is a command's name, none is a file, but for the stamps of environments.
.PHONY: index test test-all nightly lint check-changed hooks benchmark planted-faults mutations goalposts companion edition
.PHONY: what-if
.PHONY: download ingest trace changes site release restore metrics docs clients datasette superset postgres spark
.PHONY: scaling house pages lock clean help

python := .venv/bin/python
stamp := .venv/.installed
developed := .venv/.developed
linters := $(developed) .venvs/bouncer/.installed
# What the slow proofs read the marts with; Spark, Superset and Ibis are large and set up by what runs them.
proofs := $(patsubst %,.venvs/%/.installed,clients colibri datasette duckdb_1_2 metricflow postgres)
# The first of these that is 3.11 or later and can make environments; PYTHON=... goes before them.
candidates := $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14 python
compile := uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# uv makes and fills an environment several times as fast as pip; make UV= ... does without it.
UV := $(shell command -v uv 2>/dev/null)
make_environment := -m venv $(if $(UV),--without-pip)
# An environment that uv made has no pip of its own.
pip = { $(1) -m pip --version >/dev/null 2>&1 || $(1) -m ensurepip >/dev/null; } && \
	$(1) -m pip install -qq --disable-pip-version-check --no-input --compile
# Without compiled bytecode every dbt command starts four to five seconds later.
install = unset PYTHONDONTWRITEBYTECODE; \
	$(if $(UV),"$(UV)" pip install --quiet --python $(1) --compile-bytecode,$(pip)) --require-hashes --requirement $(2)

# A release and the pages tell of the published index: nobody else has the folder.
ifneq ($(OWN),)
ifneq ($(filter release pages,$(MAKECMDGOALS)),)
$(error $(filter release pages,$(MAKECMDGOALS)) holds no measures or peers of your own: leave out OWN)
endif
endif

index: $(stamp) ## build the index and print its top tens: make index [DRAWS=100] [OWN=folder]
	@$(python) -m scripts.index $(if $(DRAWS),--draws $(DRAWS)) $(if $(OWN),--own "$(OWN)")

site: index ## render the report site into site/ and say where to open it
	@$(python) -m scripts.site

release: $(stamp) ## build, run the gates, compare with the last release and publish: make release [VERSION=2026.1]
	@$(python) -m scripts.release $(VERSION)

restore: $(stamp) ## go back to a release's database, marts and site, the last one's by default: make restore [VERSION=2026.1]
	@$(python) -m scripts.release.restore $(VERSION)

test: $(linters) ## what a change has to pass: linters, build with its data and unit tests, pytest (minutes)
	@$(python) -m scripts.check

test-all: $(linters) $(proofs) ## the slow proofs, too: PostgreSQL, the browser, determinism, faults (half an hour)
	@$(python) -m scripts.check --all

nightly: $(linters) $(proofs) ## the rest: Spark, Superset, faults at full size, scaling: make nightly [ONLY="spark"]
	@$(python) -m scripts.nightly $(ONLY)

lint: $(linters) ## only the linters: sqlfluff, ruff, mypy, yamllint, dbt-bouncer
	@$(python) -m scripts.check --lint

benchmark: $(stamp) ## measure what the rank bands cost (about four minutes)
	@$(python) -m scripts.proofs.benchmark

what-if: index ## what one number changed does: spend near the limit, where scores begin (a few minutes): [ONLY=spend]
	@$(python) -m scripts.what_if $(if $(ONLY),--only $(ONLY))

planted-faults: $(stamp) ## what the checks catch (an hour and a half): make planted-faults [KINDS="unit sign"] [EACH=4]
	@$(python) -m scripts.proofs.planted_faults $(if $(KINDS),--kinds $(KINDS)) $(if $(EACH),--each $(EACH)) \
		$(if $(KINDS)$(EACH),--compare,--report) docs/planted_faults.md

mutations: $(linters) ## which check stops slips in code (hours): make mutations [ONLY="words site_src"] [WITHIN="make test"]
	@$(python) -m scripts.proofs.mutations $(if $(ONLY),--only $(ONLY),--report docs/mutations.md) $(if $(ANEW),--anew) \
		$(if $(WITHIN),--within "$(WITHIN)")

goalposts: $(stamp) ## freeze goalposts into their seed: make goalposts [ONLY=measure_id] [OWN=folder]
	@$(python) -m scripts.write_goalposts $(if $(ONLY),--only $(ONLY)) $(if $(OWN),--own "$(OWN)")

companion: $(stamp) ## freeze the coefficients of the companion ranking into their seed
	@$(python) -m scripts.write_companion

edition: $(stamp) ## what is missing or has to be decided for an edition, without a build: make edition EDITION=2025-26
	@test -n "$(EDITION)" || { echo "Say which edition: make edition EDITION=2025-26"; exit 2; }
	@$(python) -m scripts.edition "$(EDITION)"

pages: index ## write anew every table and figure that README and docs print of the database
	@$(python) -m scripts.pages

ingest: $(stamp) ## read publications into the seeds: make ingest FROM=folder [PUBLICATION=id]
	@test -n "$(FROM)" || { echo "Say where the publications are: make ingest FROM=folder"; exit 2; }
	@$(python) -m scripts.ingest "$(FROM)" $(if $(PUBLICATION),--publication $(PUBLICATION)) \
		$(if $(TAKE),--take "$(TAKE)")

trace: $(stamp) ## find a figure in its file: make trace SEED=dfe_lait KEY='CIN | E06000001 | 2018' [FROM=folder]
	@test -n "$(SEED)" -a -n "$(KEY)" || { echo "Say SEED=... and KEY='text | text'"; exit 2; }
	@$(python) -m scripts.ingest.trace "$(SEED)" "$(KEY)" $(if $(FROM),--from "$(FROM)")

changes: $(stamp) ## what differs from another database, and in ranks: make changes BEFORE=file.duckdb
	@test -n "$(BEFORE)" || { echo "Say which database to compare with: make changes BEFORE=file.duckdb"; exit 2; }
	@$(python) -m scripts.changes "$(BEFORE)"

download: $(stamp) ## fetch the publications: make download TO=folder [PUBLICATION=id]
	@test -n "$(TO)" || { echo "Say where the files go: make download TO=folder"; exit 2; }
	@$(python) -m scripts.download "$(TO)" $(if $(PUBLICATION),--publication $(PUBLICATION))

check-changed: $(linters) ## what differs from where this branch left a base, and what depends on it: [BASE=main]
	@$(python) -m scripts.check --changed $(or $(BASE),main)

hooks: $(linters) ## run the linters before each commit, on the files that it changes
	@$(python) -m pre_commit install

metrics: .venvs/metricflow/.installed ## list the metrics, or ask for some: make metrics QUERY="--saved-query coverage"
	@.venvs/metricflow/bin/python -m scripts.metrics $(if $(QUERY),query --quiet $(QUERY),list metrics)

docs: .venvs/colibri/.installed ## draw lineage and columns of every table as a page and say where to open it
	@$(python) -m scripts.lineage

clients: index .venvs/duckdb_1_2/.installed .venvs/clients/.installed .venvs/ibis/.installed ## read every mart with DuckDB 1.2, SQLAlchemy, Ibis, ADBC
	@$(python) -m scripts.proofs.bi clients

datasette: index .venvs/datasette/.installed ## serve the marts with Datasette and ask for each: make datasette [SERVE=1]
	@$(python) -m scripts.proofs.bi datasette $(if $(SERVE),--serve)

superset: index .venvs/superset/.installed ## the dashboard and every mart in Apache Superset (900 MB): make superset [SERVE=1]
	@$(python) -m scripts.proofs.bi superset $(if $(SERVE),--serve)

postgres: $(stamp) .venvs/postgres/.installed ## the index on PostgreSQL, compared with DuckDB's: make postgres [DRAWS=50]
	@$(python) -m scripts.proofs.engines.postgres $(if $(DRAWS),--draws $(DRAWS))

spark: .venvs/spark/.installed ## build on Spark and compare with DuckDB (Java 17, a quarter of an hour): make spark [DRAWS=50]
	@$(python) -m scripts.proofs.engines.spark $(if $(DRAWS),--draws $(DRAWS))

scaling: .venvs/spark/.installed ## how the rank bands grow on DuckDB and on Spark (half an hour): make scaling [DRAWS=100]
	@$(python) -m scripts.proofs.engines.scaling $(if $(DRAWS),--draws $(DRAWS),--report docs/scaling.md)

house: $(stamp) ## how large the project is and was, from git's history: docs/house.md
	@$(python) -m scripts.proofs.house

lock: ## pin pyproject.toml's and environments' requirements anew (needs uv): make lock [ONLY=name]
	@test -n "$(UV)" || { echo "make lock needs uv, and there is none on the PATH."; exit 2; }
	@$(if $(ONLY),,$(compile) pyproject.toml --output-file requirements.lock)
	@$(if $(ONLY),,$(compile) pyproject.toml --all-extras --constraint requirements.lock --output-file requirements-dev.lock)
	@for listed in $(if $(ONLY),environments/$(ONLY).in,$(wildcard environments/*.in)); do \
		$(compile) "$$listed" --output-file "$${listed%.in}.lock" || exit 1; \
	done

clean: ## remove what was built; .venv stays
	@rm -rf target logs site .pytest_cache .ruff_cache .hypothesis
	@find warehouse -mindepth 1 ! -name .gitignore -delete
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

.DEFAULT:
	$(error There is no target $@: make help lists them)

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(stamp): requirements.lock
	@found=; for candidate in $(candidates); do \
		if "$$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or later is needed, with its venv module (Debian and Ubuntu: python3-venv)."; \
		echo "If it has another name: make PYTHON=/path/to/python3"; exit 1; \
	fi; \
	echo "Setting up .venv from requirements.lock (once, about a minute) ..."; \
	rm -rf .venv && "$$found" $(make_environment) .venv
	@$(call install,$(python),$<)
	@touch $@

$(developed): requirements-dev.lock $(stamp)
	@echo "Adding what tests and linters need to .venv, from requirements-dev.lock (once) ..."
	@$(call install,$(python),$<)
	@touch $@

# Tools that cannot share the index's environment, or that few people need, have one of their own beside it.
.venvs/%/.installed: environments/%.lock | $(stamp)
	@echo "Setting up .venvs/$* from environments/$*.lock (once) ..."
	@rm -rf .venvs/$* && $(python) $(make_environment) .venvs/$*
	@$(call install,.venvs/$*/bin/python,$<)
	@touch $@
