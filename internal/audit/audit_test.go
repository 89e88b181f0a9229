package audit_test

import (
	"context"
	"errors"
	"testing"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

var (
	official = authz.Who{Ward: 1, User: 1, Name: "Trần Thị Cán Bộ", Grants: []authz.Grant{{Role: authz.Official}}}
	chair    = authz.Who{Ward: 1, User: 2, Name: "Đặng Văn Thuận", Grants: []authz.Grant{{Role: authz.Chair, Association: 1}}}
)

func start(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'a', 'phường A', 'x', '2026-01-01'), (2, 'b', 'phường B', 'x', '2026-01-01');
		insert into account (id, ward_id, login, name, created_at) values (1, 1, 'canbo', 'Cán Bộ', '2026-01-01'), (2, 1, 'nct', 'Thuận', '2026-01-01');
		insert into account_grant (ward_id, account_id, role, starts_on, created_at) values (1, 1, 'official', '2026-01-01', '2026-01-01');
		insert into audit_log (ward_id, at, action) values (2, '2026-01-01', 'other.ward')`)
	return d
}

func record(e audit.Event) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		return audit.Record(audit.WithRequestID(ctx, "ABCD-2345"), tx, e)
	}
}

// ASVS 16.2.1: who, what, when, on what, for whom; the system gives its reason, nobody is called nobody.
func TestASVS16_2_1_WhatIsRecorded(t *testing.T) {
	t.Parallel()
	d := start(t)
	event := audit.Event{Action: "member.add", Object: "membership", ID: 42, Association: 1, Fields: []string{"phone"}, Reason: "bản giấy 12/11"}
	for _, who := range []authz.Who{official, chair, authz.System(1, "nạp dữ liệu mẫu"), authz.Public(1)} {
		d.As(t, who, record(event))
	}
	d.As(t, chair, record(audit.Event{Action: "session.begin"}))
	if err := d.Pool.Read(t.Context(), official, func(ctx context.Context, tx *db.Tx) error {
		list, err := audit.List(ctx, tx, 0, 10)
		if err != nil {
			return err
		}
		if len(list) != 5 {
			t.Fatalf("%d lines", len(list))
		}
		bare, nobody, system, own, behalf := list[0], list[1], list[2], list[3], list[4]
		if bare.ObjectID != nil || bare.AssociationID != nil || len(bare.Fields) != 0 || bare.OnBehalf {
			t.Errorf("an act without object: %+v", bare)
		}
		if nobody.Actor != "chưa đăng nhập" || nobody.AccountID != nil || system.Actor != "nạp dữ liệu mẫu" || system.AccountID != nil || system.OnBehalf {
			t.Errorf("nobody %+v, system %+v", nobody, system)
		}
		if own.OnBehalf || *own.AccountID != 2 || !behalf.OnBehalf || *behalf.AccountID != 1 || *behalf.ObjectID != 42 || behalf.RequestID != "ABCD-2345" || !behalf.At.Equal(dbtest.Instant) || behalf.Reason != event.Reason {
			t.Errorf("own %+v, on behalf %+v", own, behalf)
		}
		page, err := audit.List(ctx, tx, list[1].ID, 2)
		if len(page) != 2 || page[0].ID != list[2].ID {
			t.Errorf("the page after line %d: %+v", list[1].ID, page)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// ASVS 16.4.2: the record stands or falls with its act, can be added to and never changed, and names nobody else.
func TestASVS16_4_2_AppendOnly(t *testing.T) {
	t.Parallel()
	d := start(t)
	sorry := errors.New("sorry")
	if err := d.Try(t, chair, func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(record(audit.Event{Action: "x"})(ctx, tx), sorry)
	}); !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	d.As(t, official, record(audit.Event{Action: "member.add"}))
	for _, who := range []authz.Who{official, authz.System(1, "thử")} {
		for _, sql := range []string{`update audit_log set reason = 'x'`, `delete from audit_log`, `truncate audit_log`} {
			if err := d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, sql); return err }); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", sql, err)
			}
		}
	}
	forged := func(account string) error {
		return d.Try(t, chair, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into audit_log (ward_id, at, account_id, action) values (1, $1, `+account+`, 'forged')`, tx.Now())
			return err
		})
	}
	for _, account := range []string{"1", "null"} {
		if err := forged(account); !fault.Is(err, fault.NotFound) {
			t.Errorf("an act in the name of account %s: %v", account, err)
		}
	}
	if n := d.Count(t, `select count(*) from audit_log where ward_id = 1`); n != 1 {
		t.Errorf("%d lines, want the one of the official", n)
	}
	if err := d.Pool.Read(t.Context(), chair, func(ctx context.Context, tx *db.Tx) error {
		list, err := audit.List(ctx, tx, 0, 10)
		if len(list) != 0 {
			t.Errorf("a chair reads the log: %v", list)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
