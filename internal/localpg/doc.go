// Package localpg is the embedded default: where no PORTAL_DATABASE_URL is set, it runs a private Postgres
// cluster from the binaries that are installed on the machine, and stops it with the program.
//
// What lies where (DataDir is PORTAL_DATA_DIR):
//
//	DataDir/pg             the cluster; or, where its account cannot reach DataDir, a file that names it
//	DataDir/run            the socket, 0700; in /run or /tmp under a short name where this path is too long
//	DataDir/postgres.log   what Postgres says (no statements, no values)
//	DataDir/portal.lock    held by the one `serve` of this folder
//	DataDir/pg.start.lock  held while somebody starts or stops the cluster
//	DataDir/pg.users.lock  held (shared) by every program that uses the cluster; the last one stops it
//
// The server listens on nothing but that socket. A connection is allowed by who the connecting process is
// (`peer`), so there is no password to keep: only root and the account that owns the cluster may enter.
// A data folder is never deleted, whatever its state; what cannot be used is an error that says what to do.
package localpg
