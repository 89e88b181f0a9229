#!/usr/bin/env bash
# Makes sure that Postgres server programs (15 or newer) are on this machine; they need not run, the portal starts its
# own. Installs them by apt where it may, else says what to install.
set -euo pipefail
oldest=15

[ -n "${PORTAL_DATABASE_URL:-}" ] && [ "${1:-}" != "--server" ] && exit 0

newest() {
	local best=0 dir major
	for dir in ${PATH//:/ } /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin \
		/usr/local/opt/postgresql*/bin /home/linuxbrew/.linuxbrew/opt/postgresql*/bin; do
		[ -x "$dir/initdb" ] && [ -x "$dir/postgres" ] || continue
		major=$("$dir/postgres" --version | sed -nE 's/.*\(PostgreSQL\) ([0-9]+).*/\1/p')
		[ "${major:-0}" -gt "$best" ] && best=$major
	done
	echo "$best"
}

[ "$(newest)" -ge "$oldest" ] && exit 0

give_up() {
	cat >&2 <<-TEXT
	The portal needs the server programs of PostgreSQL $oldest or newer, and $1.
	  Debian 12+, Ubuntu 24.04+:  sudo apt-get install postgresql
	  older Debian/Ubuntu:        https://www.postgresql.org/download/linux/ (its apt repository), then postgresql-17
	  Fedora, RHEL:               sudo dnf install postgresql-server
	  macOS:                      brew install postgresql@17
	Or set PORTAL_DATABASE_URL and PORTAL_OWNER_DATABASE_URL to a server that runs elsewhere.
	TEXT
	exit 1
}

command -v apt-get >/dev/null || give_up "there is no apt-get here to install them"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	# A password may be asked for only where somebody can type it.
	command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } || give_up "only root may install them"
	as_root=(sudo)
fi

echo "Installing the PostgreSQL server programs (once)…"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1 || { tail -20 "$log" >&2; give_up "apt-get $1 failed (whole log: $log)"; }; }
apt update
major=$(apt-cache show postgresql 2>/dev/null | sed -nE 's/^Version: ([0-9]+).*/\1/p' | sort -n | tail -1)
[ "${major:-0}" -ge "$oldest" ] || give_up "this system offers only version ${major:-none}"

# The package would make and start a cluster of its own, which nobody asked for. Its configuration comes with
# postgresql-common, so that goes first.
apt install --no-install-recommends postgresql-common
conf=/etc/postgresql-common/createcluster.conf
"${as_root[@]}" sed -i -E '/^[#[:space:]]*create_main_cluster[[:space:]]*=/d' "$conf"
echo "create_main_cluster = false" | "${as_root[@]}" tee -a "$conf" >/dev/null
apt install --no-install-recommends "postgresql-$major"

[ "$(newest)" -ge "$oldest" ] || give_up "they are still missing after apt-get install (log: $log)"
rm -f "$log"
