# The index runs in .venv, built from requirements.lock and nothing else. What only tests and linters need comes on top
# when they are first called, from requirements-dev.lock; other tools have environments of their own.
.DEFAULT_GOAL := help
# Every target is a command's name, none is a file, but for the stamps of environments.
.PHONY: index test test-all nightly lint check-changed hooks benchmark planted-faults mutations goalposts companion edition
.PHONY: what-if interface breaking-changes bi-model pictures
.PHONY: download ingest trace correct council changes site release restore metrics docs clients datasette superset postgres spark
.PHONY: scaling house pages lock clean help environments

python := .venv/bin/python
stamp := .venv/.installed
developed := .venv/.developed
linters := $(developed) .venvs/bouncer/.installed
# What the slow proofs read the marts with; Spark, Superset and Ibis are large and set up by what runs them.
proofs := $(patsubst %,.venvs/%/.installed,clients colibri csvw datasette duckdb_1_2 metricflow postgres)
# The first of these that is 3.11 or later and can make environments; PYTHON=... goes before them.
candidates = $(if $(PYTHON),$(call quoted,$(PYTHON))) python3 python3.11 python3.12 python3.13 python3.14 python
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
	$(if $(UV),$(call quoted,$(UV)) pip install --quiet --python $(1) --compile-bytecode,$(pip)) --require-hashes --requirement $(2)

# What is given on the command line reaches a command as it is, whatever the shell would make of it: as one word, or as
# the words that it has.
quoted = '$(subst ','\'',$(1))'
each_quoted = $(foreach word,$(1),$(call quoted,$(word)))

# A release and the pages tell of the published index: nobody else has the folder.
ifneq ($(OWN),)
ifneq ($(filter release pages,$(MAKECMDGOALS)),)
$(error $(filter release pages,$(MAKECMDGOALS)) holds no measures or peers of your own: leave out OWN)
endif
endif

index: $(stamp) ## build the index and print its top tens: make index [DRAWS=100] [OWN=folder]
	@$(python) -m scripts.index $(if $(DRAWS),--draws $(call each_quoted,$(DRAWS))) $(if $(OWN),--own $(call quoted,$(OWN)))

site: index ## render the report site into site/ and say where to open it
	@$(python) -m scripts.site

pictures: index ## draw a picture of each council for shared links, where its figures changed; make site takes them along
	@$(python) -m scripts.site.pictures

release: $(stamp) ## build, run the gates, compare with the last release and publish: make release [VERSION=2026.1]
	@$(python) -m scripts.release $(call each_quoted,$(VERSION))

restore: $(stamp) ## go back to a release's database, marts and site, the last one's by default: make restore [VERSION=2026.1]
	@$(python) -m scripts.release.restore $(call each_quoted,$(VERSION))

test: $(linters) ## what a change has to pass: linters, build with its data and unit tests, pytest (minutes)
	@$(python) -m scripts.check

test-all: $(linters) $(proofs) ## the slow proofs, too: PostgreSQL, the browser, determinism, faults (three quarters of an hour)
	@$(python) -m scripts.check --all

environments: $(linters) $(proofs)

nightly: $(linters) $(proofs) ## the rest: Spark, Superset, faults at full size, scaling: make nightly [ONLY="spark"]
	@$(python) -m scripts.nightly $(call each_quoted,$(ONLY))

lint: $(linters) ## only the linters: sqlfluff, ruff, mypy, yamllint, dbt-bouncer
	@$(python) -m scripts.check --lint

benchmark: $(stamp) ## measure what the rank bands cost (a quarter of an hour), into docs/uncertainty.md
	@$(python) -m scripts.proofs.benchmark --report docs/uncertainty.md

what-if: index ## what one number changed does: spend near the limit, where scores begin (a few minutes): [ONLY=spend]
	@$(python) -m scripts.what_if $(if $(ONLY),--only $(call each_quoted,$(ONLY)))

planted-faults: $(stamp) ## what the checks catch (hours; goes on where it stopped): make planted-faults [KINDS="unit sign"] [EACH=4]
	@$(python) -m scripts.proofs.planted_faults $(if $(KINDS),--kinds $(call each_quoted,$(KINDS))) \
		$(if $(EACH),--each $(call each_quoted,$(EACH))) \
		$(if $(KINDS),--compare,--report) docs/planted_faults.md

