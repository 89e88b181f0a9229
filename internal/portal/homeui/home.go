// Package homeui is the first page of the workplace: what waits for you.
package homeui

import (
	"context"
	"net/http"
	"strings"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/meeting"
	"wardportal/internal/member"
	"wardportal/internal/news"
	"wardportal/internal/officer"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
)

type pages struct{ kit *kit.Kit }

// Mount declares the route of the workplace's first page.
func Mount(k *kit.Kit, r *kit.Router) {
	p := pages{k}
	k.Menu("Việc cần làm", href.Work, kit.May(authz.UseWorkplace))
	r.Get(href.Work, kit.May(authz.UseWorkplace), p.home)
}

func (p pages) home(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	f, err := gather(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	f.facts, f.absolute = p.kit.FactsOf(r.Context()), p.kit.Absolute
	v := build(f)
	v.Greeting = greeting(kit.LiveOf(r.Context()).Title, tx.Who().Name, v.waiting())
	return kit.Work(kit.WorkPage{Title: "Việc cần làm", Active: href.Work}, homeBody(v)), nil
}

// gather asks each domain for what concerns the person; what a role may not see is not asked for.
func gather(ctx context.Context, tx *db.Tx) (found, error) {
	who := tx.Who()
	f := found{who: who, now: tx.Now(), news: map[news.Status]int{}}
	var err error
	if who.May(authz.ReadReport) {
		if f.board, err = openBoard(ctx, tx); err != nil {
			return f, err
		}
	}
	if who.May(authz.ReadOfficers) && wholeAssociation(who) {
		if f.vacant, err = officer.Vacancies(ctx, tx, 0, tx.Today()); err != nil {
			return f, err
		}
	}
	if who.May(authz.WriteRoster) && !ward(who) {
		if f.questions, err = member.Questions(ctx, tx, 0); err != nil {
			return f, err
		}
	}
	if who.May(authz.WriteNews) || who.May(authz.PublishNews) {
		if f.news, err = news.Counts(ctx, tx); err != nil {
			return f, err
		}
	}
	if f.meetings, err = meeting.Upcoming(ctx, tx, 3); err != nil {
		return f, err
	}
	if own, all := who.AssociationsFor(authz.WriteReport); !all && len(own) > 0 {
		f.own = own[0]
		if f.census, err = member.CountAt(ctx, tx, f.own, tx.Today()); err != nil {
			return f, err
		}
		f.before, err = member.CountAt(ctx, tx, f.own, yearsEnd(tx))
	}
	return f, err
}

// openBoard reads this year's reports, or last year's while the ward has not opened the new campaign.
func openBoard(ctx context.Context, tx *db.Tx) (report.Board, error) {
	year := tx.Now().In(vi.Location()).Year()
	for _, y := range []int{year, year - 1} {
		board, err := report.Overview(ctx, tx, y)
		if !fault.Is(err, fault.NotFound) {
			return board, err
		}
	}
	return report.Board{}, nil
}

// wholeAssociation tells whether somebody works for more than a branch.
func wholeAssociation(who authz.Who) bool {
	own, all := who.AssociationsFor(authz.ReadReport)
	return all || len(own) > 0
}

// ward tells whether somebody works for the ward.
func ward(who authz.Who) bool {
	for _, g := range who.Grants {
		if g.Role.Ward() {
			return true
		}
	}
	return false
}

// greeting speaks to the person as one does in an office: "Chào ông Thuận, hôm nay có 4 việc".
func greeting(title, name string, waiting int) string {
	text := "Chào " + name
	if given := vi.SplitName(name).Given; title != "" && given != "" {
		text = "Chào " + strings.ToLower(title) + " " + given
	}
	if waiting == 0 {
		return text
	}
	return text + ", hôm nay có " + vi.Int(waiting) + " việc"
}
