package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

var (
	_ = db.Explain("account_login_unique", "login", "Đã có tài khoản dùng tên đăng nhập này.")
	_ = db.Explain("account_phone_unique", "phone", "Đã có tài khoản dùng số điện thoại này.")
)

const chanhLo = authz.WardID(1)

var system = authz.System(chanhLo, "thử")

// world has a ward and nothing else.
func world(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, `insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2026-01-01')`)
	return d
}

func addGroup(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, `insert into residential_group (ward_id, name) values ($1, $2)`, tx.Who().Ward, name)
	return err
}

func groups(t *testing.T, d *dbtest.DB) int {
	t.Helper()
	return d.Count(t, `select count(*) from residential_group`)
}

func TestAReadCannotWrite(t *testing.T) {
	t.Parallel()
	d := world(t)
	err := d.Pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ dân phố 1") })
	if err == nil || !strings.Contains(err.Error(), "a read request tried to write") || fault.KindOf(err) != fault.Internal {
		t.Fatalf("writing in a read gives %v", err)
	}
	d.As(t, system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ dân phố 1") })
	if n := groups(t, d); n != 1 {
		t.Errorf("%d groups, want the one that was written", n)
	}
}

func TestAReadIsOneSnapshot(t *testing.T) {
	t.Parallel()
	d := world(t)
	err := d.Pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		before, err := db.Value[int](ctx, tx, `select count(*) from residential_group`)
		if err != nil {
			return err
		}
		d.As(t, system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ dân phố 2") })
		after, err := db.Value[int](ctx, tx, `select count(*) from residential_group`)
		if before != after {
			t.Errorf("the page saw %d groups, then %d", before, after)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The reader's browser may be gone by the time of the commit: what was done stays done, and rolled back work leaves no connection behind.
func TestCommitOutlivesTheRequest(t *testing.T) {
	t.Parallel()
	d := world(t)
	ctx, leave := context.WithCancel(t.Context())
	err := d.Pool.Write(ctx, system, func(ctx context.Context, tx *db.Tx) error {
		err := addGroup(ctx, tx, "Tổ dân phố 3")
		leave()
		return err
	})
	if err != nil || groups(t, d) != 1 {
		t.Fatalf("commit after the reader left: %v, %d groups", err, groups(t, d))
	}
	ctx, leave = context.WithCancel(t.Context())
	err = d.Pool.Write(ctx, system, func(ctx context.Context, tx *db.Tx) error {
		leave()
		return addGroup(ctx, tx, "Tổ dân phố 4")
	})
	if !errors.Is(err, context.Canceled) || groups(t, d) != 1 {
		t.Fatalf("work after the reader left: %v, %d groups", err, groups(t, d))
	}
}

func TestErrorsAndPanicsRollBack(t *testing.T) {
	t.Parallel()
	d := world(t)
	pool := narrow(t, d)
	sorry := errors.New("sorry")
	if err := pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		return errors.Join(addGroup(ctx, tx, "Tổ dân phố 5"), sorry)
	}); !errors.Is(err, sorry) {
		t.Errorf("got %v, want the handler's own error", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
			_ = addGroup(ctx, tx, "Tổ dân phố 6")
			panic("giữa chừng")
		})
	}()
	// F25: the pool's only connection came back, without the principal and without an open transaction.
	if err := pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ dân phố 7") }); err != nil {
		t.Fatal(err)
	}
	if n := groups(t, d); n != 1 {
		t.Errorf("%d groups, want only the last", n)
	}
}

