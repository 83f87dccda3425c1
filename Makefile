# Everything a newcomer or a machine needs: `make demo` and `make test` set up what is missing and cost nothing where
# nothing is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DEBIAN_PACKAGES := liblua5.4-dev libseccomp-dev libsqlite3-dev pkg-config
DEBIAN_TEST_PACKAGES := $(DEBIAN_PACKAGES) lua5.4 openssh-client python3 python3-venv util-linux
BREW_PACKAGES := lua sqlite pkgconf
DEBIAN_BENCH_PACKAGES := $(DEBIAN_PACKAGES) lua5.4 python3 python3-venv
REQUIREMENTS := Tests/Interop/requirements.txt
BENCH_REQUIREMENTS := Benchmarks/requirements.txt
BENCH_PYTHON := Benchmarks/.venv/bin/python
TEST_LOG := .build/test.log
FUZZ := .build-fuzz
FUZZ_SECONDS := 60
FUZZ_SHARE := 8000
ROUNDS := 20

.PHONY: help demo test fuzz fuzz-readers fuzz-library fuzz-sources fuzz-shim fuzz-build fuzz-share sanitize sanitize-threads
.PHONY: hostile bench bench-quick bench-build bench-library bench-limits
.PHONY: lint format setup setup-test oracles

help:
	@echo "make demo    build plumb and show it at work on a sample workspace in demo/"
	@echo "make test    set up everything and run all that guards the project"
	@echo "make fuzz    try damaged inputs on what reads foreign bytes, FUZZ_SECONDS=$(FUZZ_SECONDS) for each reader and build,"
	@echo "             and generated calls of the scripts' functions, ROUNDS=$(ROUNDS), generated measures and odd calls of"
	@echo "             the sandbox, under sanitizers"
	@echo "make sanitize      the tests of the sandbox under AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer"
	@echo "make hostile       every hostile script in every place of a measure, some ten minutes"
	@echo "make bench   measure the goals on this machine beside other tools, and write Benchmarks/RESULTS.md"
	@echo "make bench-quick   the same on smaller data in a few minutes; writes nothing"
	@echo "make bench-library   the scripts' functions beside stock Lua's"
	@echo "make bench-limits    by how much hostile scripts go over their CPU limit"
	@echo "make lint    check the format        make format  mend it"

# Installs what is missing on Debian and Ubuntu; elsewhere says what to install.
define install_packages
	@missing=""; \
	if command -v dpkg-query >/dev/null; then \
	  for package in $(1); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "Installing:$$missing"; \
	    run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	    $$run apt-get update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi; \
	elif [ "$$(uname)" = Darwin ]; then \
	  for package in $(BREW_PACKAGES); do \
	    brew list $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then echo "Please install first: brew install$$missing"; exit 1; fi; \
	fi
	@command -v swift >/dev/null || { echo "Please install Swift 6.2 or newer first: https://swift.org/install"; exit 1; }
endef

setup:
	$(call install_packages,$(DEBIAN_PACKAGES))

setup-test: .venv/installed
	$(call install_packages,$(DEBIAN_TEST_PACKAGES))

.venv/installed: $(REQUIREMENTS)
	$(call install_packages,$(DEBIAN_TEST_PACKAGES))
	@echo "Installing the Python packages of the interop tests"
	@python3 -m venv .venv
	@.venv/bin/python -m pip install -q --disable-pip-version-check -r $(REQUIREMENTS)
	@touch $@

demo: setup
	@swift build -c release --product plumb
	@swift build -c release --product plumb-worker
	@rm -rf demo
	@.build/release/plumb demo demo

test: setup-test lint fuzz-share
	@swift build --build-tests
	@status=0; swift test --skip-build --disable-xctest 2>&1 | tee $(TEST_LOG) || status=$$?; \
	echo; \
	grep -E 'skipped' $(TEST_LOG) | grep -E 'Test |Suite ' | sed 's/^/  /' || true; \
	echo "$$(grep -cE '^. Test .* skipped' $(TEST_LOG) || true) tests were skipped"; \
	grep -E 'Test run with' $(TEST_LOG) | tail -1; \
	exit $$status

# Reference answers of other software, held against what measures compute: make oracles DIR=PATH
oracles: setup-test
	@test -n "$(DIR)" || { echo "Name a folder of references: make oracles DIR=PATH"; exit 2; }
	@swift build --build-tests
	@PLUMBLINE_ORACLES="$(abspath $(DIR))" PLUMBLINE_REQUIRE_ORACLES=1 \
	  swift test --skip-build --disable-xctest --filter 'OracleTests\.ProofTests'

# Tests/Fuzz is built twice: with AddressSanitizer, which also bounds single allocations, and without, to run in little
# address space. Sound inputs are our own, those of other writers, and the real files where they are at hand.
fuzz-build: setup-test
	@swift build -c release --package-path Tests/Fuzz --scratch-path $(FUZZ)/address --sanitize=address
	@swift build -c release --package-path Tests/Fuzz --scratch-path $(FUZZ)/plain
	@.venv/bin/python Tests/Fuzz/seeds.py $(FUZZ)/corpus

define run_fuzz
	@export SWIFT_BACKTRACE=enable=no; \
	inputs="--corpus $(FUZZ)/corpus --corpus ../shared/exports/arrow/1.0.0-littleendian"; \
	ASAN_OPTIONS=handle_sigill=1:handle_sigtrap=1:max_allocation_size_mb=512:hard_rss_limit_mb=2048 \
	  $(FUZZ)/address/release/fuzz $(1) --seed 1 --work $(FUZZ)/address $$inputs \
	  || { echo "The input that did it is in $(FUZZ)/address/*.input"; exit 1; }; \
	ulimit -v 1000000 2>/dev/null || true; \
	$(FUZZ)/plain/release/fuzz $(1) --seed 2 --work $(FUZZ)/plain $$inputs \
	  || { echo "The input that did it is in $(FUZZ)/plain/*.input"; exit 1; }
