// Package report is the annual report: which figures a year asks for (indicator*.go), what may stand in a cell
// (value*.go, sum.go), which rules check them (rule*.go, expr.go), who may move a report on and until when
// (workflow.go, calendar.go, lock.go), how the ward's table is made (consolidate*.go) and the sentences that the
// figures fill (narrative*.go). Those files are pure: no SQL, no clock, no HTTP; sentences are Vietnamese.
//
// On top of them: a year's campaign (campaign.go), everything about one report (sheet.go, store_open.go, books.go), what is
// typed, merged cell by cell (edit.go, cell.go, store_save.go), the moves (store_move.go), immutable copies (copy.go), the
// ward's overview and summary (ward.go, store_ward.go), past years in bulk (store_history.go) and paper (document*.go).
//
// Definitions, formulas and the one rounding come from the domain handbook §4, the chapters from its §2.6.
package report
