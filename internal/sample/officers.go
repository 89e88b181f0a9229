package sample

import (
	"context"
	"fmt"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/officer"
)

// addOfficers fills committees and branches from the rosters. As at the conference of 01/12/2023, two branches are without
// a head and one seat of a committee is empty: the vacancy board has something to show.
func (b *builder) addOfficers(ctx context.Context, tx *db.Tx) error {
	start := date(2023, 3, 20)
	for _, p := range plans {
		made := b.associations[p.slug]
		if err := officer.SetUp(ctx, tx, made.id); err != nil {
			return err
		}
		congress := start
		if _, err := officer.AddTerm(ctx, tx, made.id, officer.TermDetails{
			Name: "Nhiệm kỳ 2023 – 2028", StartsOn: start, EndsOn: date(2028, 3, 20), BchQuota: p.quota, CongressOn: &congress,
			DecisionNo: fmt.Sprintf("%d/QĐ-UBND", 40+len(p.slug)), DecisionOn: &congress, Authority: "UBND thành phố Quảng Ngãi",
		}); err != nil {
			return err
		}
		c := &committee{b: b, made: made, start: start}
		if err := c.fill(ctx, tx); err != nil {
			return fmt.Errorf("%s: %w", p.slug, err)
		}
	}
	return nil
}

// committee hands out the seats of one association.
type committee struct {
	b     *builder
	made  *built
	start time.Time
	next  int
}

// chairs are those who sign in as chair and branch head in the demo.
var chairs = map[string]string{
	"nguoi-cao-tuoi": "Trần Văn Thuận", "khuyen-hoc": "Huỳnh Thị Hồng", "chat-doc-da-cam": "Võ Đình Tâm",
	"thanh-nien-xung-phong": "Bùi Hữu Nghĩa", "tu-yeu-nuoc": "Phan Trọng Bình",
}

func (c *committee) fill(ctx context.Context, tx *db.Tx) error {
	p := c.made.plan
	empty := 0
	if p.kind == "NCT" {
		empty = 1 // one seat of the committee stays empty
	}
	seats := []string{"CT", "PCT", "UVBTV"}
	for i := len(seats); i < p.quota-empty; i++ {
		seats = append(seats, "UVBCH")
	}
	for i, code := range seats {
		in := officer.NewAppointment{Association: c.made.id, Office: code, From: c.start, Began: officer.Elected}
		if i == 0 {
			in.Name = chairs[p.slug]
		} else {
			who := c.someone()
			in.Person, in.Name = who.person, who.name
		}
		if _, err := officer.Appoint(ctx, tx, in); err != nil {
			return fmt.Errorf("%s: %w", code, err)
		}
	}
	others := []string{"TQ"}
	if p.kind == "NCT" || p.kind == "KHOC" { // only these two are large enough for a control board
		others = append(others, "TBKT", "UVKT")
	}
	for _, code := range others {
		who := c.someone()
		if _, err := officer.Appoint(ctx, tx, officer.NewAppointment{Association: c.made.id, Office: code, Person: who.person, Name: who.name, From: c.start, Began: officer.Consulted}); err != nil {
			return fmt.Errorf("%s: %w", code, err)
		}
	}
	return c.heads(ctx, tx)
}

// heads appoints the heads of branches: of the elderly, branch 6 has lost its head, and a branch of the study association never got one.
func (c *committee) heads(ctx context.Context, tx *db.Tx) error {
	p := c.made.plan
	for i, branch := range c.made.branches {
		in := officer.NewAppointment{Association: c.made.id, Office: "CHT", Branch: branch, From: c.start, Began: officer.Consulted}
		switch {
		case p.kind == "KHOC" && i == 6:
			continue
		case p.kind == "NCT" && i == 2:
			in.Name = "Đặng Thị Sương"
		case p.branches[i].number:
			in.Name = []string{"Nguyễn Thị Thanh Thủy", "Trương Quang Vinh", "Lê Thị Ngọc Hạnh"}[i%3]
		default:
			who := c.someoneOf(i)
			in.Person, in.Name = who.person, who.name
		}
		if p.kind == "NCT" && i == 5 {
			until := lastAugust(tx.Today())
			in.Until, in.Ended = &until, officer.Resigned
		}
		if _, err := officer.Appoint(ctx, tx, in); err != nil {
			return fmt.Errorf("head of branch %d: %w", i+1, err)
		}
	}
	return nil
}

// lastAugust is the day on which the head of branch 6 laid the office down.
func lastAugust(today time.Time) time.Time {
	d := date(today.Year(), 8, 15)
	if d.After(today) {
		d = date(today.Year()-1, 8, 15)
	}
	return d
}

// someone gives the next member of the roster; nobody gets two seats.
func (c *committee) someone() seated {
	who := c.made.members[(c.next*7+3)%len(c.made.members)]
	c.next++
	return who
}

// someoneOf gives a member of the branch.
func (c *committee) someoneOf(branch int) seated {
	for _, m := range c.made.members {
		if m.branch == c.made.branches[branch] && !c.used(m) {
			return m
		}
	}
	return c.someone()
}

func (c *committee) used(m seated) bool {
	for i := range c.next {
		if c.made.members[(i*7+3)%len(c.made.members)] == m {
			return true
		}
	}
	return false
}

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
