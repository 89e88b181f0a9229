package news

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/media"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// world is a ward with two associations and an account of each role; associations and accounts have their own tests.
func world(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	d.Owner(t, `
		insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2023-01-01'), (2, 'khac', 'phường Khác', 'tỉnh Quảng Ngãi', '2023-01-01');
		insert into association (id, ward_id, kind, slug, name) values (1, 1, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi'), (2, 1, 'KHOC', 'khuyen-hoc', 'Hội Khuyến học'), (3, 2, 'NCT', 'nguoi-cao-tuoi', 'Hội Người cao tuổi');
		insert into account (id, ward_id, login, name, created_at) values (1, 1, 'nct', 'Trần Văn Thuận', '2023-01-01'), (2, 1, 'khuyenhoc', 'Lê Thị Hạnh', '2023-01-01'),
			(3, 1, 'bientap', 'Võ Ngọc Sơn', '2023-01-01'), (4, 1, 'canbo', 'Phan Thị Mận', '2023-01-01'), (5, 1, 'chihoi3', 'Đỗ Văn Kỳ', '2023-01-01'), (6, 1, 'lanhdao', 'Bùi Quang Hiển', '2023-01-01');
		insert into branch (id, ward_id, association_id, name, opened_on) values (1, 1, 1, 'Chi hội 3', '2020-01-01');
		insert into account_grant (ward_id, account_id, role, association_id, branch_id, starts_on, created_at) values (1, 1, 'chair', 1, null, '2023-01-01', '2023-01-01'),
			(1, 2, 'chair', 2, null, '2023-01-01', '2023-01-01'), (1, 3, 'editor', null, null, '2023-01-01', '2023-01-01'), (1, 4, 'official', null, null, '2023-01-01', '2023-01-01'),
			(1, 5, 'branch_head', 1, 1, '2023-01-01', '2023-01-01'), (1, 6, 'leader', null, null, '2023-01-01', '2023-01-01')`)
	return d
}

var system = authz.System(1, "thử nghiệm")

func conference() Content {
	return Content{
		Title: "Hội nghị tổng kết hoạt động các hội đặc thù năm 2023", Lead: "Chiều 01/12/2023, UBND phường họp tổng kết.",
		Body: "Tham dự có đại biểu của năm hội.\n\n[ảnh 1]\n\n## Ba việc cho năm 2024\n\n1. Bổ sung ủy viên./.", Category: "tin-tuc", Byline: "NVN, MD",
	}
}

func photo(t *testing.T, d *dbtest.DB, who authz.Who, owner authz.AssociationID) media.ID {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewRGBA(image.Rect(0, 0, 400, 300)), nil); err != nil {
		t.Fatal(err)
	}
	p, err := media.Prepare(t.Context(), &buf)
	if err != nil {
		t.Fatal(err)
	}
	var id media.ID
	d.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = media.Store(ctx, tx, p, media.Owner{Association: owner, Purpose: media.News})
		return err
	})
	return id
}

func add(t *testing.T, d *dbtest.DB, who authz.Who, owner authz.AssociationID, c Content) ID {
	t.Helper()
	var id ID
	d.As(t, who, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = Add(ctx, tx, owner, c)
		return err
	})
	return id
}

func version(t *testing.T, d *dbtest.DB, id ID) int {
	t.Helper()
	return d.Count(t, `select version from article where id = $1`, id)
}

type mover = func(ctx context.Context, tx *db.Tx, id ID, version int) error

func publishNow(ctx context.Context, tx *db.Tx, id ID, v int) error {
	return PublishArticle(ctx, tx, id, v, time.Time{})
}

func do(t *testing.T, d *dbtest.DB, who authz.Who, id ID, f mover) error {
	t.Helper()
	v := version(t, d, id)
	return d.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return f(ctx, tx, id, v) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// published makes an article public by the system, at an instant.
func published(t *testing.T, d *dbtest.DB, c Content, at time.Time) ID {
	t.Helper()
	id := add(t, d, system, 0, c)
	must(t, do(t, d, system, id, SubmitArticle))
	must(t, do(t, d, system, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return PublishArticle(ctx, tx, id, v, at) }))
	return id
}

func read(t *testing.T, d *dbtest.DB, who authz.Who, slug string) (Article, error) {
	t.Helper()
	var a Article
	err := d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) (err error) {
		a, err = ReadArticle(ctx, tx, slug)
		if trips := tx.Trips(); trips != 1 {
			t.Errorf("an article took %d round trips", trips)
		}
		return err
	})
	return a, err
}

