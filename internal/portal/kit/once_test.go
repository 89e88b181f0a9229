package kit_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/fault"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

const (
	addPath = "/quan-ly/chi-hoi/them"
	aKey    = "0123456789abcdefghij"
)

// addBranch is a handler as page packages write them.
func addBranch(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := association.AddBranch(r.Context(), tx, association.NewBranch{Association: 1, Name: kit.Text(r, "ten"), OpenedOn: dbtest.Instant})
	if err != nil {
		return kit.Redo(err, func(r *http.Request, _ *db.Tx) (kit.Reply, error) {
			return work("Đã gõ: " + kit.Text(r, "ten") + "; " + kit.Errors(err).For("name"))
		})
	}
	return kit.Redirect("/quan-ly/chi-hoi/"+strconv.FormatInt(int64(id), 10)).Flash(ui.Good, "Đã lập chi hội."), nil
}

func (b *bench) branches(t *testing.T) int {
	t.Helper()
	return b.Count(t, `select count(*) from branch`)
}

// F20: ten parallel submits of one form have one effect and ten consistent answers.
func TestF20ParallelSubmits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	form := url.Values{kit.FormKey: {aKey}, "ten": {"Chi hội Trường Tiểu học số 1"}}
	answers := make([]answer, 10)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = b.post(t, addPath, form) })
	}
	wg.Wait()
	for _, a := range answers {
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != answers[0].Header.Get("Location") {
			t.Errorf("%d %s, want what the first got: %s", a.StatusCode, a.Header.Get("Location"), answers[0].Header.Get("Location"))
		}
	}
	if n := b.branches(t); n != 1 {
		t.Errorf("%d branches", n)
	}
	// Going back, typing another name and sending again is no repetition, and must not be swallowed as one.
	form.Set("ten", "Chi hội Trường Tiểu học số 2")
	if a := b.post(t, addPath, form); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") == answers[0].Header.Get("Location") || b.branches(t) != 2 {
		t.Errorf("another name with the same key: %d %s, %d branches", a.StatusCode, a.Header.Get("Location"), b.branches(t))
	}
}

func TestARefusedFormKeepsItsInputAndItsKey(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	form := url.Values{kit.FormKey: {aKey}, "ten": {strings.Repeat("rất dài ", 40)}}
	for range 2 {
		a := b.post(t, addPath, form)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Đã gõ: rất dài") || !strings.Contains(a.body, "tối đa 120 ký tự") || a.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
	}
	if b.branches(t) != 0 || b.Count(t, `select count(*) from audit_log where action = 'branch.add'`) != 0 || b.Count(t, `select count(*) from form_key`) != 0 {
		t.Error("a refused form left something behind")
	}
	form.Set("ten", "Chi hội 9")
	if a := b.post(t, addPath, form); a.StatusCode != http.StatusSeeOther || b.branches(t) != 1 {
		t.Errorf("the mended form: %d", a.StatusCode)
	}
}

func TestAutosaveClaimsNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	saves := 0
	b.routes.Post("/quan-ly/luu", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) {
		saves++
		return kit.Done().Header("X-Form-Version", strconv.Itoa(saves)), nil
	})
	form := url.Values{kit.FormKey: {aKey}}
	for i := range 3 {
		if a := b.post(t, "/quan-ly/luu", form, header("X-Autosave", "1")); a.StatusCode != http.StatusNoContent || a.Header.Get("X-Form-Version") != strconv.Itoa(i+1) {
			t.Fatalf("save %d: %d version %s", i+1, a.StatusCode, a.Header.Get("X-Form-Version"))
		}
	}
	if a := b.ask(t, http.MethodPost, "/quan-ly/luu", strings.NewReader(form.Encode()), header("X-Autosave", "1")); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("an autosave without a session: %d, want 401 that the script understands", a.StatusCode)
	}
}

// F26: one statement fails inside an operation: nothing of it stays, the answer has a number to call about, and nothing internal.
func TestF26AFailingStatementUndoesTheWhole(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post(addPath, kit.May(authz.WriteAssociation), addBranch)
	b.Owner(t, `
		create function fail() returns trigger language plpgsql as $$ begin raise exception 'canary-noi-bo'; end $$;
		create trigger fail before insert on audit_log for each row execute function fail()`)
	a := b.post(t, addPath, url.Values{kit.FormKey: {aKey}, "ten": {"Chi hội 9"}})
	if a.StatusCode != http.StatusInternalServerError || !strings.Contains(a.body, a.Header.Get("X-Request-Id")) || strings.Contains(a.body, "canary") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	if b.branches(t) != 0 || b.Count(t, `select count(*) from association_change`) != 0 || b.Count(t, `select count(*) from form_key`) != 0 {
		t.Error("half of the operation stayed")
	}
	if !strings.Contains(b.log.String(), `"error":"ERROR: canary-noi-bo`) || strings.Count(b.log.String(), "request failed") != 1 {
		t.Errorf("the log says: %s", b.log.String())
	}
	b.Owner(t, `drop trigger fail on audit_log`)
	if a := b.post(t, addPath, url.Values{kit.FormKey: {aKey}, "ten": {"Chi hội 9"}}); a.StatusCode != http.StatusSeeOther || b.branches(t) != 1 {
		t.Errorf("sent again afterwards: %d", a.StatusCode)
	}
}

