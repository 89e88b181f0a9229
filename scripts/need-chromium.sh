#!/usr/bin/env bash
# Makes sure that a Chromium is on this machine for the browser journeys; installs it by apt where it may.
set -euo pipefail

found() {
	local name
	for name in chromium chromium-browser google-chrome google-chrome-stable headless-shell; do
		command -v "$name" >/dev/null && return 0
	done
	[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}
found && exit 0

give_up() {
	cat >&2 <<-TEXT
	The browser journeys need Chromium, and $1.
	  Debian:  sudo apt-get install chromium fonts-liberation
	  Ubuntu:  sudo snap install chromium    (or Google's own .deb)
	  macOS:   brew install --cask google-chrome
	TEXT
	exit 1
}

command -v apt-get >/dev/null || give_up "there is no apt-get here to install it"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } || give_up "only root may install it"
	as_root=(sudo)
fi
echo "Installing Chromium (once)…"
log=$(mktemp)
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1 || { tail -20 "$log" >&2; give_up "apt-get $1 failed (whole log: $log)"; }; }
apt update
# Liberation has every Vietnamese letter; without a font the pictures would show boxes.
apt install --no-install-recommends chromium fonts-liberation
found || give_up "it is still missing after apt-get install (log: $log)"
rm -f "$log"
