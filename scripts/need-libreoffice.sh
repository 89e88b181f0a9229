#!/usr/bin/env bash
# The tests of documents open what the portal writes in LibreOffice and read it back with poppler. Installs both by apt
# where it may; where it may not, those tests say so and are left out: nothing else needs them.
set -euo pipefail
command -v soffice >/dev/null && command -v pdftotext >/dev/null && exit 0

leave_out() {
	echo "LibreOffice or poppler-utils is missing ($1): the tests that open documents are left out." >&2
	echo "  sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils" >&2
	exit 0
}

command -v apt-get >/dev/null || leave_out "there is no apt-get here"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null && sudo -n true 2>/dev/null || leave_out "only root may install it"
	as_root=(sudo)
fi
echo "Installing LibreOffice for the tests of documents (once)…"
log=$(mktemp)
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1; }
apt update && apt install --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation || leave_out "apt-get failed, whole log: $log"
rm -f "$log"