// F25: a panic rolls back, answers with the designed page, and leaves the program and the connection in order.
func TestF25APanicIsOneRequestsTrouble(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Post("/quan-ly/no", kit.May(authz.UseWorkplace), func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		if _, err := association.AddBranch(r.Context(), tx, association.NewBranch{Association: 1, Name: "Chi hội 9", OpenedOn: dbtest.Instant}); err != nil {
			return kit.Reply{}, err
		}
		panic("canary-hoang-loan")
	})
	b.routes.Get("/ve-loi", kit.Anyone, func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Public(kit.PublicPage{Title: "Thử"}, failing{}).Header("ETag", `"x"`).Header("Cache-Control", "public, max-age=9"), nil
	})
	b.routes.Get("/quan-ly/tep", kit.May(authz.UseWorkplace), func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Download("a.xlsx", "application/octet-stream", func(_ context.Context, w io.Writer) error {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return err
			}
			panic("giữa tệp")
		}), nil
	})
	for range 8 { // more often than the pool has connections
		a := b.post(t, "/quan-ly/no", nil)
		if a.StatusCode != http.StatusInternalServerError || !strings.Contains(a.body, "Hệ thống gặp lỗi") || !strings.Contains(a.body, a.Header.Get("X-Request-Id")) || strings.Contains(a.body, "canary") {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
	}
	if b.branches(t) != 0 {
		t.Error("what the panicking handler wrote stayed")
	}
	if a := b.get(t, "/ve-loi"); a.StatusCode != http.StatusInternalServerError || a.Header.Get("ETag") != "" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("an error page may be kept by caches: %d %v", a.StatusCode, a.Header)
	}
	if a := b.get(t, "/quan-ly/tep", b.signedIn()); a.StatusCode != -1 {
		t.Errorf("half a file looks like a whole one: %d, %d bytes", a.StatusCode, len(a.body))
	}
	if n := strings.Count(b.log.String(), `"msg":"request"`); n != 10 {
		t.Errorf("%d access lines for 10 requests", n)
	}
	if !strings.Contains(b.log.String(), "canary-hoang-loan") {
		t.Error("the log does not say what happened")
	}
}

type failing struct{}

func (failing) Render(context.Context, io.Writer) error { return errors.New("không vẽ được") }

func TestStepsKeepWhatWasWrittenBeforeARefusal(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.routes.Steps(http.MethodPost, "/quan-ly/buoc", kit.May(authz.UseWorkplace), func(r *http.Request, s *kit.Steps) (kit.Reply, error) {
		if err := s.Write(func(ctx context.Context, tx *db.Tx) error {
			_, err := association.AddBranch(ctx, tx, association.NewBranch{Association: 1, Name: "Chi hội 9", OpenedOn: dbtest.Instant})
			return err
		}); err != nil {
			return kit.Reply{}, err
		}
		err := s.Read(func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update branch set name = 'x'`)
			return err
		})
		if err == nil {
			t.Error("a read step wrote")
		}
		return s.Redo(fault.At("ten", "Chưa đúng."), func(*http.Request, *db.Tx) (kit.Reply, error) { return work("nhập lại") })
	})
	if a := b.post(t, "/quan-ly/buoc", nil); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "nhập lại") || b.branches(t) != 1 {
		t.Errorf("%d, %d branches", a.StatusCode, b.branches(t))
	}
}

// The export's audit row is there before its first byte.
func TestAnExportIsNotedBeforeItsFirstByte(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	noted := -1
	b.routes.Export("/quan-ly/xuat", kit.May(authz.ExportRoster), func(*http.Request, *db.Tx) (kit.Reply, error) {
		return kit.Download("danh sách hội viên.csv", "text/csv", func(_ context.Context, w io.Writer) error {
			noted = b.Count(t, `select count(*) from audit_log where action = 'roster.export' and account_id is not null`)
			_, err := w.Write([]byte("Đặng Văn Thuận\n"))
			return err
		}), nil
	}, func(*http.Request) kit.ExportNote {
		return kit.ExportNote{Action: "roster.export", Object: "membership"}
	})
	a := b.get(t, "/quan-ly/xuat", b.signedIn())
	if a.StatusCode != http.StatusOK || noted != 1 || a.Header.Get("Cache-Control") != "no-store" || !strings.Contains(a.Header.Get("Content-Disposition"), "filename*=utf-8''danh%20s%C3%A1ch") {
		t.Errorf("%d, noted %d, %v", a.StatusCode, noted, a.Header)
	}
}
