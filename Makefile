# The index runs in .venv, built from requirements.lock and nothing else; other tools in environments of their own.
.DEFAULT_GOAL := help
.PHONY: index test lint benchmark goalposts download ingest trace changes site planted-faults release check-changed hooks
.PHONY: metrics docs clients datasette superset postgres spark scaling lock clean help

python := .venv/bin/python
stamp := .venv/.installed
linters := $(stamp) .venvs/bouncer/.installed
# The first of these that is 3.11 or later and can make environments; PYTHON=... goes before them.
candidates := $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14 python
compile := uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# Without compiled bytecode every dbt command starts four to five seconds later.
install := env -u PYTHONDONTWRITEBYTECODE
install_options := -m pip install -qq --disable-pip-version-check --no-input --compile --require-hashes

index: $(stamp) ## build the index and print its top tens: make index [DRAWS=100]
	@$(python) -m scripts.index $(if $(DRAWS),--draws $(DRAWS))

site: index ## render the report site into site/ and say where to open it
	@$(python) -m scripts.site

release: $(stamp) ## build, run the gates, compare with the last release and publish: make release [VERSION=2026.1]
	@$(python) -m scripts.release $(VERSION)

test: $(linters) ## everything that has to pass: build, data and unit tests, pytest, linters
	@$(python) -m scripts.check

lint: $(linters) ## only the linters: sqlfluff, ruff, mypy, yamllint, dbt-bouncer
	@$(python) -m scripts.check --lint

benchmark: $(stamp) ## measure what the rank bands cost (about four minutes)
	@$(python) -m scripts.benchmark

planted-faults: $(stamp) ## what the checks catch (an hour and a half): make planted-faults [KINDS="unit sign"] [EACH=4]
	@$(python) -m scripts.planted_faults $(if $(KINDS),--kinds $(KINDS)) $(if $(EACH),--each $(EACH)) \
		$(if $(KINDS),,--report docs/planted_faults.md)

goalposts: $(stamp) ## freeze goalposts into their seed: make goalposts [ONLY=measure_id]
	@$(python) -m scripts.write_goalposts $(if $(ONLY),--only $(ONLY))

ingest: $(stamp) ## read publications into the seeds: make ingest FROM=folder [PUBLICATION=id]
	@test -n "$(FROM)" || { echo "Say where the publications are: make ingest FROM=folder"; exit 2; }
	@$(python) -m scripts.ingest "$(FROM)" $(if $(PUBLICATION),--publication $(PUBLICATION))

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
	@$(python) -m scripts.bi clients

datasette: index .venvs/datasette/.installed ## serve the marts with Datasette and ask for each: make datasette [SERVE=1]
	@$(python) -m scripts.bi datasette $(if $(SERVE),--serve)

superset: index .venvs/superset/.installed ## the dashboard and every mart in Apache Superset (900 MB): make superset [SERVE=1]
	@$(python) -m scripts.bi superset $(if $(SERVE),--serve)

postgres: $(stamp) .venvs/postgres/.installed ## the index on PostgreSQL, compared with DuckDB's: make postgres [DRAWS=50]
	@$(python) -m scripts.engines.postgres $(if $(DRAWS),--draws $(DRAWS))

spark: .venvs/spark/.installed ## build on Spark and compare with DuckDB (Java 17, a quarter of an hour): make spark [DRAWS=20]
	@$(python) -m scripts.engines.spark $(if $(DRAWS),--draws $(DRAWS))

scaling: .venvs/spark/.installed ## how the rank bands grow on DuckDB and on Spark (half an hour): make scaling [DRAWS=100]
	@$(python) -m scripts.engines.scaling $(if $(DRAWS),--draws $(DRAWS),--report docs/scaling.md)

lock: ## pin pyproject.toml's and environments' requirements anew (needs uv): make lock [ONLY=name]
	@$(if $(ONLY),,$(compile) pyproject.toml --all-extras --output-file requirements.lock)
	@for listed in $(if $(ONLY),environments/$(ONLY).in,$(wildcard environments/*.in)); do \
		$(compile) "$$listed" --output-file "$${listed%.in}.lock" || exit 1; \
	done

clean: ## remove what was built; .venv stays
	@rm -rf target logs warehouse site .pytest_cache .ruff_cache .hypothesis
	@find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

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
	rm -rf .venv && "$$found" -m venv .venv && \
	$(install) $(python) $(install_options) --requirement requirements.lock
	@touch $@

# Tools that cannot share the index's environment, or that few people need, have one of their own beside it.
.venvs/%/.installed: environments/%.lock | $(stamp)
	@echo "Setting up .venvs/$* from environments/$*.lock (once) ..."
	@rm -rf .venvs/$* && $(python) -m venv .venvs/$*
	@$(install) .venvs/$*/bin/python $(install_options) --requirement $<
	@touch $@
