# The daily commands; `make help` lists them. What a target makes, it makes only when its sources changed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

GO ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# The version is stamped here, so Go need not ask git, which refuses clones of another owner (sudo make run).
LDFLAGS := -s -w -X wardportal/internal/app.Version=$(VERSION)
TOOLS := bin/tools
# Pinned: a new version of a checker must not turn an old commit red.
GOLANGCI_LINT_VERSION := 2.15.0
GOVULNCHECK_VERSION := 1.9.0
GOLANGCI_LINT := $(TOOLS)/golangci-lint-$(GOLANGCI_LINT_VERSION)
GOVULNCHECK := $(TOOLS)/govulncheck-$(GOVULNCHECK_VERSION)

TEMPL := $(shell find web internal -name '*.templ' -not -path '*/node_modules/*' 2>/dev/null)
ASSETS := $(shell find web/assets web/build.mjs -type f 2>/dev/null)

.PHONY: help
help: ## This list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: build ## Build, load the demo ward, serve on http://127.0.0.1:8080 (Ctrl-C stops)
	@scripts/need-postgres.sh
	@bin/portal demo
	@exec bin/portal serve

.PHONY: demo
demo: build ## Load the demo ward and stop
	@scripts/need-postgres.sh
	bin/portal demo

.PHONY: build
build: assets generate ## bin/portal
	$(GO) build -buildvcs=false -trimpath -ldflags '$(LDFLAGS)' -o bin/portal ./cmd/portal

.PHONY: assets
assets: web/dist/manifest.json ## Stylesheet, script and pictures into web/dist

web/dist/manifest.json: web/node_modules/.installed $(ASSETS)
	cd web && node build.mjs
	@touch $@

# npm ci empties node_modules, so the mark goes with it when an installation breaks off.
web/node_modules/.installed: web/package-lock.json
	@scripts/need-node.sh
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: generate
generate: bin/.generated ## Go code of the templ files (committed)

bin/.generated: $(TEMPL) go.mod
	$(GO) tool templ generate -log-level=warn
	@mkdir -p bin && touch $@

.PHONY: schema
schema: ## migrations/schema.sql from the migrations (committed)
	@scripts/need-postgres.sh
	UPDATE_SCHEMA=1 $(GO) test ./internal/db -run '^TestSchemaFile$$' -count=1

.PHONY: test
test: assets generate ## Every test, browser journeys included
	@scripts/need-postgres.sh
	@scripts/need-chromium.sh
	@scripts/need-libreoffice.sh
	$(GO) test ./... -count=1 -timeout 25m

.PHONY: e2e
e2e: assets generate ## Only the browser journeys, told one by one
	@scripts/need-postgres.sh
	@scripts/need-chromium.sh
	$(GO) test ./internal/e2e/... -count=1 -timeout 20m -v

.PHONY: bench
bench: assets generate ## The benchmarks, with their ratios (docs/performance.md)
	@scripts/need-postgres.sh
	$(GO) test ./... -run '^$$' -bench . -timeout 30m | grep -vE 'no test files|^(ok|PASS)'

.PHONY: check
check: assets ## Format, vet, lint, generated files up to date, known vulnerabilities
	@scripts/check-format.sh
	@scripts/check-generated.sh
	$(GO) vet ./...
	@$(MAKE) lint
	@$(MAKE) vuln

.PHONY: lint
lint: $(GOLANGCI_LINT) ## golangci-lint as .golangci.yml says
	$(GOLANGCI_LINT) run ./...

.PHONY: vuln
vuln: $(GOVULNCHECK) ## Known vulnerabilities in what we call; VULNDB = folder, .tar.gz or URL of the database
	@GOVULNCHECK=$(GOVULNCHECK) scripts/check-vulnerabilities.sh

.PHONY: fmt
fmt: ## Format Go and templ files
	gofmt -w cmd internal migrations web/*.go web/ui
	$(GO) tool templ fmt web internal

.PHONY: clean
clean: ## Remove what was built; the data in var/ stay
	rm -rf bin web/node_modules
	find web/dist -type f ! -name .keep -delete

$(GOLANGCI_LINT):
	@echo "building golangci-lint $(GOLANGCI_LINT_VERSION) (once, one to two minutes)"
	@scripts/install-tool.sh github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(GOLANGCI_LINT_VERSION) $@

$(GOVULNCHECK):
	@scripts/install-tool.sh golang.org/x/vuln/cmd/govulncheck@v$(GOVULNCHECK_VERSION) $@
