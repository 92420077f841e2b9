# Thin names over real commands; each can be typed by itself.

.DEFAULT_GOAL := help
# OpenSSL, which PostgreSQL's client needs, is the machine's where its headers are, else built in.
export OPENSSL_NO_VENDOR := $(shell pkg-config --exists openssl 2>/dev/null && echo 1 || echo 0)
.PHONY: help run build test prove bench fmt lint openapi

help: ## say what there is
	@sed -nE 's/^([a-z]+):.*## (.*)$$/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## build the pages and the server, and serve the demo centre
	@scripts/run

build: ## build the pages and a server for trying and testing
	scripts/build-pages
	cargo build --locked --workspace

test: ## everything that must hold, on both databases and in a browser
	@scripts/test

prove: ## the same with the full counts of storms and random tests
	@MOTCUA_PROVE=1 scripts/test

bench: ## measure against the least program that could do the same; writes docs/performance.md
	scripts/build-pages
	cargo build --locked --profile serve --package motcua-server --package motcua-tests --bins
	scripts/with-postgres target/serve/bench
	scripts/with-postgres target/serve/promises
	MOTCUA_BANK_WEBHOOK_SECRETS=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw scripts/with-postgres target/serve/money
	scripts/with-postgres target/serve/surveys
	cargo bench --locked --profile serve --package motcua-domain --bench deadline
	cargo bench --locked --profile serve --package motcua-documents --bench forms

fmt: ## put all code into its form
	cargo fmt --all
	npm --prefix frontend run format

lint: ## what needs no running server: formatting, clippy, the pages' lint, the contract's lint
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	scripts/npm-ready frontend
	npm --prefix frontend run lint
	tests/contract/run lint

openapi: ## write the contract, the page of errors and the pages' types anew
	cargo build --locked --package motcua-server
	target/debug/motcua openapi > .openapi.new && mv .openapi.new openapi.yaml
	target/debug/motcua errors > .errors.new && mv .errors.new docs/errors.md
	scripts/npm-ready frontend
	npm --prefix frontend run gen:api
