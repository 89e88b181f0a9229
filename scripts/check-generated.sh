#!/usr/bin/env bash
# Fails when the committed Go code of the templ files is not what they generate today. It looks at the contents before
# and after, so it works on a tree with other changes too. The fresh files stay: commit them.
# (migrations/schema.sql is compared by TestSchemaFile, which has a database at hand.)
set -euo pipefail
state() { git ls-files --cached --others --exclude-standard -- '*_templ.go' | while read -r f; do [ -f "$f" ] && sha256sum "$f"; done | sort -k2; }
before=$(state)
go tool templ generate -log-level=warn
after=$(state)
if [ "$before" != "$after" ]; then
	echo "generated files were out of date; commit the fresh ones:" >&2
	diff <(echo "$before") <(echo "$after") | sed -nE 's/^[<>] [0-9a-f]+ +//p' | sort -u >&2
	exit 1
fi