mutations: $(linters) ## which check stops slips in code (hours): make mutations [ONLY="words site_src"] [WITHIN="make test"]
	@$(python) -m scripts.proofs.mutations $(if $(ONLY),--only $(call each_quoted,$(ONLY)),--report docs/mutations.md) $(if $(ANEW),--anew) \
		$(if $(WITHIN),--within $(call quoted,$(WITHIN)))

interface: $(stamp) ## keep what the marts promise, as their contracts have it, in gates/interface
	@$(python) -m scripts.release.interface

bi-model: $(stamp) ## the marts as a model for Power BI and a table for Tableau, from the contracts: [TO=folder]
	@$(python) -m scripts.release.bi_model $(if $(TO),--to $(call quoted,$(TO)))

breaking-changes: $(stamp) ## break twelve promises of the marts, one at a time, and say which gate stops each (seconds)
	@$(python) -m scripts.proofs.interface --report docs/breaking_changes.csv

goalposts: $(stamp) ## freeze goalposts into their seed: make goalposts [ONLY=measure_id] [OWN=folder]
	@$(python) -m scripts.write_goalposts $(if $(ONLY),--only $(call each_quoted,$(ONLY))) $(if $(OWN),--own $(call quoted,$(OWN)))

companion: $(stamp) ## freeze the coefficients of the companion ranking into their seed
	@$(python) -m scripts.write_companion

edition: $(stamp) ## what is missing or has to be decided for an edition, without a build: make edition EDITION=2025-26
	@test -n $(call quoted,$(EDITION)) || { echo "Say which edition: make edition EDITION=2025-26"; exit 2; }
	@$(python) -m scripts.edition $(call quoted,$(EDITION))

council: $(stamp) ## add a council: make council CODE=E06000070 NAME="East Surrey" FROM=2027-04-01 ECODE=E3601 DFE=970 REPLACES=E10000030
	@test -n $(call quoted,$(CODE)) -a -n $(call quoted,$(NAME)) -a -n $(call quoted,$(FROM)) \
		-a -n $(call quoted,$(ECODE)) -a -n $(call quoted,$(DFE)) -a -n $(call quoted,$(REPLACES)) \
		|| { echo "Say CODE, NAME, FROM, ECODE, DFE and REPLACES"; exit 2; }
	@$(python) -m scripts.edition.council $(call quoted,$(CODE)) $(call quoted,$(NAME)) $(call quoted,$(FROM)) \
		$(call quoted,$(ECODE)) $(call quoted,$(DFE)) --replaces $(call each_quoted,$(REPLACES))

pages: index ## write anew every table and figure that README and docs print of the database
	@$(python) -m scripts.pages
	@$(python) -m scripts.site.sentences

ingest: $(stamp) ## read publications into the seeds: make ingest FROM=folder [PUBLICATION=id]
	@test -n $(call quoted,$(FROM)) || { echo "Say where the publications are: make ingest FROM=folder"; exit 2; }
	@$(python) -m scripts.ingest $(call quoted,$(FROM)) $(if $(PUBLICATION),--publication $(call each_quoted,$(PUBLICATION))) \
		$(if $(TAKE),--take $(call quoted,$(TAKE))) $(if $(FILE),--file $(call quoted,$(FILE)))

trace: $(stamp) ## find a figure in its file: make trace SEED=dfe_lait KEY='CIN | E06000001 | 2018' [FROM=folder]
	@test -n $(call quoted,$(SEED)) -a -n $(call quoted,$(KEY)) || { echo "Say SEED=... and KEY='text | text'"; exit 2; }
	@$(python) -m scripts.ingest.trace $(call quoted,$(SEED)) $(call quoted,$(KEY)) $(if $(FROM),--from $(call quoted,$(FROM)))

