# Everything a person types. `make` alone lists it.
# Each target that builds does its own set-up first, which says nothing and takes under a second when nothing is missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Rust as rustup installs it; where there is none, the one that scripts/set-up took from Debian.
export PATH := $(HOME)/.cargo/bin:$(PATH):$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/switchboard/rust-debian/bin

.PHONY: help
help: ## Lists what can be made
	@echo "Switchboard. Type make and one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

.PHONY: set-up
set-up: ## Installs what building needs, and builds nothing
	@scripts/set-up build

.PHONY: run
run: ## Sets up, builds and opens the window
	@scripts/need-display
	@scripts/set-up build
	@cargo xtask ui
	@cargo run --quiet --bin switchboard

.PHONY: simulator
simulator: ## Runs the stand-in for RingCentral alone; its first line says where it listens
	@scripts/set-up build
	@cargo run --quiet --package switchboard-simulator --bin simulator -- --port 0

.PHONY: test
test: ## Sets up and runs every check and test, window tests included
	@scripts/set-up test
	@scripts/test

.PHONY: bench
bench: ## Measures what a person would feel, in a release build: arrival, reads meanwhile, large imports
	@scripts/set-up build
	@cargo bench --quiet --package switchboard-core --bench core

.PHONY: speech
speech: ## Measures transcription with the model and recordings in SWITCHBOARD_SPEECH: wrong words, time, memory
	@scripts/set-up build
	@cargo bench --quiet --package switchboard-core --bench speech

.PHONY: fax
fax: ## Measures pages of faxes against poppler's, those of the folder SWITCHBOARD_FAXES or its own: likeness, time
	@scripts/set-up build
	@cargo bench --quiet --package switchboard-core --bench fax

.PHONY: fmt
fmt: ## Formats the code
	@cargo fmt --all

.PHONY: release
release: ## Builds the installable package (.deb) and says where it is
	@scripts/set-up build
	@scripts/release

.PHONY: clean
clean: ## Removes everything that was built
	@cargo clean --quiet
	@rm -rf ui/dist gen tests/e2e/artifacts
