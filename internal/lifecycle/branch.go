// Package lifecycle holds the business that spans domains: what ends in one place and must end in others with it. Pages, jobs
// and commands all call it, so that the rule stands once.
package lifecycle

import (
	"context"
	"fmt"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/officer"
	"wardportal/internal/vi"
)

// BranchClosing says what closing a branch would meet: members to be moved first, and officers whose office ends with it.
type BranchClosing struct {
	Branch   association.Branch
	Members  int // on the roster today; must be 0
	Officers []officer.Appointment
}

// BeforeClosing looks at a branch that somebody wants to close.
func BeforeClosing(ctx context.Context, tx *db.Tx, id association.BranchID) (BranchClosing, error) {
	b, err := association.GetBranch(ctx, tx, id)
	if err != nil {
		return BranchClosing{}, err
	}
	if !authz.Can(tx.Who(), authz.WriteAssociation, authz.Of(b.AssociationID)) {
		return BranchClosing{}, fault.Missing()
	}
	out := BranchClosing{Branch: b}
	if b.Listed {
		census, err := member.CountAt(ctx, tx, b.AssociationID, tx.Today())
		if err != nil {
			return out, err
		}
		out.Members, _ = census.InBranch(b.ID)
	}
	people, err := officer.InOffice(ctx, tx, b.AssociationID, tx.Today())
	if err != nil {
		return out, err
	}
	for _, a := range people {
		if a.BranchID != nil && *a.BranchID == b.ID {
			out.Officers = append(out.Officers, a)
		}
	}
	return out, nil
}

// CloseBranch closes a branch; last is its last day. Its members must have been moved before. Whoever holds an office of
// the branch leaves it on the day after.
func CloseBranch(ctx context.Context, tx *db.Tx, id association.BranchID, version int, last time.Time, reason string) error {
	c, err := BeforeClosing(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case c.Branch.ClosedOn != nil:
		return fault.New(fault.Conflict, fmt.Sprintf("%s đã kết thúc từ %s.", c.Branch.Name, vi.ShortDate(*c.Branch.ClosedOn)))
	case c.Members > 0:
		return fault.New(fault.Invalid, fmt.Sprintf("%s còn %s hội viên. Hãy chuyển họ sang chi hội khác trước.", c.Branch.Name, vi.Int(c.Members)))
	case last.IsZero() || last.After(tx.Today()):
		return fault.At("closed_on", "Nhập ngày kết thúc, không sau hôm nay.")
	}
	for _, a := range c.Officers {
		leaving := officer.Leaving{Version: a.Version, On: last.AddDate(0, 0, 1), How: officer.Merged, Note: "Chi hội kết thúc"}
		if !leaving.On.After(a.StartsOn) {
			return fault.At("closed_on", fmt.Sprintf("%s mới giữ chức từ %s. Ngày kết thúc phải từ ngày đó trở đi.", a.PersonName, vi.ShortDate(a.StartsOn)))
		}
		if err := officer.End(ctx, tx, a.ID, leaving); err != nil {
			return err
		}
	}
	return association.CloseBranch(ctx, tx, id, version, last, reason)
}
