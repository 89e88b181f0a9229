package news

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
)

func titled(title string) Content {
	c := conference()
	c.Title = title
	return c
}

func list(t *testing.T, d *dbtest.DB, f Filter, limit int) Page {
	t.Helper()
	var p Page
	err := d.Pool.Read(t.Context(), resident, func(ctx context.Context, tx *db.Tx) (err error) {
		p, err = List(ctx, tx, f, limit)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Pages of any size, articles of the same instant among them, give every article once and in order.
func TestListPagesByKey(t *testing.T) {
	t.Parallel()
	d := world(t)
	day := time.Date(2023, 11, 1, 2, 0, 0, 0, time.UTC)
	want := 9
	for i := range want {
		c := titled(fmt.Sprintf("Tin số %d của phường", i))
		if i%3 == 0 {
			c.Category, c.Associations = "thong-bao", []authz.AssociationID{2}
		}
		published(t, d, c, day.AddDate(0, 0, i/2)) // pairs share an instant
	}
	add(t, d, editor, 0, titled("Bản nháp không ai thấy"))
	for size := 1; size <= 10; size++ {
		var seen []Row
		f := Filter{}
		for {
			p := list(t, d, f, size)
			seen = append(seen, p.Rows...)
			if p.Next.ID == 0 {
				break
			}
			again, err := ParseCursor(p.Next.String())
			if err != nil || again.ID != p.Next.ID || !again.At.Equal(p.Next.At) {
				t.Fatalf("cursor %q: %+v, %v", p.Next.String(), again, err)
			}
			f.After = again
		}
		if len(seen) != want {
			t.Fatalf("pages of %d give %d articles", size, len(seen))
		}
		for i := 1; i < len(seen); i++ {
			a, b := seen[i-1], seen[i]
			if a.PublishedAt.Before(b.PublishedAt) || a.PublishedAt.Equal(b.PublishedAt) && a.ID <= b.ID {
				t.Fatalf("pages of %d: %q stands before %q", size, a.Title, b.Title)
			}
		}
	}
	if p := list(t, d, Filter{Category: "thong-bao"}, 10); len(p.Rows) != 3 || p.Rows[0].Associations[0] != "Hội Khuyến học" {
		t.Errorf("notices: %+v", p.Rows)
	}
	if p := list(t, d, Filter{Association: 2}, 10); len(p.Rows) != 3 {
		t.Errorf("%d articles about the association", len(p.Rows))
	}
	if p := list(t, d, Filter{Category: "guong-sang"}, 10); len(p.Rows) != 0 || p.Rows == nil {
		t.Errorf("an empty shelf: %v", p.Rows)
	}
}

func TestForgedCursors(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"x", "1", "-", "1-0", "1--5", "zzzzzzzzzzzzzzzz-1", "1-zzzzzzzzzzzzzzzz", "-1-1", "1-1-1", "1-1'"} {
		if _, err := ParseCursor(s); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", s, err)
		}
	}
	if c, err := ParseCursor(""); err != nil || c.ID != 0 {
		t.Errorf("the beginning: %v", err)
	}
}

func TestHomeLeadsWithTheFeatured(t *testing.T) {
	t.Parallel()
	d := world(t)
	home := func() (f Front) {
		d.As(t, system, func(ctx context.Context, tx *db.Tx) (err error) {
			f, err = Home(ctx, tx, 2)
			return err
		})
		return f
	}
	if f := home(); f.Lead != nil || len(f.Latest) != 0 {
		t.Errorf("an empty ward: %+v", f)
	}
	day := time.Date(2023, 11, 1, 2, 0, 0, 0, time.UTC)
	for i, title := range []string{"Khám mắt tại tổ dân phố 5", "45 suất học bổng", "Lịch họp tổng kết của năm hội"} {
		published(t, d, titled(title), day.AddDate(0, 0, i))
	}
	if f := home(); f.Lead.Title != "Lịch họp tổng kết của năm hội" || len(f.Latest) != 2 || f.Latest[0].Title != "45 suất học bổng" {
		t.Errorf("without a featured article the newest leads: %+v", f)
	}
	c := titled("Hội nghị tổng kết năm 2023")
	c.Featured = true
	published(t, d, c, day.AddDate(0, 0, -7))
	if f := home(); f.Lead.Title != c.Title || len(f.Latest) != 2 || f.Latest[0].Title != "Lịch họp tổng kết của năm hội" {
		t.Errorf("a featured article leads although older: %+v", f)
	}
}

func TestRelatedAndNeighbours(t *testing.T) {
	t.Parallel()
	d := world(t)
	day := time.Date(2023, 11, 1, 2, 0, 0, 0, time.UTC)
	for i, about := range []authz.AssociationID{1, 2, 1, 2, 1} {
		c := titled(fmt.Sprintf("Tin hội %d ngày %d", about, i))
		c.Associations = []authz.AssociationID{about}
		published(t, d, c, day.AddDate(0, 0, i))
	}
	a, err := read(t, d, resident, "tin-hoi-1-ngay-2")
	must(t, err)
	if len(a.Related) != 3 || a.Related[0].Associations[0] != "Hội Người cao tuổi" || a.Related[1].Associations[0] != "Hội Người cao tuổi" {
		t.Errorf("related %+v", a.Related)
	}
	if a.Newer == nil || a.Newer.Title != "Tin hội 2 ngày 3" || a.Older == nil || a.Older.Title != "Tin hội 2 ngày 1" {
		t.Errorf("neighbours %+v, %+v", a.Newer, a.Older)
	}
	last, err := read(t, d, resident, "tin-hoi-1-ngay-4")
	must(t, err)
	if last.Newer != nil || last.Older == nil {
		t.Error("the newest article has no newer neighbour")
	}
	if _, err := read(t, d, resident, "khong-co-bai-nay"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown address: %v", err)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	d := world(t)
	day := time.Date(2023, 11, 1, 2, 0, 0, 0, time.UTC)
	c := titled("Thăm hỏi hội viên ốm đau")
	c.Body = "Có học bổng cho cháu nội hội viên."
	published(t, d, titled("45 suất học bổng đến với học sinh"), day)
	published(t, d, c, day.AddDate(0, 0, 9))
	published(t, d, titled("Hốc bóng cây đa"), day.AddDate(0, 0, 20)) // the same letters, other accents
	add(t, d, editor, 0, titled("Học bổng còn trong bản nháp"))
	search := func(who authz.Who, q string) (titles []string) {
		must(t, d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			rows, err := Search(ctx, tx, q, 10)
			for _, r := range rows {
				titles = append(titles, r.Title)
			}
			return err
		}))
		return titles
	}
	if got := search(resident, "học bổng"); len(got) != 3 || got[0] != "45 suất học bổng đến với học sinh" {
		t.Errorf("accented: %q", got)
	}
	if got := search(resident, "HOC BONG"); len(got) != 3 {
		t.Errorf("unaccented: %q", got)
	}
	if got := search(resident, "oc dau"); len(got) != 0 {
		t.Errorf("parts of words: %q", got)
	}
	for _, q := range []string{"", "  ", "!!! & | <-> ':*", "%_\\", string(make([]byte, 9000))} {
		if got := search(resident, q); len(got) != 0 {
			t.Errorf("%q finds %q", q, got)
		}
	}
	if got := search(editor, "bản nháp"); len(got) != 0 {
		t.Errorf("a public search shows drafts to the editor: %q", got)
	}
	if got := search(authz.Public(2), "hoc bong"); len(got) != 0 {
		t.Errorf("another ward's search: %q", got)
	}
}

func TestFlushAddsViews(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := published(t, d, conference(), dbtest.Instant.Add(-time.Hour))
	draft := add(t, d, editor, 0, titled("Bài chưa đăng của phường"))
	v := NewViews(func() time.Time { return dbtest.Instant })
	v.Seen(1, id, "113.160.1.2", phone)
	v.Seen(1, id, "113.160.1.2", office)
	v.Seen(1, draft, "113.160.1.2", phone)
	before := version(t, d, id)
	if err := d.Try(t, official, v.Flush); !fault.Is(err, fault.Forbidden) {
		t.Errorf("people cannot set counts: %v", err)
	}
	d.As(t, system, v.Flush) // the refused counts were kept
	d.As(t, system, v.Flush) // and are added once
	a, err := read(t, d, resident, "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023")
	must(t, err)
	if a.ViewCount != 2 || version(t, d, id) != before {
		t.Errorf("%d views, version %d", a.ViewCount, version(t, d, id))
	}
	if n := d.Count(t, `select view_count from article where id = $1`, draft); n != 0 {
		t.Errorf("a draft counted %d", n)
	}
}
