#!/usr/bin/env bash
# Makes sure that Node (18 or newer) and npm are here; they build the stylesheet and the script, nothing at run time.
set -euo pipefail
oldest=18
if command -v node >/dev/null && command -v npm >/dev/null; then
	major=$(node -p 'process.versions.node.split(".")[0]')
	[ "$major" -ge "$oldest" ] && exit 0
	why="the one here is $(node --version)"
else
	why="node or npm is not in PATH"
fi
cat >&2 <<TEXT
Building the portal needs Node $oldest or newer with npm, and $why.
  Debian 12+, Ubuntu 24.04+:  sudo apt-get install nodejs npm
  others:                     https://nodejs.org/en/download
TEXT
exit 1
