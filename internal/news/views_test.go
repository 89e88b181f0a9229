package news

import (
	"slices"
	"testing"
	"time"
)

const (
	phone  = "Mozilla/5.0 (Linux; Android 9; SM-J600G) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/23110 ZaloTheme/light"
	office = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/118.0 Safari/537.36"
)

func TestViewsCountABrowserOnceADay(t *testing.T) {
	t.Parallel()
	now := time.Date(2023, 12, 4, 16, 50, 0, 0, time.UTC) // 23:50 in Quảng Ngãi
	v := NewViews(func() time.Time { return now })
	for range 3 {
		v.Seen(1, 7, "113.160.1.2", phone)
	}
	v.Seen(1, 7, "113.160.1.2", office) // another browser behind the same address
	v.Seen(1, 8, "113.160.1.2", phone)  // another article
	v.Seen(2, 7, "113.160.1.2", phone)  // another ward
	if v.ready[1][7] != 2 || v.ready[1][8] != 1 || v.ready[2][7] != 1 {
		t.Errorf("counts %v", v.ready)
	}
	key := v.key
	now = now.Add(15 * time.Minute) // after local midnight, the same day in UTC
	v.Seen(1, 7, "113.160.1.2", phone)
	if v.ready[1][7] != 3 {
		t.Errorf("a new day counts again: %d", v.ready[1][7])
	}
	if v.key == key || len(v.seen) != 1 {
		t.Error("yesterday's key or hashes were kept")
	}
	wards := v.Waiting()
	slices.Sort(wards)
	if len(wards) != 2 || wards[0] != 1 {
		t.Errorf("waiting %v", wards)
	}
}

func TestViewsLeaveOutRobots(t *testing.T) {
	t.Parallel()
	v := NewViews(time.Now)
	for _, agent := range []string{"", "curl/8.5", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"facebookexternalhit/1.1", "Mozilla/5.0 (compatible; coccocbot-web/1.0)", "Go-http-client/1.1", "python-requests/2.31"} {
		v.Seen(1, 7, "1.2.3.4", agent)
	}
	if len(v.ready) != 0 {
		t.Errorf("robots counted: %v", v.ready)
	}
	v.Seen(1, 7, "1.2.3.4", phone)
	if v.ready[1][7] != 1 {
		t.Error("a reader in Zalo's browser was not counted")
	}
}