correct: $(stamp) ## correct a figure: make correct SEED=dfe_lait KEY='CIN | E06000001 | 2018' COLUMN=value_raw VALUE=9 REASON="..."
	@test -n $(call quoted,$(SEED)) -a -n $(call quoted,$(KEY)) -a -n $(call quoted,$(COLUMN)) \
		|| { echo "Say SEED, KEY='text | text', COLUMN, VALUE and REASON"; exit 2; }
	@$(python) -m scripts.ingest.by_hand $(call quoted,$(SEED)) $(call quoted,$(KEY)) $(call quoted,$(COLUMN)) \
		$(call quoted,$(VALUE)) --reason $(call quoted,$(REASON))

changes: $(stamp) ## what differs from another database, and in ranks: make changes BEFORE=file.duckdb
	@test -n $(call quoted,$(BEFORE)) || { echo "Say which database to compare with: make changes BEFORE=file.duckdb"; exit 2; }
	@$(python) -m scripts.changes $(call quoted,$(BEFORE))

download: $(stamp) ## fetch the publications: make download TO=folder [PUBLICATION=id]
	@test -n $(call quoted,$(TO)) || { echo "Say where the files go: make download TO=folder"; exit 2; }
	@$(python) -m scripts.download $(call quoted,$(TO)) $(if $(PUBLICATION),--publication $(call each_quoted,$(PUBLICATION)))

check-changed: $(linters) ## what differs from where this branch left a base, and what depends on it: [BASE=main]
	@$(python) -m scripts.check --changed $(call each_quoted,$(or $(BASE),main))

hooks: $(linters) ## run the linters before each commit, on the files that it changes
	@$(python) -m pre_commit install

metrics: .venvs/metricflow/.installed ## list the metrics, or ask for some: make metrics QUERY="--saved-query coverage"
	@.venvs/metricflow/bin/python -m scripts.metrics $(if $(QUERY),query --quiet $(call each_quoted,$(QUERY)),list metrics)

docs: .venvs/colibri/.installed ## draw lineage and columns of every table as a page and say where to open it
	@$(python) -m scripts.lineage

clients: index .venvs/duckdb_1_2/.installed .venvs/clients/.installed .venvs/ibis/.installed ## read every mart with DuckDB 1.2, SQLAlchemy, Ibis, ADBC
	@$(python) -m scripts.proofs.bi clients

datasette: index .venvs/datasette/.installed ## serve the marts with Datasette and ask for each: make datasette [SERVE=1]
	@$(python) -m scripts.proofs.bi datasette $(if $(SERVE),--serve)

superset: index .venvs/superset/.installed ## the dashboard and every mart in Apache Superset (900 MB): make superset [SERVE=1]
	@$(python) -m scripts.proofs.bi superset $(if $(SERVE),--serve)

postgres: $(stamp) .venvs/postgres/.installed ## the index on PostgreSQL, compared with DuckDB's: make postgres [DRAWS=50]
	@$(python) -m scripts.proofs.engines.postgres $(if $(DRAWS),--draws $(call each_quoted,$(DRAWS)))

spark: .venvs/spark/.installed ## build on Spark and compare with DuckDB (Java 17, a quarter of an hour): make spark [DRAWS=50]
	@$(python) -m scripts.proofs.engines.spark $(if $(DRAWS),--draws $(call each_quoted,$(DRAWS)))

scaling: .venvs/spark/.installed ## how the rank bands grow on DuckDB and on Spark (half an hour): make scaling [DRAWS=100]
	@$(python) -m scripts.proofs.engines.scaling $(if $(DRAWS),--draws $(call each_quoted,$(DRAWS)),--report docs/scaling.md)

house: $(stamp) ## how large the project is and was, from git's history: docs/house.md
	@$(python) -m scripts.proofs.house

lock: ## pin pyproject.toml's and environments' requirements anew (needs uv): make lock [ONLY=name]
	@test -n $(call quoted,$(UV)) || { echo "make lock needs uv, and there is none on the PATH."; exit 2; }
	@$(if $(ONLY),,$(compile) pyproject.toml --output-file requirements.lock)
	@$(if $(ONLY),,$(compile) pyproject.toml --all-extras --constraint requirements.lock --output-file requirements-dev.lock)
	@for listed in $(if $(ONLY),$(call quoted,environments/$(ONLY).in),$(wildcard environments/*.in)); do \
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
