package member

import (
	"context"
	"encoding/json"
	"fmt"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/vi"
)

// The acts of member_change. Audit uses the same words after "member.".
const (
	actAdd     = "add"
	actChange  = "change"
	actMove    = "move"
	actExempt  = "exempt"
	actResume  = "resume"
	actEnd     = "end"
	actReadmit = "readmit"
	actMistake = "mistake"
	actUndo    = "undo"
	actImport  = "import"
)

// snapshot is a membership with its dated rows before an act: what Undo puts back.
type snapshot struct {
	Fields     Fields      `json:"fields"`
	Branch     BranchID    `json:"branch"`
	BranchName string      `json:"branch_name"`
	Status     Status      `json:"status"`
	Ended      vi.Date     `json:"ended,omitzero"`
	EndedHow   *EndHow     `json:"ended_how,omitempty"`
	Died       vi.Date     `json:"died,omitzero"`
	IDKey      []byte      `json:"id_key,omitempty"`
	IDTail     string      `json:"id_tail,omitempty"`
	Spans      []spanRow   `json:"spans"`
	Branches   []branchRow `json:"branches"`
	States     []stateRow  `json:"states"`
	Secrets    []int64     `json:"secrets,omitempty"` // ids only; values stay sealed
}

// Days are kept as text: -infinity has no time.Time.
type spanRow struct {
	ID       int64   `json:"id"`
	Began    Began   `json:"began"`
	Joined   vi.Date `json:"joined,omitzero"`
	FromDay  string  `json:"from_day"`
	EndedHow *EndHow `json:"ended_how,omitempty"`
	Ended    vi.Date `json:"ended,omitzero"`
	ToDay    *string `json:"to_day,omitempty"`
	Reason   string  `json:"reason,omitempty"`
	Place    string  `json:"place,omitempty"`
	Voided   bool    `json:"voided,omitempty"`
}

type branchRow struct {
	ID     int64   `json:"id"`
	ToDay  *string `json:"to_day,omitempty"`
	Voided bool    `json:"voided,omitempty"`
}

type stateRow struct {
	ID     int64   `json:"id"`
	ToDay  *string `json:"to_day,omitempty"`
	Voided bool    `json:"voided,omitempty"`
}

func takeSnapshot(ctx context.Context, tx *db.Tx, s stored) (snapshot, error) {
	m := s.member()
	snap := snapshot{Fields: m.Fields, Branch: s.BranchID, BranchName: s.Branch, Status: s.Status, Ended: s.Ended, EndedHow: s.EndedHow, Died: s.Died,
		IDKey: s.IDKey, IDTail: s.IDTail}
	var err error
	if snap.Spans, err = db.All[spanRow](ctx, tx, `
		select id, began, joined, from_day::text, ended_how, ended, to_day::text, reason, place, voided
		from membership_span where membership_id = $1 order by id`, s.ID); err != nil {
		return snap, err
	}
	if snap.Branches, err = db.All[branchRow](ctx, tx, `select id, to_day::text, voided from membership_branch where membership_id = $1 order by id`, s.ID); err != nil {
		return snap, err
	}
	if snap.States, err = db.All[stateRow](ctx, tx, `select id, to_day::text, voided from membership_state where membership_id = $1 order by id`, s.ID); err != nil {
		return snap, err
	}
	snap.Secrets, err = db.Column[int64](ctx, tx, `select id from membership_secret where membership_id = $1 and not voided order by id`, s.ID)
	return snap, err
}

// happening is an act to be written into the timeline and the audit.
type happening struct {
	act      string
	sentence string
	fields   []string
	before   *snapshot
}

// finish writes the timeline and the audit after an act and gives the id of the change, which Undo takes.
func finish(ctx context.Context, tx *db.Tx, id ID, h happening) (int64, error) {
	s, err := db.One[stored](ctx, tx, storedSQL, tx.Who().Ward, id)
	if err != nil {
		return 0, err
	}
	before, err := asJSON(h.before)
	if err != nil {
		return 0, err
	}
	after, err := json.Marshal(s.member().Fields)
	if err != nil {
		return 0, fmt.Errorf("write the state after the act: %w", err)
	}
	who := tx.Who()
	if h.fields == nil {
		h.fields = []string{}
	}
	change, err := db.Value[int64](ctx, tx, `
		insert into member_change (ward_id, association_id, membership_id, version, at, account_id, by_name, on_behalf, act, sentence, fields, before, after)
		values ($1, $2, $3, $4, $5, nullif($6::bigint, 0), $7, $8, $9, $10, $11, $12, $13) returning id`,
		who.Ward, s.AssociationID, id, s.Version, tx.Now(), who.User, who.Name, authz.OnBehalf(who, authz.Of(s.AssociationID)),
		h.act, h.sentence, h.fields, before, after)
	if err != nil {
		return 0, err
	}
	return change, audit.Record(ctx, tx, audit.Event{
		Action: "member." + h.act, Object: "membership", ID: int64(id), Association: s.AssociationID, Fields: h.fields,
	})
}

func asJSON(s *snapshot) ([]byte, error) {
	if s == nil {
		return nil, nil
	}
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state before the act: %w", err)
	}
	return b, nil
}

// onDay is " từ 05/2023" for a known day, "" else.
func onDay(word string, d vi.Date) string {
	if d.IsZero() {
		return ""
	}
	switch d.Precision() {
	case vi.FullDay:
		return word + " ngày " + d.Display()
	case vi.MonthOnly:
		return word + " tháng " + d.Display()
	default:
		return word + " năm " + d.Display()
	}
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}
