package bench

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/member"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample"
	"wardportal/internal/sample/sampletest"
	"wardportal/internal/vi"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// crowdSize is a roster twenty times that of the largest ward association.
const crowdSize = 100_000

// crowded is the small sample ward whose study association has a hundred thousand members more.
func crowded(b *testing.B) *portaltest.Site {
	b.Helper()
	s := portaltest.Start(b, fmt.Sprintf("bench-2-%d", crowdSize), func(ctx context.Context, pool *db.Pool) error {
		keys, err := member.NewKeys(portaltest.Secret)
		if err != nil {
			return err
		}
		if _, err := sample.Load(ctx, pool, sample.Options{Keys: keys, Small: true}); err != nil {
			return err
		}
		return fill(ctx, pool, keys)
	})
	s.Owner(b, `analyze`) // autovacuum does it within a minute on a cluster that is not thrown away
	return s
}

func fill(ctx context.Context, pool *db.Pool, keys *member.Keys) error {
	families := strings.Fields("Nguyễn Trần Lê Phạm Huỳnh Võ Bùi Phan Đỗ Đặng Trương Ngô")
	middles := []string{"Văn", "Thị", "Thị Thu", "Hữu", "Ngọc", "Minh", "Thanh", "Quang"}
	givens := strings.Fields("Hùng Dũng Sơn Minh Thanh Bình Tâm Hải Long Nam Trung Hòa Phước Lộc Thọ Đức Dục Tài Nhơn Nghĩa Lễ Trí Tín Chánh Châu Chương Cường Danh Đạo Điền Đông Hoàng Huệ Hữu Khánh Kỳ Lai Lợi Luận Mẫn Ngọc Phụng Quang Quế Sang Sinh Tấn Thạch Thận Thắng Thành Thiện Tích Toàn Trọng Trước Tuấn Tùng Vinh Xuân Ý Lan Hoa Hồng Liên Sương Thu Nga Loan Hương Thủy Tuyết Nguyệt Cúc Mai Hạnh Hiền Phượng Lệ Sen Lựu Đào Thơm Bông Nhành Diệp Hường Bích Yến Vân Kiều Điểu Lành Thảo Dung Hậu Nhung Sáu Bảy Tám Chín Mười Út") // handbook §10
	return pool.Write(ctx, authz.System(1, "bench"), func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `set local statement_timeout = 0`); err != nil {
			return err
		}
		a, err := association.Find(ctx, tx, "khuyen-hoc")
		if err != nil {
			return err
		}
		branches, err := association.Branches(ctx, tx, a.ID, tx.Today())
		if err != nil {
			return err
		}
		r := rand.New(rand.NewPCG(1, 2))
		rows := make([]member.Loaded, crowdSize)
		for i := range rows {
			name := families[r.IntN(len(families))] + " " + middles[r.IntN(len(middles))] + " " + givens[r.IntN(len(givens))]
			rows[i] = member.Loaded{NewMember: member.NewMember{Association: a.ID, Branch: branches[r.IntN(8)].ID, Fields: member.Fields{
				Name: vi.SplitName(name), Sex: member.Female, Birth: vi.Date{Year: 1940 + r.IntN(50)}, Began: member.Admitted, Joined: vi.Date{Year: 2012 + r.IntN(10)},
				Class: member.Full, Phone: fmt.Sprintf("0905000%03d", r.IntN(1000)),
			}}}
		}
		_, err = member.Load(ctx, tx, keys, rows)
		return err
	})
}

// reader asks pages over the wire, as a browser that takes brotli would, and reads them whole.
type reader struct {
	client *http.Client
	base   string
}

func newReader(b *testing.B, s *portaltest.Site, login string) *reader {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	r := &reader{client: &http.Client{Jar: jar}, base: s.Server.URL}
	if login == "" {
		return r
	}
	res, err := r.client.PostForm(r.base+"/dang-nhap", url.Values{"login": {login}, "password": {sample.Password}})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		b.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		b.Fatalf("sign-in: %d, %v", res.StatusCode, err)
	}
	return r
}

// get gives the bytes that went over the wire.
func (r *reader) get(b *testing.B, path string) []byte {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, r.base+path, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "br")
	res, err := r.client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		b.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		b.Fatalf("%s: status %d", path, res.StatusCode)
	}
	return body
}

// against runs ours and bare by turns, so that both meet the same machine, and reports ours per op and the ratio.
func against(b *testing.B, ours, bare func()) {
	b.Helper()
	for range 5 { // caches, plans and pools warm for both
		ours()
		bare()
	}
	var mine, theirs time.Duration
	b.ResetTimer()
	for b.Loop() {
		t0 := time.Now()
		ours()
		t1 := time.Now()
		bare()
		mine += t1.Sub(t0)
		theirs += time.Since(t1)
	}
	b.ReportMetric(float64(mine.Microseconds())/float64(b.N), "µs/ours")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N), "µs/bare")
	b.ReportMetric(float64(mine)/float64(theirs), "ratio")
}

func small(b *testing.B) *portaltest.Site {
	b.Helper()
	return sampletest.Start(b)
}
