// Package report is the annual report: which figures a year asks for (indicator*.go), what may stand in a cell
// (value*.go, sum.go), which rules check them (rule*.go, expr.go), who may move a report on and until when
// (workflow.go, calendar.go, lock.go), how the ward's table is made (consolidate*.go) and the sentences that the
// figures fill (narrative*.go). Those files are pure: no SQL, no clock, no HTTP; sentences are Vietnamese.
//
// Definitions, formulas and the one rounding come from the domain handbook §4, the chapters from its §2.6.
package report
