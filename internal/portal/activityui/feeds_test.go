package activityui_test

import (
	"slices"
	"testing"

	"wardportal/internal/activity"
	"wardportal/internal/meeting"
	"wardportal/internal/report"
)

// Books and report name the same rows: every row whose source is a book is fed by it, and no book feeds a row that the
// report does not know or takes from elsewhere. Only here do the packages meet.
func TestBooksFeedTheRowsOfTheReport(t *testing.T) {
	t.Parallel()
	fed := map[report.Source][]string{}
	for _, k := range activity.Kinds {
		fed[report.Activity] = append(fed[report.Activity], k.Feeds()...)
	}
	for _, k := range meeting.Kinds {
		fed[report.Meetings] = append(fed[report.Meetings], slices.Concat(k.Count, k.Present)...)
	}
	fed[report.Funds] = []string{"GEN.FUND.OPEN", "GEN.FUND.FEE", "GEN.FUND.MOB", "GEN.FUND.BUD", "GEN.FUND.OTH", "GEN.FUND.OUT", "GEN.FUND.CLOSE"}
	for _, f := range activity.Funds {
		for _, code := range []string{f.In, f.Close} {
			if code != "" {
				fed[report.Funds] = append(fed[report.Funds], code)
			}
		}
	}
	for source, codes := range fed {
		for _, code := range codes {
			if ind, ok := report.ByCode(code); !ok || ind.Source != source {
				t.Errorf("a book feeds %s; the report has %+v", code, ind)
			}
		}
		for _, ind := range report.Registry {
			if ind.Source == source && !slices.Contains(codes, ind.Code) {
				t.Errorf("%s comes from the %s, and nothing there feeds it", ind.Code, source.Book())
			}
		}
	}
	for _, k := range activity.ClubKinds {
		for _, code := range slices.Concat([]string{"GEN.CLUB.N", "GEN.CLUB.MEM"}, k.Count, k.Member) {
			if _, ok := report.ByCode(code); !ok {
				t.Errorf("clubs feed the unknown row %s", code)
			}
		}
	}
}