func photoStatus(t *testing.T, d *dbtest.DB, who authz.Who, id media.ID) bool {
	t.Helper()
	err := d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
		_, err := media.Read(ctx, tx, id, 360)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestFromDraftToResidentsAndBack(t *testing.T) {
	t.Parallel()
	d := world(t)
	pic := photo(t, d, nct, 1)
	c := conference()
	c.Photos = []PhotoUse{{Media: pic, Caption: "Quang cảnh hội nghị."}}
	id := add(t, d, nct, 1, c)
	const slug = "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023"

	// Without words for a blind reader it is not sent.
	err := do(t, d, nct, id, SubmitArticle)
	if fields := fault.FieldsOf(err); !fault.Is(err, fault.Invalid) || len(fields) != 1 || fields[0].Name != "photos.0.alt" {
		t.Fatalf("submitted without alt: %v", err)
	}
	c.Photos[0].Alt, c.Associations = "Các đại biểu ngồi trong hội trường.", []authz.AssociationID{1}
	must(t, do(t, d, nct, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return Change(ctx, tx, id, v, c) }))
	must(t, do(t, d, nct, id, SubmitArticle))
	if err := do(t, d, nct, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return Change(ctx, tx, id, v, c) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("a submitted article is locked for its writer: %v", err)
	}
	for _, who := range []authz.Who{resident, nct, editor} {
		if _, err := read(t, d, who, slug); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the public page of an unpublished article: %v", who.Name, err)
		}
	}
	if photoStatus(t, d, resident, pic) {
		t.Error("the photo of an unpublished article is public")
	}
	must(t, do(t, d, official, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error {
		return ReturnArticle(ctx, tx, id, v, "Ghi thêm tên người phát biểu.")
	}))
	must(t, do(t, d, nct, id, SubmitArticle))
	must(t, do(t, d, leader, id, ApproveArticle))
	must(t, do(t, d, official, id, publishNow))

	a, err := read(t, d, resident, slug)
	must(t, err)
	if a.Byline != "NVN, MD" || len(a.Photos) != 1 || a.Photos[0].Alt != c.Photos[0].Alt || a.Photos[0].Width != 400 ||
		len(a.Associations) != 1 || a.Associations[0].Slug != "nguoi-cao-tuoi" || !a.PublishedAt.Equal(dbtest.Instant) {
		t.Errorf("article %+v", a)
	}
	if !photoStatus(t, d, resident, pic) {
		t.Error("the photo of a published article is hidden")
	}
	if _, err := read(t, d, authz.Public(2), slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("another ward's residents read it: %v", err)
	}

	must(t, do(t, d, leader, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error {
		return WithdrawArticle(ctx, tx, id, v, "Sai tên đại biểu.")
	}))
	if _, err := read(t, d, resident, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("a withdrawn article is read: %v", err)
	}
	if photoStatus(t, d, resident, pic) {
		t.Error("the photo of a withdrawn article is public")
	}
	must(t, do(t, d, official, id, RedraftArticle))
	if n := d.Count(t, `select count(*) from news_change where article_id = $1`, id); n != 9 {
		t.Errorf("%d sentences in the timeline, want 9", n)
	}
	if n := d.Count(t, `select count(*) from audit_log where object = 'article' and object_id = $1`, id); n != 9 {
		t.Errorf("%d audit rows, want 9", n)
	}
}