// narrow opens a pool of one connection, so that what one unit of work leaves behind meets the next.
func narrow(t *testing.T, d *dbtest.DB) *db.Pool {
	t.Helper()
	pool, err := db.Open(t.Context(), d.AppURL, db.MaxConns(1), db.Clock(func() time.Time { return dbtest.Instant }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// ASVS 8.4.1: the principal ends with its transaction; the next one on the same connection starts as nobody, and what reads as ”
// denies instead of failing.
func TestThePrincipalDoesNotLeak(t *testing.T) {
	t.Parallel()
	d := world(t)
	pool := narrow(t, d)
	for _, who := range []authz.Who{system, {Ward: chanhLo, User: 42}, {}} {
		err := pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			var ward, user *int64
			var isSystem bool
			if err := tx.QueryRow(ctx, `select nullif(app_ward(), 0), app_user(), app_system()`).Scan(&ward, &user, &isSystem); err != nil {
				return err
			}
			if (ward != nil) != (who.Ward != 0) || (user != nil) != (who.User != 0) || isSystem != who.IsSystem() {
				t.Errorf("as %+v Postgres sees ward %v user %v system %v", who, ward, user, isSystem)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	conn, err := pgx.Connect(t.Context(), d.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	for _, step := range []string{"before any principal", "after a principal"} {
		var denied bool
		var n int
		err := conn.QueryRow(t.Context(), `select app_ward() is null and app_user() is null and not app_system() and not app_has('{admin}') and app_associations() = '{}' and app_branches() = '{}'`).Scan(&denied)
		if err != nil || !denied {
			t.Errorf("%s: denied %v, %v", step, denied, err)
		}
		if err := conn.QueryRow(t.Context(), `select count(*) from ward`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d wards visible, %v", step, n, err)
		}
		if _, err := conn.Exec(t.Context(), `begin; select set_config('app.ward', '1', true), set_config('app.system', '1', true), set_config('app.user', '1', true); commit`); err != nil {
			t.Fatal(err)
		}
	}
}

// F2: the backend dies in the middle of a read: it is run again, and nobody sees a failure.
func TestF2AReadSurvivesItsBackend(t *testing.T) {
	t.Parallel()
	d := world(t)
	runs := 0
	var name string
	err := d.Pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		runs++
		if runs <= 2 {
			kill(t, d, ctx, tx)
		}
		var err error
		name, err = db.Value[string](ctx, tx, `select name from ward`)
		return err
	})
	if err != nil || name != "phường Chánh Lộ" || runs != 3 {
		t.Errorf("%d runs, %q, %v", runs, name, err)
	}
}

// kill ends the transaction's own backend from another connection.
func kill(t *testing.T, d *dbtest.DB, ctx context.Context, tx *db.Tx) {
	t.Helper()
	pid, err := db.Value[int](ctx, tx, `select pg_backend_pid()`)
	if err != nil {
		t.Fatal(err)
	}
	d.Owner(t, `select pg_terminate_backend($1, 5000)`, pid)
}

// F2: a write whose backend dies is never run twice: nothing is saved, and the answer is "busy".
func TestF2AWriteIsNeverDoubled(t *testing.T) {
	t.Parallel()
	d := world(t)
	runs := 0
	err := d.Pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		runs++
		if err := addGroup(ctx, tx, "Tổ dân phố 8"); err != nil {
			return err
		}
		kill(t, d, ctx, tx)
		return addGroup(ctx, tx, "Tổ dân phố 9")
	})
	if !fault.Is(err, fault.Unavailable) || runs != 1 || groups(t, d) != 0 {
		t.Errorf("%d runs, %d groups, %v", runs, groups(t, d), err)
	}
	// Before the commit it is certain that nothing was saved. With the connection lost at the commit itself it is not, and the sentence must not claim so.
	err = d.Pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		err := addGroup(ctx, tx, "Tổ dân phố 10")
		kill(t, d, ctx, tx)
		return err
	})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.MessageOf(err), "chưa biết") {
		t.Errorf("a commit without an answer says %q (%v)", fault.MessageOf(err), err)
	}
}

// F11: a lock that is not granted in time is "busy", and frees at once when released.
func TestF11AHeldLockIsBusy(t *testing.T) {
	t.Parallel()
	d := world(t)
	holder, err := pgx.Connect(t.Context(), d.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Close(context.Background()) }()
	if _, err := holder.Exec(t.Context(), `begin; lock table residential_group in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	try := func() error {
		return d.Pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
			if _, err := tx.Exec(ctx, `set local lock_timeout = '80ms'`); err != nil {
				return err
			}
			return addGroup(ctx, tx, "Tổ dân phố 11")
		})
	}
	if err := try(); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a held lock gives %v", err)
	}
	if _, err := holder.Exec(t.Context(), `rollback`); err != nil {
		t.Fatal(err)
	}
	if err := try(); err != nil {
		t.Errorf("after the lock was released: %v", err)
	}
}

// F10: who gets no connection in time reads "busy" and does not wait for ever.
func TestF10AnExhaustedPoolIsBusy(t *testing.T) {
	t.Parallel()
	d := world(t)
	pool := narrow(t, d)
	err := pool.Read(t.Context(), system, func(ctx context.Context, _ *db.Tx) error {
		soon, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		inner := pool.Read(soon, system, func(context.Context, *db.Tx) error { return nil })
		if !fault.Is(inner, fault.Unavailable) {
			t.Errorf("without a free connection: %v", inner)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestASlowStatementIsBusy(t *testing.T) {
	t.Parallel()
	d := world(t)
	err := d.Pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = '50ms'`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `select pg_sleep(5)`)
		return err
	})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("a statement over its time gives %v", err)
	}
}

