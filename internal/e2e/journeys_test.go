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
		"a resident reads": residentReads, "the bar sees faults": theBarSeesFaults,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			walk(t, chrome, sampletest.Start(t))
		})
	}
}