func TestNobodyPublishesTheirOwnEvenPastTheRules(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := add(t, d, official, 0, conference())
	must(t, do(t, d, official, id, SubmitArticle))
	for name, f := range map[string]mover{"publish": publishNow, "approve": ApproveArticle} {
		if err := do(t, d, official, id, f); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s own: %v", name, err)
		}
	}
	// The constraint holds where the rule in Go would be forgotten.
	err := d.Try(t, official, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update article set status = 'published', published_at = $2, published_by = 4 where id = $1`, id, tx.Now())
		return err
	})
	if !fault.Is(err, fault.Invalid) || fault.FieldsOf(err)[0].Message != selfPublish {
		t.Errorf("past the rule: %v", err)
	}
	// Row-level security stops an editor who would.
	err = d.Try(t, editor, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `update article set status = 'published', published_at = $2, published_by = 3 where id = $1`, id, tx.Now())
		return err
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("an editor publishes past the rule: %v", err)
	}
	must(t, do(t, d, leader, id, publishNow))
}

func TestDraftsAreForTheirWriters(t *testing.T) {
	t.Parallel()
	d := world(t)
	mine := add(t, d, nct, 1, conference())
	for name, c := range map[string]struct {
		who  authz.Who
		want bool
	}{
		"its chair": {nct, true}, "the editor": {editor, true}, "the official": {official, true},
		"another chair": {khoc, false}, "a branch head": {head, false}, "a resident": {resident, false},
		"the leader, before it is sent": {leader, false}, "another ward": {authz.System(2, "thử"), false},
	} {
		err := d.Pool.Read(t.Context(), c.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := Get(ctx, tx, mine)
			return err
		})
		if got := err == nil; got != c.want || (err != nil && !fault.Is(err, fault.NotFound)) {
			t.Errorf("%s: %v", name, err)
		}
		err = d.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, mine, 1, conference()) })
		if err == nil && !c.want {
			t.Errorf("%s changed the draft", name)
		}
		if n := d.Count(t, `select version from article where id = $1`, mine); n > 1 {
			d.Owner(t, `update article set version = 1 where id = $1`, mine)
		}
	}
	desk := func(who authz.Who) (n int, err error) {
		err = d.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) error {
			rows, _, err := Desk(ctx, tx, "", Cursor{}, 10)
			n = len(rows)
			return err
		})
		return n, err
	}
	for _, c := range []struct {
		who  authz.Who
		want int
	}{{nct, 1}, {editor, 1}, {khoc, 0}, {leader, 0}} {
		if n, err := desk(c.who); err != nil || n != c.want {
			t.Errorf("%s has %d on the desk, want %d (%v)", c.who.Name, n, c.want, err)
		}
	}
	if _, err := desk(head); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a branch head at the desk: %v", err)
	}
}

func TestWhoMayWrite(t *testing.T) {
	t.Parallel()
	d := world(t)
	for name, c := range map[string]struct {
		who   authz.Who
		owner authz.AssociationID
	}{"a resident": {resident, 0}, "a branch head": {head, 1}, "a leader": {leader, 0}, "a chair for the ward": {nct, 0}, "a chair for another's": {nct, 2}} {
		err := d.Try(t, c.who, func(ctx context.Context, tx *db.Tx) error {
			_, err := Add(ctx, tx, c.owner, conference())
			return err
		})
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := d.Count(t, `select count(*) from article`); n != 0 {
		t.Errorf("%d articles left", n)
	}
}

// A photo of another association's draft cannot be pulled into one's own article and published with it.
func TestForeignPhotosCannotBeUsed(t *testing.T) {
	t.Parallel()
	d := world(t)
	theirs := photo(t, d, khoc, 2)
	c := conference()
	c.Photos = []PhotoUse{{Media: theirs, Caption: "Ảnh của hội khác", Alt: "Ảnh"}}
	for _, id := range []media.ID{theirs, 9999} {
		c.Photos[0].Media = id
		err := d.Try(t, nct, func(ctx context.Context, tx *db.Tx) error {
			_, err := Add(ctx, tx, 1, c)
			return err
		})
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "photos" {
			t.Errorf("photo %d: %v", id, err)
		}
	}
}

func TestDraftsAreChecked(t *testing.T) {
	t.Parallel()
	d := world(t)
	for field, spoil := range map[string]func(*Content){
		"title":       func(c *Content) { c.Title = " \u200b " },
		"lead":        func(c *Content) { c.Lead = string(bytes.Repeat([]byte("ă"), 601)) },
		"category":    func(c *Content) { c.Category = "khong-co" },
		"source_url":  func(c *Content) { c.SourceURL, c.SourceName = "javascript:alert(1)", "Báo" },
		"source_name": func(c *Content) { c.SourceURL = "https://baoquangngai.vn/a" },
		"photos":      func(c *Content) { c.Photos = []PhotoUse{{Media: 1}, {Media: 1}} },
	} {
		c := conference()
		spoil(&c)
		err := d.Try(t, editor, func(ctx context.Context, tx *db.Tx) error {
			_, err := Add(ctx, tx, 0, c)
			return err
		})
		if fields := fault.FieldsOf(err); len(fields) == 0 || fields[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestStaleSaveIsRefused(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := add(t, d, editor, 0, conference())
	c := conference()
	c.Lead = "Sửa lần một."
	change := func(v int) error {
		return d.Try(t, editor, func(ctx context.Context, tx *db.Tx) error { return Change(ctx, tx, id, v, c) })
	}
	must(t, change(1))
	c.Lead = "Sửa từ cửa sổ cũ."
	if err := change(1); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale save: %v", err)
	}
	d.As(t, editor, func(ctx context.Context, tx *db.Tx) error {
		opened, err := AtVersion(ctx, tx, id, 1)
		now, err2 := Get(ctx, tx, id)
		if opened.Lead != conference().Lead || now.Lead != "Sửa lần một." || now.Version != 2 {
			t.Errorf("opened %q, now %q", opened.Lead, now.Lead)
		}
		return errors.Join(err, err2)
	})
	if err := d.Try(t, editor, func(ctx context.Context, tx *db.Tx) error { return SubmitArticle(ctx, tx, id, 1) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("a stale submit: %v", err)
	}
}

func TestAChangedTitleRedirects(t *testing.T) {
	t.Parallel()
	d := world(t)
	c := conference()
	id := published(t, d, c, time.Date(2023, 12, 4, 9, 54, 0, 0, time.UTC))
	old := "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023"
	c.Title = "Tổng kết năm 2023 của năm hội"
	must(t, do(t, d, official, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return Change(ctx, tx, id, v, c) }))
	a, err := read(t, d, resident, old)
	must(t, err)
	if a.MovedTo != "tong-ket-nam-2023-cua-nam-hoi" {
		t.Errorf("old address leads to %q", a.MovedTo)
	}
	// Nobody else gets the old address.
	twin := add(t, d, editor, 0, conference())
	d.As(t, editor, func(ctx context.Context, tx *db.Tx) error {
		w, err := Get(ctx, tx, twin)
		if w.Slug != old+"-2" {
			t.Errorf("the twin took %q", w.Slug)
		}
		return err
	})
	must(t, do(t, d, official, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error {
		return WithdrawArticle(ctx, tx, id, v, "thử")
	}))
	if _, err := read(t, d, resident, old); !fault.Is(err, fault.NotFound) {
		t.Errorf("the old address of a withdrawn article: %v", err)
	}
	if err := do(t, d, editor, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return Change(ctx, tx, id, v, c) }); err == nil {
		t.Error("a withdrawn article was edited")
	}
}

func TestScheduledUntilItsInstant(t *testing.T) {
	t.Parallel()
	now := dbtest.Instant
	d := dbtest.NewAt(t, func() time.Time { return now })
	w := world(t) // only for its rows; the clock must be ours
	w.Pool.Close()
	d.Owner(t, `insert into ward (id, code, name, province, created_at) values (1, 'chanh-lo', 'phường Chánh Lộ', 'tỉnh Quảng Ngãi', '2023-01-01')`)
	id := add(t, d, system, 0, conference())
	must(t, do(t, d, system, id, SubmitArticle))
	at := now.Add(2 * time.Hour)
	must(t, do(t, d, system, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return PublishArticle(ctx, tx, id, v, at) }))
	slug := "hoi-nghi-tong-ket-hoat-dong-cac-hoi-dac-thu-nam-2023"
	if _, err := read(t, d, resident, slug); !fault.Is(err, fault.NotFound) {
		t.Errorf("read before its instant: %v", err)
	}
	now = at
	if _, err := read(t, d, resident, slug); err != nil {
		t.Errorf("not there at its instant: %v", err)
	}
}

func TestPeopleCannotDateBack(t *testing.T) {
	t.Parallel()
	d := world(t)
	id := add(t, d, editor, 0, conference())
	must(t, do(t, d, editor, id, SubmitArticle))
	for _, at := range []time.Time{dbtest.Instant.Add(-time.Hour), dbtest.Instant.AddDate(2, 0, 0)} {
		err := do(t, d, official, id, func(ctx context.Context, tx *db.Tx, id ID, v int) error { return PublishArticle(ctx, tx, id, v, at) })
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "at" {
			t.Errorf("published at %s: %v", at, err)
		}
	}
}

func TestSharedPhotoStaysPublicWhileOneArticleShowsIt(t *testing.T) {
	t.Parallel()
	d := world(t)
	pic := photo(t, d, system, 0)
	c := conference()
	c.Photos = []PhotoUse{{Media: pic, Caption: "Chú thích", Alt: "Lời tả"}}
	first := published(t, d, c, dbtest.Instant.Add(-48*time.Hour))
	second := published(t, d, c, dbtest.Instant.Add(-24*time.Hour))
	withdraw := func(ctx context.Context, tx *db.Tx, id ID, v int) error {
		return WithdrawArticle(ctx, tx, id, v, "thử")
	}
	must(t, do(t, d, official, first, withdraw))
	if !photoStatus(t, d, resident, pic) {
		t.Error("hidden although another published article shows it")
	}
	must(t, do(t, d, official, second, withdraw))
	if photoStatus(t, d, resident, pic) {
		t.Error("public although no published article shows it")
	}
}
