package ward_test

import (
	"context"
	"errors"
	"testing"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/ward"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestNamesOfWards(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ward         ward.Ward
		short, place string
	}{
		{ward.Ward{Name: "phường Chánh Lộ", City: "thành phố Quảng Ngãi", Province: "tỉnh Quảng Ngãi"}, "Chánh Lộ", "Phường Chánh Lộ, thành phố Quảng Ngãi"},
		{ward.Ward{Name: "phường Cẩm Thành", Province: "tỉnh Quảng Ngãi"}, "Cẩm Thành", "Phường Cẩm Thành, tỉnh Quảng Ngãi"},
		{ward.Ward{Name: "xã Nghĩa Dõng", Province: "tỉnh Quảng Ngãi"}, "Nghĩa Dõng", "Xã Nghĩa Dõng, tỉnh Quảng Ngãi"},
		{ward.Ward{Name: "đặc khu Lý Sơn", Province: "tỉnh Quảng Ngãi"}, "Lý Sơn", "Đặc khu Lý Sơn, tỉnh Quảng Ngãi"},
		{ward.Ward{Name: "Phường Trương Quang Trọng", Province: "tỉnh Quảng Ngãi"}, "Trương Quang Trọng", "Phường Trương Quang Trọng, tỉnh Quảng Ngãi"},
		{ward.Ward{Name: "ấp", Province: "tỉnh X"}, "ấp", "Ấp, tỉnh X"},
	} {
		if got := c.ward.ShortName(); got != c.short {
			t.Errorf("short name of %q is %q", c.ward.Name, got)
		}
		if got := c.ward.Place(); got != c.place {
			t.Errorf("place of %q is %q", c.ward.Name, got)
		}
	}
}

func create(t *testing.T, d *dbtest.DB, in ward.New) ward.ID {
	t.Helper()
	var id ward.ID
	d.As(t, authz.System(0, "thử"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		id, err = ward.Create(ctx, tx, in)
		return err
	})
	return id
}

func byHost(t *testing.T, d *dbtest.DB, host string) (ward.ID, error) {
	t.Helper()
	var id ward.ID
	err := d.Pool.Read(t.Context(), authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		id, err = ward.ByHost(ctx, tx, host)
		return err
	})
	return id, err
}

// One ward needs no setting; with two, a host name means exactly the ward that lists it (ASVS 8.4.1).
func TestHostsLeadToWards(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := byHost(t, d, "chanhlo.example"); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a ward: %v", err)
	}
	first := create(t, d, ward.New{Code: "chanh-lo", Name: " phường  Chánh Lộ ", Province: "tỉnh Quảng Ngãi"})
	if id, err := byHost(t, d, "127.0.0.1"); err != nil || id != first {
		t.Errorf("the only ward does not answer: %d, %v", id, err)
	}
	second := create(t, d, ward.New{Code: "cam-thanh", Name: "phường Cẩm Thành", Province: "tỉnh Quảng Ngãi", Hosts: []string{"camthanh.example"}})
	for host, want := range map[string]ward.ID{"camthanh.example": second, "chanhlo.example": 0, "": 0, "127.0.0.1": 0} {
		id, err := byHost(t, d, host)
		if id != want || (want == 0) != fault.Is(err, fault.NotFound) {
			t.Errorf("%q leads to %d, %v", host, id, err)
		}
	}
	if err := d.Pool.Read(t.Context(), authz.Public(first), func(ctx context.Context, tx *db.Tx) error {
		w, err := ward.Get(ctx, tx)
		if w.ID != first || w.Name != "phường Chánh Lộ" {
			t.Errorf("own ward reads %+v", w)
		}
		list, err2 := ward.List(ctx, tx)
		if len(list) != 2 {
			t.Errorf("%d wards listed", len(list))
		}
		return errors.Join(err, err2)
	}); err != nil {
		t.Fatal(err)
	}
}

func TestOnlySetUpMakesWards(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	id := create(t, d, ward.New{Code: "chanh-lo", Name: "phường Chánh Lộ", Province: "tỉnh Quảng Ngãi"})
	admin := authz.Who{Ward: id, User: 1, Grants: []authz.Grant{{Role: authz.Admin}}}
	for name, c := range map[string]struct {
		who  authz.Who
		in   ward.New
		want fault.Kind
	}{
		"an admin":     {admin, ward.New{Code: "x", Name: "phường X"}, fault.Forbidden},
		"a resident":   {authz.Public(id), ward.New{Code: "x", Name: "phường X"}, fault.Forbidden},
		"without name": {authz.System(0, "thử"), ward.New{Code: "x", Name: "  "}, fault.Invalid},
	} {
		if err := d.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error { _, err := ward.Create(ctx, tx, c.in); return err }); err == nil || fault.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	group := func(who authz.Who, number int, name string) error {
		return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := ward.AddGroup(ctx, tx, number, name, tx.Today())
			return err
		})
	}
	if err := group(authz.Public(id), 1, "Tổ dân phố 1"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a resident adds a group: %v", err)
	}
	for i, name := range []string{"Tổ dân phố 10", "Tổ dân phố 2", "Xóm Chài"} {
		if err := group(authz.System(id, "thử"), []int{10, 2, 0}[i], name); err != nil {
			t.Fatal(err)
		}
	}
	if err := group(authz.System(id, "thử"), 3, "Tổ dân phố 2"); fault.FieldsOf(err) == nil {
		t.Errorf("a name twice: %v", err)
	}
	if err := d.Pool.Read(t.Context(), authz.Public(id), func(ctx context.Context, tx *db.Tx) error {
		list, err := ward.Groups(ctx, tx)
		if len(list) != 3 || list[0].Name != "Tổ dân phố 2" || list[1].Name != "Tổ dân phố 10" || list[2].Number != nil {
			t.Errorf("groups by number, names last: %+v", list)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// F28: the first start leaves the proof; another key is told apart, and nobody but the system leaves one.
func TestF28KeyCheck(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	check := func(who authz.Who, secret string) error {
		return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return ward.CheckKey(ctx, tx, []byte(secret)) })
	}
	if err := check(authz.Public(1), "khóa giả"); err == nil {
		t.Error("a resident leaves a proof")
	}
	for range 2 {
		if err := check(authz.System(0, "thử"), "khóa thật"); err != nil {
			t.Fatal(err)
		}
	}
	if err := check(authz.System(0, "thử"), "khóa khác"); !errors.Is(err, ward.ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
	if n := d.Count(t, `select count(*) from key_check where encode(proof, 'escape') like '%khóa%'`); n != 0 {
		t.Error("the proof shows the key")
	}
}
