#!/usr/bin/env bash
# Fails when a Go file is not as gofmt writes it.
set -euo pipefail
files=$(git ls-files --cached --others --exclude-standard -- '*.go' | while read -r f; do [ -f "$f" ] && echo "$f"; done)
# shellcheck disable=SC2086 # no file of ours has a blank in its name
bad=$(gofmt -l $files)
if [ -n "$bad" ]; then
	printf 'not as gofmt writes it (make fmt):\n%s\n' "$bad" >&2
	exit 1
fi
