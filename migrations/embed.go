// Package migrations holds the schema as numbered SQL files, one transaction each. Numbers are sequential:
// golang-migrate silently skips a lower number that lands late.
package migrations

import "embed"

// Files are the migrations, NNNN_verb_object.{up,down}.sql.
//
//go:embed *.sql
var Files embed.FS
