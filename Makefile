# The commands of the workbench. Each first sets up what it needs, once, with the scripts in setup/.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

# Another project's Python must not leak into this one.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV

BIN := .venv/bin

# Options for the fast tests: those that need no built records.
FAST := -n 2 --no-header -m "not slow and not night" --hypothesis-profile=dev

# The tests use the group `test`, and only some of what the package depends on.
DEPTRY_TESTS := --ignore DEP002,DEP004

# Runs a check: prints one line when it passes, and all of its output when it fails.
check = @printf '%-14s' '$(1)'; if said=$$($(2) 2>&1); then echo OK; else echo; echo "$$said"; exit 1; fi

.PHONY: help reports checks check test test-all test-lowest lab guide bench environment test-environment browser fonts

help: ## このhelpを表示します / show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

reports: environment ## 記録を読み込み、報告書をつくります / read the records and make the reports
	@$(BIN)/aip build
	@$(BIN)/aip publish

checks: test-environment
	$(call check,ruff check,$(BIN)/ruff check .)
	$(call check,ruff format,$(BIN)/ruff format --check .)
	$(call check,mypy,$(BIN)/mypy)
	$(call check,lint-imports,$(BIN)/lint-imports --no-logo)
	$(call check,deptry,$(BIN)/deptry aip_analysis bench notebooks)
	$(call check,deptry tests,$(BIN)/deptry tests $(DEPTRY_TESTS))

check: checks ## 検査と、すぐ終わるテストを行います / run the checks and the fast tests
	@$(BIN)/pytest tests/unit $(FAST)

test: checks browser fonts ## すべての検査とテストを行います / run every check and test
	@$(BIN)/pytest -n 3 --no-header

test-all: checks browser fonts ## 夜間に、より多くの場合をためします / try many more cases, at night
	@$(BIN)/pytest -n 3 --no-header -m "" --hypothesis-profile=night

# No fast test runs a notebook, and an engine depends on IPython's version more than anything else.
test-lowest: ## 最も低い版のパッケージで、すぐ終わるテストを行います / run the fast tests with the lowest versions
	@sh setup/lowest.sh
	@.venv-lowest/bin/pytest tests/unit tests/notebooks/test_engine.py $(FAST)

lab: environment ## JupyterLabを開きます / open JupyterLab
	@$(BIN)/aip lab

guide: environment ## 早見表を印刷用のPDFにします / print the cheat sheet as a PDF
	@$(BIN)/python setup/guide.py

bench: test-environment ## 処理時間を測ります / measure how long the work takes
	@$(BIN)/python -m bench

environment:
	@sh setup/environment.sh reports
	@sh setup/compiled.sh

test-environment:
	@sh setup/environment.sh test
	@sh setup/compiled.sh

# Without CI=true, the tests that need these are skipped and say so.
browser fonts:
	@sh setup/$@.sh || [ "$${CI:-}" != true ]
