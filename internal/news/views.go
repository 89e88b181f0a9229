package news

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// Views counts readers without knowing them. A browser counts once a day per article: what is remembered is a hash of
// address and browser under a random key that is thrown away, with all hashes, when the local day ends. Nothing is
// written in a reader's request; Flush adds up what came together. Each running program counts for itself.
type Views struct {
	clock func() time.Time

	mu    sync.Mutex
	day   time.Time
	key   [32]byte
	seen  map[[16]byte]struct{}
	ready map[authz.WardID]map[ID]int
}

// maxSeen bounds the memory of a day, about 40 MB; beyond it readers are no longer counted, which only an attack brings about.
const maxSeen = 500_000

// NewViews makes a counter; clock is time.Now but in tests.
func NewViews(clock func() time.Time) *Views {
	return &Views{clock: clock, ready: map[authz.WardID]map[ID]int{}}
}

// Seen notes a reader of a published article. The caller leaves out signed-in people. Known robots, readers without a
// browser name and second readings of the day do not count.
func (v *Views) Seen(ward authz.WardID, article ID, address, agent string) {
	if robot(agent) {
		return
	}
	today := vi.Today(v.clock())
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.day.Equal(today) {
		v.day, v.seen = today, map[[16]byte]struct{}{}
		_, _ = rand.Read(v.key[:]) // never fails
	}
	mac := hmac.New(sha256.New, v.key[:])
	var ids [16]byte
	binary.BigEndian.PutUint64(ids[:], uint64(ward))
	binary.BigEndian.PutUint64(ids[8:], uint64(article))
	mac.Write(ids[:])
	mac.Write([]byte(address))
	mac.Write([]byte{0})
	mac.Write([]byte(agent))
	reader := [16]byte(mac.Sum(nil))
	if _, again := v.seen[reader]; again || len(v.seen) >= maxSeen {
		return
	}
	v.seen[reader] = struct{}{}
	if v.ready[ward] == nil {
		v.ready[ward] = map[ID]int{}
	}
	v.ready[ward][article]++
}

// Waiting lists the wards that have counts to flush.
func (v *Views) Waiting() []authz.WardID {
	v.mu.Lock()
	defer v.mu.Unlock()
	var wards []authz.WardID
	for w, counts := range v.ready {
		if len(counts) > 0 {
			wards = append(wards, w)
		}
	}
	return wards
}

// Flush adds the counts of tx's ward to its articles. What could not be written waits for the next flush.
func (v *Views) Flush(ctx context.Context, tx *db.Tx) error {
	ward := tx.Who().Ward
	v.mu.Lock()
	counts := v.ready[ward]
	delete(v.ready, ward)
	v.mu.Unlock()
	err := AddViews(ctx, tx, counts)
	if err == nil {
		return nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ready[ward] == nil {
		v.ready[ward] = map[ID]int{}
	}
	for id, n := range counts {
		v.ready[ward][id] += n
	}
	return err
}

// AddViews adds readings to published articles; only the system may.
func AddViews(ctx context.Context, tx *db.Tx, counts map[ID]int) error {
	if len(counts) == 0 {
		return nil
	}
	if !tx.Who().IsSystem() {
		return fault.Denied()
	}
	ids, numbers := make([]ID, 0, len(counts)), make([]int, 0, len(counts))
	for id, n := range counts {
		ids, numbers = append(ids, id), append(numbers, n)
	}
	_, err := tx.Exec(ctx, `
		update article a set view_count = a.view_count + c.number from unnest($2::bigint[], $3::integer[]) as c(id, number)
		where a.ward_id = $1 and a.id = c.id and a.status = 'published'`, tx.Who().Ward, ids, numbers)
	return err
}

// robot tells programs from people by what they say of themselves.
func robot(agent string) bool {
	agent = strings.ToLower(agent)
	if !strings.HasPrefix(agent, "mozilla/") && !strings.HasPrefix(agent, "opera/") {
		return true
	}
	for _, word := range []string{"bot", "crawl", "spider", "slurp", "preview", "facebookexternalhit", "headless", "lighthouse", "monitor", "scrapy", "python", "curl", "wget"} {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}
