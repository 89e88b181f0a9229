package member

import (
	"context"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Secrets reads the sealed fields of a membership, code → text, the citizen number under CodeID. Only chairs and secretaries
// of the association may; each reading is recorded, so it belongs into a write (revealing is a POST) and names why.
func Secrets(ctx context.Context, tx *db.Tx, keys *Keys, id ID, why string) (map[string]string, error) {
	s, err := db.One[stored](ctx, tx, storedSQL, tx.Who().Ward, id)
	if err != nil {
		return nil, err
	}
	if !authz.Can(tx.Who(), authz.ReadSensitive, s.member().Scope()) {
		return nil, fault.Denied()
	}
	found, err := readSecrets(ctx, tx, keys, s)
	if err != nil {
		return nil, err
	}
	return found, audit.Record(ctx, tx, audit.Event{
		Action: "member.reveal", Object: "membership", ID: int64(id), Association: s.AssociationID, Fields: sortedCodes(found), Reason: why,
	})
}

// readSecrets opens the newest row of each code; of citizen numbers the one that the membership's key means.
func readSecrets(ctx context.Context, tx *db.Tx, keys *Keys, s stored) (map[string]string, error) {
	rows, err := db.All[struct {
		Code   string
		Sealed []byte
	}](ctx, tx, `
		select distinct on (code) code, sealed from membership_secret
		where ward_id = $1 and membership_id = $2 and not voided and (code <> 'so_dinh_danh' or id_key = $3)
		order by code, id desc`, tx.Who().Ward, s.ID, s.IDKey)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, r := range rows {
		text, err := keys.open(s.ID, r.Code, r.Sealed)
		if err != nil {
			return nil, err
		}
		if text != "" {
			found[r.Code] = text
		}
	}
	return found, nil
}