endef

fuzz: fuzz-readers fuzz-library fuzz-sources fuzz-shim

fuzz-readers: fuzz-build
	$(call run_fuzz,--seconds $(FUZZ_SECONDS))

fuzz-library: setup-test
	@Tests/Fuzz/Library/fuzz.sh $(ROUNDS)

# Generated measures come to the same in every process, built with a sanitizer or without.
define run_sources
	@export SWIFT_BACKTRACE=enable=no; for build in address plain; do \
	  $(FUZZ)/$$build/release/fuzz --target sources --rounds $(1) --seed $(2) --work $(FUZZ)/$$build | tee $(FUZZ)/$$build/sources.log \
	    || { echo "The input that did it is in $(FUZZ)/$$build/sources.input"; exit 1; }; \
	done; \
	cmp $(FUZZ)/address/sources.log $(FUZZ)/plain/sources.log
endef

fuzz-sources: fuzz-build
	$(call run_sources,$$(($(ROUNDS) * 2000)),$$RANDOM)

fuzz-shim: setup-test
	@Tests/Fuzz/Library/odd_calls.sh $$(($(ROUNDS) * 5000)) $$RANDOM

# What `make test` does of it: the same inputs each time.
fuzz-share: fuzz-build
	$(call run_fuzz,--rounds $(FUZZ_SHARE) --target arrow)
	$(call run_fuzz,--rounds $(FUZZ_SHARE) --target delimited)
	$(call run_sources,300,1)
	@Tests/Fuzz/Library/odd_calls.sh 2000 1

# The rooms that scripts can touch, a package of their own. ThreadSanitizer puts a signal off until the program calls something
# that it knows, which Lua in a loop does not: no timer stops a script there, so that the tests that wait for one are left out.
SANITIZED := .build-sanitize
TIMED := CPULimitTests|HostileSuiteTests|ColouringTests|theClockStopsIt|theCPULimit|limitsHoldInModules
TIMED := $(TIMED)|modulesAreTriedWhenAFileIsRead|aFileWithoutEndIsStopped|testsOfAFileShareOneBudget
TIMED := $(TIMED)|aScriptThatGoesOnAfterItsLimitEndsItsWorker|limitsOfScriptsAreNoDeaths|lastWordsHaveRoomForWhereItWas

# Optimised: a debug build that a sanitizer slows down as well does not keep to the times that the sandbox rests on.
define run_sanitized
	@export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0; \
	package="--package-path Tests/Sanitize --scratch-path $(SANITIZED)/$(1) --sanitize=$(1)"; \
	package="$$package -c release -Xswiftc -enable-testing"; \
	swift build --build-tests $$package && swift test --skip-build --disable-xctest $$package $(2)
endef

sanitize: export PLUMBLINE_UNDEFINED = 1
sanitize: setup-test
	$(call run_sanitized,address)
	@echo "Left out under ThreadSanitizer, which puts off the signals of timers: $(TIMED)"
	@unset PLUMBLINE_UNDEFINED; $(MAKE) --no-print-directory sanitize-threads

sanitize-threads:
	$(call run_sanitized,thread,--skip '$(TIMED)')

bench-build: Benchmarks/.venv/installed
	$(call install_packages,$(DEBIAN_BENCH_PACKAGES))
	@command -v perf valgrind >/dev/null || ! command -v apt-get >/dev/null \
	  || $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq linux-perf >/dev/null 2>&1 \
	  || $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq valgrind >/dev/null 2>&1 \
	  || echo "Neither perf nor valgrind can be installed: missed rows will have no profile"
	@swift build -c release --product plumb
	@swift build -c release --product plumb-worker
	@swift build -c release --product plumb-bench
	@swift build --build-tests

Benchmarks/.venv/installed: $(BENCH_REQUIREMENTS)
	$(call install_packages,$(DEBIAN_BENCH_PACKAGES))
	@echo "Installing the tools to compare with"
	@python3 -m venv Benchmarks/.venv
	@$(BENCH_PYTHON) -m pip install -q --disable-pip-version-check -r $(BENCH_REQUIREMENTS)
	@touch $@

bench: bench-build
	@cd Benchmarks && .venv/bin/python -m bench

bench-quick: bench-build
	@cd Benchmarks && .venv/bin/python -m bench --quick

bench-library: setup
	@python3 Benchmarks/library.py

# Workers as they are shipped; the tests that drive them as they always are.
define run_hostile
	@swift build -c release --product plumb-worker
	@swift build --build-tests
	@PLUMBLINE_WORKER=$(CURDIR)/.build/release/plumb-worker \
	  swift test --skip-build --disable-xctest --filter $(1) | grep -E 'over the limit|recorded|passed after|failed after'
endef

hostile: export PLUMBLINE_EVERY_PAIR = 1
hostile: setup
	$(call run_hostile,HostileSuiteTests)

bench-limits: setup
	$(call run_hostile,hostileScriptsHarmNobodyElse)

lint:
	@swift format lint --strict --configuration .swift-format -r Sources Tests Benchmarks/Micro Package.swift

format:
	@swift format --configuration .swift-format -i -r Sources Tests Benchmarks/Micro Package.swift
