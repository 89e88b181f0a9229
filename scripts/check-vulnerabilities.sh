#!/usr/bin/env bash
# Runs govulncheck against VULNDB: a folder in the database's v1 layout, a .tar.gz of one, or a URL such as
# https://vuln.go.dev. Without VULNDB it takes a snapshot that lies beside the clone, else says that it skipped.
set -euo pipefail
db=${VULNDB:-}
if [ -z "$db" ] && [ -f ../shared/data/vulndb.tar.gz ]; then db=../shared/data/vulndb.tar.gz; fi
if [ -z "$db" ]; then
	echo "vulnerabilities: skipped, no database at hand (VULNDB=https://vuln.go.dev asks the public one)"
	exit 0
fi
case $db in
http://* | https://* | file://*) ;;
*.tar.gz)
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	tar -xzf "$db" -C "$dir"
	index=$(find "$dir" -path '*/index/db.json' | head -1)
	[ -n "$index" ] || { echo "$db holds no vulnerability database" >&2; exit 1; }
	db=file://$(dirname "$(dirname "$index")")
	;;
*) db=file://$(cd "$db" && pwd) ;;
esac
"$GOVULNCHECK" -db "$db" ./...
