package draft_test

import (
	"context"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/draft"
	"wardportal/internal/fault"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const (
	ward  = authz.WardID(1)
	thuan = authz.UserID(7)
	hoa   = authz.UserID(8)
)

var system = authz.System(ward, "thử")

func start(t *testing.T) (*dbtest.DB, *atomic.Int64) {
	t.Helper()
	var hours atomic.Int64
	d := dbtest.NewAt(t, func() time.Time { return dbtest.Instant.Add(time.Duration(hours.Load()) * time.Hour) })
	d.Owner(t, `insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2026-01-01')`)
	return d, &hours
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestASubmitIsNamedByAllItCarries(t *testing.T) {
	t.Parallel()
	const key = "0123456789abcdef"
	same := draft.Submit(key, form("ho-ten", "Đặng Văn Thuận", "sdt", "0905"))
	if again := draft.Submit(key, form("sdt", "0905", "ho-ten", "Đặng Văn Thuận")); again != same {
		t.Error("the order of fields makes another submit")
	}
	if n := len(same); n < 16 || n > 64 {
		t.Errorf("a name of %d characters does not fit its column", n)
	}
	for name, other := range map[string]string{
		"another text": draft.Submit(key, form("ho-ten", "Đặng Văn Thuần", "sdt", "0905")),
		"another key":  draft.Submit(key+"x", form("ho-ten", "Đặng Văn Thuận", "sdt", "0905")),
		"a file":       draft.Submit(key, form("ho-ten", "Đặng Văn Thuận", "sdt", "0905"), "tep=10 a.xlsx"),
		"moved edges":  draft.Submit(key+"h", form("o-ten", "Đặng Văn Thuận", "sdt", "0905")),
	} {
		if other == same {
			t.Errorf("%s counts as the same submit", name)
		}
	}
}

// F20: ten submits at once have one effect and ten answers that agree.
func TestF20TenSubmitsOneEffect(t *testing.T) {
	t.Parallel()
	d, _ := start(t)
	who := authz.Who{Ward: ward, User: thuan}
	var effects atomic.Int32
	answers := make([]string, 10)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			err := d.Pool.Write(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
				location, first, err := draft.Claim(ctx, tx, "0123456789abcdef", "/quan-ly/hoi-vien/them")
				if err != nil || !first {
					answers[i] = location
					return err
				}
				effects.Add(1)
				answers[i] = "/quan-ly/hoi-vien/42"
				return draft.Settle(ctx, tx, "0123456789abcdef", answers[i])
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if effects.Load() != 1 {
		t.Errorf("%d effects", effects.Load())
	}
	for _, a := range answers {
		if a != "/quan-ly/hoi-vien/42" {
			t.Errorf("answers differ: %v", answers)
			break
		}
	}
}

func TestAClaimGoesWithItsTransaction(t *testing.T) {
	t.Parallel()
	d, _ := start(t)
	who := authz.Who{Ward: ward, User: thuan}
	claim := func(who authz.Who, path, settle string, fail error) (string, bool, error) {
		var location string
		var first bool
		err := d.Pool.Write(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			var err error
			if location, first, err = draft.Claim(ctx, tx, "0123456789abcdef", path); err != nil {
				return err
			}
			if first && settle != "" {
				if err := draft.Settle(ctx, tx, "0123456789abcdef", settle); err != nil {
					return err
				}
			}
			return fail
		})
		return location, first, err
	}
	if _, first, err := claim(who, "/a", "/b", fault.Stale()); !first || !fault.Is(err, fault.Conflict) {
		t.Fatalf("first %v, %v", first, err)
	}
	if _, first, err := claim(who, "/a", "", nil); !first || err != nil {
		t.Errorf("after a rollback the form counts as sent: %v", err)
	}
	if _, first, err := claim(who, "/a", "/b", nil); !first || err != nil {
		t.Errorf("after an answer that led nowhere the form counts as sent: %v", err)
	}
	if location, first, err := claim(who, "/a", "/c", nil); first || location != "/b" || err != nil {
		t.Errorf("after success: %q, first %v, %v", location, first, err)
	}
	if _, first, err := claim(authz.Who{Ward: ward, User: hoa}, "/a", "/c", nil); first || !fault.Is(err, fault.NotFound) {
		t.Errorf("another's submit: first %v, %v", first, err)
	}
	if _, first, err := claim(who, "/elsewhere", "/c", nil); first || !fault.Is(err, fault.NotFound) {
		t.Errorf("the same name for another act: first %v, %v", first, err)
	}
}

func park(t *testing.T, d *dbtest.DB, owner authz.UserID, p draft.Parked) string {
	t.Helper()
	var token string
	d.As(t, system, func(ctx context.Context, tx *db.Tx) error {
		var err error
		token, err = draft.Park(ctx, tx, owner, p)
		return err
	})
	return token
}

func look(t *testing.T, d *dbtest.DB, w authz.WardID, owner authz.UserID, token string) (draft.Parked, error) {
	t.Helper()
	var p draft.Parked
	err := d.Pool.Read(t.Context(), authz.System(w, "thử"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		p, err = draft.Look(ctx, tx, owner, token)
		return err
	})
	return p, err
}

// What was typed comes back whole, to its owner only: whoever signs in next at a shared machine has the cookie too.
func TestParkedTextIsItsOwners(t *testing.T) {
	t.Parallel()
	d, hours := start(t)
	want := draft.Parked{Path: "/quan-ly/hoi-vien/them?hoi=3", Body: form("ghi-chu", "Bà Hoa đau khớp, cần người đưa đi khám", "cccd", "051046000123", "cccd", "")}
	token := park(t, d, thuan, want)
	got, err := look(t, d, ward, thuan, token)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("came back as %+v, %v", got, err)
	}
	for name, ask := range map[string]func() error{
		"another account": func() error { _, err := look(t, d, ward, hoa, token); return err },
		"nobody":          func() error { _, err := look(t, d, ward, 0, token); return err },
		"another ward":    func() error { _, err := look(t, d, 2, thuan, token); return err },
		"another token":   func() error { _, err := look(t, d, ward, thuan, token+"A"); return err },
		"as oneself, past the system": func() error {
			return d.Pool.Read(t.Context(), authz.Who{Ward: ward, User: thuan}, func(ctx context.Context, tx *db.Tx) error {
				_, err := draft.Look(ctx, tx, thuan, token)
				return err
			})
		},
	} {
		if err := ask(); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	hours.Store(23)
	if _, err := look(t, d, ward, thuan, token); err != nil {
		t.Errorf("gone before a day: %v", err)
	}
	hours.Store(25)
	if _, err := look(t, d, ward, thuan, token); !fault.Is(err, fault.NotFound) {
		t.Errorf("after a day: %v", err)
	}
	d.As(t, system, func(ctx context.Context, tx *db.Tx) error { return draft.Sweep(ctx, tx) })
	if n := d.Count(t, `select count(*) from parked_post`); n != 0 {
		t.Error("the sweep leaves it")
	}
}

// Security bar §0.6: a citizen number that waits to be sent again lies nowhere in clear, nor does the token that opens it.
func TestParkedTextIsSealed(t *testing.T) {
	t.Parallel()
	d, _ := start(t)
	token := park(t, d, thuan, draft.Parked{Path: "/quan-ly/hoi-vien/them?tim=canary", Body: form("cccd", "051046000123", "ghi-chu", "canary")})
	for _, canary := range []string{"051046000123", "canary", token, "cccd"} {
		if n := d.Count(t, `select count(*) from parked_post p where p::text like $1 or position(convert_to($2, 'UTF8') in decode(coalesce(p.body #>> '{}', ''), 'base64')) > 0`, "%"+canary+"%", canary); n != 0 {
			t.Errorf("%q can be read in the table", canary)
		}
	}
	// Bytes changed on the disk are noticed, not shown.
	d.Owner(t, `update parked_post set body = to_jsonb(encode(overlay(decode(body #>> '{}', 'base64') placing '\x00'::bytea from 30), 'base64'))`)
	if p, err := look(t, d, ward, thuan, token); err == nil {
		t.Errorf("tampered bytes open as %+v", p)
	}
}

func TestASentPostIsForgotten(t *testing.T) {
	t.Parallel()
	d, _ := start(t)
	first, second := park(t, d, thuan, draft.Parked{Path: "/a"}), park(t, d, thuan, draft.Parked{Path: "/b"})
	forget := func(owner authz.UserID, token string) {
		d.As(t, system, func(ctx context.Context, tx *db.Tx) error { return draft.Forget(ctx, tx, owner, token) })
	}
	forget(hoa, first)
	if _, err := look(t, d, ward, thuan, first); err != nil {
		t.Errorf("another account made it forget: %v", err)
	}
	forget(thuan, first)
	forget(thuan, first)
	if _, err := look(t, d, ward, thuan, first); !fault.Is(err, fault.NotFound) {
		t.Errorf("still there: %v", err)
	}
	if p, err := look(t, d, ward, thuan, second); err != nil || p.Path != "/b" {
		t.Errorf("the other one went with it: %v", err)
	}
}

func TestParkingIsBounded(t *testing.T) {
	t.Parallel()
	d, _ := start(t)
	d.Owner(t, `insert into parked_post (ward_id, token_hash, path, body, created_at) select 1, sha256(n::text::bytea), '', '"x"', '2026-11-16' from generate_series(1, 499) n`)
	park(t, d, thuan, draft.Parked{Path: "/a", Body: form("x", strings.Repeat("ấ", 300_000))})
	err := d.Try(t, system, func(ctx context.Context, tx *db.Tx) error {
		_, err := draft.Park(ctx, tx, thuan, draft.Parked{Path: "/b"})
		return err
	})
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(fault.MessageOf(err), "quay lại") {
		t.Errorf("the 501st: %v", err)
	}
}