func TestTryUndoesOnlyItsOwnPart(t *testing.T) {
	t.Parallel()
	d := world(t)
	d.As(t, system, func(ctx context.Context, tx *db.Tx) error {
		if err := addGroup(ctx, tx, "Tổ dân phố 12"); err != nil {
			return err
		}
		err := tx.Try(ctx, func() error {
			if err := addGroup(ctx, tx, "Tổ dân phố 13"); err != nil {
				return err
			}
			return addGroup(ctx, tx, "Tổ dân phố 12") // taken
		})
		if err == nil {
			t.Error("the failing part gave no error")
		}
		return tx.Try(ctx, func() error { return addGroup(ctx, tx, "Tổ dân phố 14") })
	})
	if n := groups(t, d); n != 2 {
		t.Errorf("%d groups, want 12 and 14", n)
	}
}

func TestVersionedTellsStaleFromMissing(t *testing.T) {
	t.Parallel()
	d := world(t)
	change := func(id, version int) error {
		return d.Try(t, system, func(ctx context.Context, tx *db.Tx) error {
			return tx.Versioned(ctx, `update ward set phone = 'x', version = version + 1 where id = @id and version = @version`, `select 1 from ward where id = @id`,
				pgx.NamedArgs{"id": id, "version": version})
		})
	}
	if err := change(1, 1); err != nil {
		t.Fatal(err)
	}
	if err := change(1, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old version gives %v", err)
	}
	if err := change(2, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("a row that is not there gives %v", err)
	}
}

// F21: of two editors with the same version one wins, the other reads that somebody was first.
func TestF21LostUpdate(t *testing.T) {
	t.Parallel()
	d := world(t)
	var wg sync.WaitGroup
	results := make([]error, 4)
	for i := range results {
		wg.Go(func() {
			results[i] = d.Pool.Write(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
				return tx.Versioned(ctx, `update ward set phone = @phone, version = version + 1 where id = 1 and version = 1`, `select 1 from ward where id = 1`, pgx.NamedArgs{"phone": string(rune('a' + i))})
			})
		})
	}
	wg.Wait()
	won, stale := 0, 0
	for _, err := range results {
		switch {
		case err == nil:
			won++
		case fault.Is(err, fault.Conflict):
			stale++
		}
	}
	if won != 1 || stale != 3 {
		t.Errorf("%d won, %d read of the conflict: %v", won, stale, results)
	}
}

func addAccount(login, phone string) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `insert into account (ward_id, login, phone, name, created_at) values ($1, $2, $3, 'Ông Đặng Văn Thuận', $4)`, tx.Who().Ward, login, phone, tx.Now())
		return err
	}
}

// A violated constraint becomes the field's sentence, and no value of a row reaches the text for the log (security.md §0.7).
func TestConstraintsBecomeFieldsWithoutPersonalValues(t *testing.T) {
	t.Parallel()
	d := world(t)
	if err := d.Try(t, system, addAccount("thuan", "0905123456")); err != nil {
		t.Fatal(err)
	}
	err := d.Try(t, system, addAccount("hoa", "0905123456"))
	if f := fault.FieldsOf(err); !fault.Is(err, fault.Invalid) || len(f) != 1 || f[0].Name != "phone" {
		t.Errorf("a taken phone number gives %v", err)
	}
	everything := map[string]func(context.Context, *db.Tx) error{
		"unique": addAccount("hoa", "0905123456"),
		"check":  addAccount("Canary Nguyễn", "1"),
		"not null": func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into account (ward_id, login, name, created_at) values (1, 'canary', null, $1)`, tx.Now())
			return err
		},
		"bad number": func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `select 'canary0905123456'::int`)
			return err
		},
		"bad argument": func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `select $1::int4`, int64(905123456000))
			return err
		},
		"out of range": func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `select '905123456000'::int4`)
			return err
		},
		"broken by Try": func(ctx context.Context, tx *db.Tx) error {
			return tx.Try(ctx, func() error { return addAccount("hoa", "0905123456")(ctx, tx) })
		},
		"in a batch": func(ctx context.Context, tx *db.Tx) error {
			b := &pgx.Batch{}
			b.Queue(`insert into account (ward_id, login, phone, name, created_at) values (1, 'hoa', '0905123456', 'canary', $1)`, tx.Now())
			return tx.Batch(ctx, b)
		},
		"while scanning": func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Value[int](ctx, tx, `select ('canary' || phone)::int from account`)
			return err
		},
	}
	for name, fn := range everything {
		err := d.Try(t, system, fn)
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, canary := range []string{"0905123456", "905123456000", "anary", "Thuận"} {
			if strings.Contains(err.Error(), canary) {
				t.Errorf("%s: the log would say %q", name, err)
			}
		}
	}
}

func TestErrorsOfPostgresGetTheirKinds(t *testing.T) {
	t.Parallel()
	d := world(t)
	nobody := authz.Public(chanhLo)
	cases := []struct {
		name string
		who  authz.Who
		fn   func(context.Context, *db.Tx) error
		want fault.Kind
	}{
		{"row-level security refuses", nobody, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ dân phố 15") }, fault.NotFound},
		{"no privilege", nobody, func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, `delete from ward`); return err }, fault.NotFound},
		{"an id that points nowhere", system, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into account_grant (ward_id, account_id, role, starts_on, created_at) values (1, 999, 'admin', $1, $2)`, tx.Today(), tx.Now())
			return err
		}, fault.NotFound},
		{"NUL", system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "Tổ\x00") }, fault.Malformed},
		{"broken UTF-8", system, func(ctx context.Context, tx *db.Tx) error { return addGroup(ctx, tx, "T\xff") }, fault.Malformed},
		{"a date no calendar has", system, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `select $1::text::date`, "2026-02-31")
			return err
		}, fault.Malformed},
		{"no row", system, func(ctx context.Context, tx *db.Tx) error {
			_, err := db.Value[int](ctx, tx, `select 1 where false`)
			return err
		}, fault.NotFound},
		{"a statement of ours that is wrong", system, func(ctx context.Context, tx *db.Tx) error { _, err := tx.Exec(ctx, `select nonsense`); return err }, fault.Internal},
		{"two rows where one is due", system, func(ctx context.Context, tx *db.Tx) error {
			_, err := db.One[struct{ N int }](ctx, tx, `select n from generate_series(1, 2) n`)
			return err
		}, fault.Internal},
	}
	for _, c := range cases {
		if err := d.Try(t, c.who, c.fn); err == nil || fault.KindOf(err) != c.want {
			t.Errorf("%s: %v (%s), want %s", c.name, err, fault.KindOf(err), c.want)
		}
	}
}

