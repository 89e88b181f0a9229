#!/usr/bin/env bash
# install-tool.sh MODULE@VERSION FILE: builds a Go program of another module and leaves it as FILE. Outside our go.mod:
# a linter's dozens of dependencies are none of the portal's.
set -euo pipefail
module=$1 target=$2
mkdir -p "$(dirname "$target")"
tmp=$(mktemp -d "$(dirname "$target")/.install-XXXXXX")
trap 'rm -rf "$tmp"' EXIT
GOBIN=$(cd "$tmp" && pwd) GOFLAGS= go install "$module"
mv "$tmp"/* "$target"
