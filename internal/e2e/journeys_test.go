package e2e

import (
	"context"
	"testing"

	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
)

// TestJourneys lets people walk through the portal, each journey over a copy of the sample ward of its own.
func TestJourneys(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	for name, walk := range map[string]func(*testing.T, context.Context, *portaltest.Site){
		"the bar sees faults":                 theBarSeesFaults,
		"a resident reads":                    residentReads,
		"a resident reads large":              residentReadsLarge,
		"a resident reads without JavaScript": residentWithoutScript,
		"the chair keeps the roster":          chairKeepsTheRoster,
		"the branch head keeps to the branch": headKeepsTheBranch,
		"a report goes back and forth":        reportGoesBackAndForth,
		"an official enters five from paper":  officialEntersFiveFromPaper,
		"two windows":                         twoWindows,
		"pressed twice":                       pressedTwice,
		"the session expires":                 sessionExpires,
		"the chair has no JavaScript":         chairWithoutScript,
		"news is written and read":            newsIsWrittenAndRead,
		"a roster comes from a file":          rosterComesFromAFile,
		"a tour of the official's pages":      tour("canbo", 25),
		"a tour of the leader's pages":        tour("lanhdao", 5),
		"a tour of the admin's pages":         tour("quantri", 2),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			walk(t, chrome, sampletest.Start(t))
		})
	}
}