func TestHelpersReadByName(t *testing.T) {
	t.Parallel()
	d := world(t)
	d.As(t, system, func(ctx context.Context, tx *db.Tx) error {
		for _, name := range []string{"Tổ dân phố 1", "Tổ dân phố 2"} {
			if err := addGroup(ctx, tx, name); err != nil {
				return err
			}
		}
		type group struct {
			Name   string
			WardID authz.WardID
		}
		all, err := db.All[group](ctx, tx, `select ward_id, name from residential_group order by name`)
		if err != nil || len(all) != 2 || all[1].Name != "Tổ dân phố 2" || all[1].WardID != chanhLo {
			t.Errorf("All gives %v, %v", all, err)
		}
		none, err := db.All[group](ctx, tx, `select ward_id, name from residential_group where false`)
		if err != nil || none == nil {
			t.Errorf("no rows give %v, %v; want an empty list", none, err)
		}
		names, err := db.Column[string](ctx, tx, `select name from residential_group order by name`)
		if err != nil || len(names) != 2 {
			t.Errorf("Column gives %v, %v", names, err)
		}
		if err := tx.ExecOne(ctx, nil, `update residential_group set number = 1`); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("two rows touched where one was meant: %v", err)
		}
		if err := tx.ExecOne(ctx, fault.Stale(), `update residential_group set number = 1 where false`); !fault.Is(err, fault.Conflict) {
			t.Errorf("ExecOne gives %v, want the error it was told", err)
		}
		if want := 7; tx.Trips() != want {
			t.Errorf("%d round trips counted, want %d", tx.Trips(), want)
		}
		return nil
	})
}

// The local day is the ward's, whatever the machine's zone; a birth date of 1968, when Saigon was UTC+8, stays itself (F23).
func TestTodayIsTheWardsDay(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]string{"2026-12-31T16:59:59Z": "2026-12-31", "2026-12-31T17:00:00Z": "2027-01-01", "2026-11-16T02:30:00Z": "2026-11-16"} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		d := dbtest.NewAt(t, func() time.Time { return now })
		err = d.Pool.Read(t.Context(), system, func(ctx context.Context, tx *db.Tx) error {
			inGo := tx.Today().Format(time.DateOnly)
			inSQL, err := db.Value[string](ctx, tx, `select app_today()::text`)
			same, err2 := db.Value[bool](ctx, tx, `select app_now() = $1`, tx.Now())
			if inGo != want || inSQL != want || !same {
				t.Errorf("%s is %s in Go, %s in SQL, want %s; same instant %v", at, inGo, inSQL, want, same)
			}
			born := time.Date(1968, 1, 1, 0, 0, 0, 0, time.UTC)
			back, err3 := db.Value[string](ctx, tx, `select $1::date::text`, born)
			if back != "1968-01-01" {
				t.Errorf("1968-01-01 comes back as %s", back)
			}
			return errors.Join(err, err2, err3)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestExplainingTwiceIsAMistake(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a constraint with two sentences was accepted")
		}
	}()
	db.Explain("account_login_unique", "login", "Câu khác.")
}
