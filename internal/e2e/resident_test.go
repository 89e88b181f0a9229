package e2e

import (
	"context"
	"testing"

	"wardportal/internal/portal/portaltest"
)

func residentReads(t *testing.T, chrome context.Context, site *portaltest.Site) {
	p := comes(t, chrome, site, "nguoi-dan")
	p.signsIn("nct")
}
