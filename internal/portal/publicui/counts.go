package publicui

import (
	"context"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/vi"
)

// smallest is the least number of people that is shown in public (product.md §2.9).
const smallest = 5

// counts are the public sizes of associations and branches. A hidden size is absent: it is below 5, or it would give away
// one that is.
type counts struct {
	branches []association.Branch // open today, in order
	members  map[association.BranchID]int
	hidden   map[association.BranchID]bool
	totals   map[association.ID]int
	counted  map[association.ID]bool // has branches kept by number only
}

// readCounts reads the sizes of one association's branches (0 = all).
func readCounts(ctx context.Context, tx *db.Tx, a association.ID) (counts, error) {
	branches, err := association.Branches(ctx, tx, a, tx.Today())
	if err != nil {
		return counts{}, err
	}
	rosters, err := member.PublicCounts(ctx, tx)
	if err != nil {
		return counts{}, err
	}
	numbers, err := association.CountsAt(ctx, tx, a, tx.Today())
	if err != nil {
		return counts{}, err
	}
	return mergeCounts(branches, rosters, numbers), nil
}

// mergeCounts joins what rosters say with the dated counts of branches without a roster, and hides again where the two
// together would tell a small number.
func mergeCounts(branches []association.Branch, rosters []member.PublicCount, numbers []association.Count) counts {
	c := counts{branches: branches, members: map[association.BranchID]int{}, hidden: map[association.BranchID]bool{},
		totals: map[association.ID]int{}, counted: map[association.ID]bool{}}
	untold := map[association.ID]bool{} // the roster's own total is hidden
	for _, r := range rosters {
		switch {
		case r.BranchID == nil && r.Members == nil:
			untold[r.AssociationID] = true
		case r.BranchID == nil:
			c.totals[r.AssociationID] += *r.Members
		case r.Members == nil:
			c.hidden[*r.BranchID] = true
		default:
			c.members[*r.BranchID] = *r.Members
		}
	}
	owner := map[association.BranchID]association.ID{}
	for _, b := range branches {
		owner[b.ID] = b.AssociationID
	}
	for _, n := range numbers {
		a := owner[n.Branch]
		c.counted[a] = true
		c.totals[a] += n.Members
		if n.Members > 0 && n.Members < smallest {
			c.hidden[n.Branch] = true
		} else {
			c.members[n.Branch] = n.Members
		}
	}
	for a := range untold {
		delete(c.totals, a)
	}
	c.hideNeighbours()
	return c
}

// hideNeighbours: where exactly one branch is hidden under a total that is shown, the next smallest goes too.
func (c counts) hideNeighbours() {
	alone := map[association.ID]int{}
	next := map[association.ID]association.BranchID{}
	for _, b := range c.branches {
		if c.hidden[b.ID] {
			alone[b.AssociationID]++
			continue
		}
		if n, found := c.members[b.ID], next[b.AssociationID]; n > 0 && (found == 0 || n < c.members[found]) {
			next[b.AssociationID] = b.ID
		}
	}
	for a, n := range alone {
		if _, shown := c.totals[a]; shown && n == 1 && next[a] != 0 {
			c.hidden[next[a]] = true
			delete(c.members, next[a])
		}
	}
}

// of lists an association's branches.
func (c counts) of(a association.ID) []association.Branch {
	var list []association.Branch
	for _, b := range c.branches {
		if b.AssociationID == a {
			list = append(list, b)
		}
	}
	return list
}

// total gives an association's members; false where it is hidden or unknown.
func (c counts) total(a association.ID) (int, bool) {
	n, ok := c.totals[a]
	return n, ok && n >= smallest
}

const untoldWords = "không công bố"

// words gives a branch's size as people read it.
func (c counts) words(b association.Branch) string {
	if c.hidden[b.ID] {
		return untoldWords
	}
	return vi.Int(c.members[b.ID])
}

// anyHidden tells whether the page needs the sentence about small numbers.
func (c counts) anyHidden(a association.ID) bool {
	for _, b := range c.of(a) {
		if c.hidden[b.ID] {
			return true
		}
	}
	return false
}
