package account

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/netip"
	"slices"
	"strings"
	"time"

	"wardportal/internal/audit"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/vi"
)

// How long a session lives (product.md §1): on ward staff's and shared machines 30 minutes idle and 12 hours in all,
// 30 days on a device marked "máy riêng".
const (
	Idle      = 30 * time.Minute
	Absolute  = 12 * time.Hour
	OwnDevice = 30 * 24 * time.Hour
)

// The throttle (documented in docs/operating.md). A stranger who guesses at a login is stopped by the pair of login and
// address long before the login as a whole is, so nobody can be locked out from afar by a few wrong tries. And where a person
// has signed in within the last 30 days only that pair counts, so that no flood from elsewhere keeps them out.
const (
	throttleWindow  = 15 * time.Minute
	maxPerPair      = 5
	maxPerAddress   = 30
	maxPerLogin     = 50
	attemptsKeptFor = 30 * 24 * time.Hour
)

// maxSessions bounds the devices of one account; the oldest is signed out.
const maxSessions = 20

// Live is a session as the middleware needs it on each request.
type Live struct {
	ID        int64
	Who       authz.Who
	Title     string
	Demo      bool
	OwnDevice bool
	SeenAt    time.Time
}

// Credential is what sign-in finds of an account before the password is checked. Hash is "" for unknown, disabled and
// not yet started accounts: they take the same time and get the same answer.
type Credential struct {
	Account ID
	Hash    string
}

// Attempt opens a sign-in: it counts against the throttle and finds what to check. It gives TooMany before any hash is
// looked at. key is the secret for the keyed hash of the login, so that what people type by mistake is not stored.
func Attempt(ctx context.Context, tx *db.Tx, login, address string, key []byte) (Credential, error) {
	typed := normalLogin(login)
	address = Network(address)
	var pair, byAddress, byLogin int
	var known bool
	err := tx.QueryRow(ctx, `
		with good as (select max(at) as at from sign_in_attempt where ward_id = $1 and login_key = $2 and address = $3 and ok)
		select count(*) filter (where login_key = $2 and address = $3 and at > coalesce((select at from good), '-infinity')),
		       count(*) filter (where address = $3), count(*) filter (where login_key = $2), coalesce((select at > $5 from good), false)
		from sign_in_attempt
		where ward_id = $1 and not ok and at > $4 and (login_key = $2 or address = $3)`,
		tx.Who().Ward, loginKey(typed, key), address, tx.Now().Add(-throttleWindow), tx.Now().Add(-attemptsKeptFor)).Scan(&pair, &byAddress, &byLogin, &known)
	if err != nil {
		return Credential{}, err
	}
	if pair >= maxPerPair || !known && (byAddress >= maxPerAddress || byLogin >= maxPerLogin) {
		return Credential{}, fault.New(fault.TooMany, "Đã thử sai nhiều lần. Xin đợi 15 phút rồi thử lại, hoặc gọi cán bộ phường để được cấp lại mật khẩu.")
	}
	var c Credential
	var hash *string
	var disabled bool
	err = tx.QueryRow(ctx, `select id, password_hash, disabled from account_find($1)`, typed).Scan(&c.Account, &hash, &disabled)
	switch {
	case fault.Is(err, fault.NotFound):
		return Credential{}, nil
	case err != nil:
		return Credential{}, err
	case hash == nil || disabled:
		return Credential{Account: c.Account}, nil
	}
	c.Hash = *hash
	return c, nil
}

// Failed notes a refused sign-in.
func Failed(ctx context.Context, tx *db.Tx, login, address string, key []byte, found ID) error {
	if err := noteAttempt(ctx, tx, login, address, key, false); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "session.refused", Object: "account", ID: int64(found)})
}

// Opened is a session just made; Token goes into the cookie and is never stored.
type Opened struct {
	Token   string
	Expires time.Time
	Own     bool // the device was taken as "máy riêng"
}

// Begin opens a session after the password was right. old is the token the browser came with, which is ended: tokens rotate at sign-in.
// own asks for 30 days on a private device, which ward staff do not get.
func Begin(ctx context.Context, tx *db.Tx, id ID, login, address, agent string, own bool, key []byte, old string) (Opened, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return Opened{}, err
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	own, err := mayOwnDevice(ctx, tx, id, own)
	if err != nil {
		return Opened{}, err
	}
	life := Absolute
	if own {
		life = OwnDevice
	}
	expires := tx.Now().Add(life)
	if _, err := tx.Exec(ctx, `
		insert into session (ward_id, account_id, token_hash, created_at, seen_at, expires_at, own_device, address, agent)
		values ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
		tx.Who().Ward, id, hashToken(token), tx.Now(), expires, own, address, trim(agent, 200)); err != nil {
		return Opened{}, err
	}
	if old != "" {
		if _, err := tx.Exec(ctx, `update session set ended_at = $2 where token_hash = $1 and ended_at is null`, hashToken(old), tx.Now()); err != nil {
			return Opened{}, err
		}
	}
	if _, err := tx.Exec(ctx, `
		update session set ended_at = $2
		where account_id = $1 and ended_at is null and id not in (select id from session where account_id = $1 and ended_at is null order by id desc limit $3)`,
		id, tx.Now(), maxSessions); err != nil {
		return Opened{}, err
	}
	if err := noteAttempt(ctx, tx, login, address, key, true); err != nil {
		return Opened{}, err
	}
	return Opened{Token: token, Expires: expires, Own: own}, audit.Record(ctx, tx, audit.Event{Action: "session.begin", Object: "account", ID: int64(id)})
}

// mayOwnDevice grants the long session to chairs, secretaries and branch heads only: ward roles stay at 12 hours.
func mayOwnDevice(ctx context.Context, tx *db.Tx, id ID, asked bool) (bool, error) {
	if !asked {
		return false, nil
	}
	staff, err := IsStaff(ctx, tx, id)
	return !staff, err
}

// IsStaff tells whether the account holds a role of the ward today: such accounts have longer passwords and shorter sessions.
func IsStaff(ctx context.Context, tx *db.Tx, id ID) (bool, error) {
	return db.Value[bool](ctx, tx, `
		select exists (select 1 from account_grant where account_id = $1 and role in ('official', 'leader', 'admin', 'editor')
			and starts_on <= $2 and (ends_on is null or ends_on >= $2))`, id, tx.Today())
}

// End closes the session of a token, as the system: whoever holds the token may end it, expired or not. An unknown one is no error.
func End(ctx context.Context, tx *db.Tx, token string) error {
	id, err := db.Value[ID](ctx, tx, `update session set ended_at = $2 where token_hash = $1 and ended_at is null returning account_id`, hashToken(token), tx.Now())
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "session.end", Object: "account", ID: int64(id)})
}

// OwnerOf tells whose session a token was, ended or expired as it may be; the system asks. It is no right to anything but to
// have one's own typed text kept.
func OwnerOf(ctx context.Context, tx *db.Tx, token string) (ID, error) {
	return db.Value[ID](ctx, tx, `select account_id from session where ward_id = $1 and token_hash = $2`, tx.Who().Ward, hashToken(token))
}

// Find gives the live session of a token, with the rights that hold today. Unknown, ended and expired are NotFound.
func Find(ctx context.Context, tx *db.Tx, token string) (Live, error) {
	var l Live
	var account ID
	var acting *authz.AssociationID
	var roles []string
	var associations, branches []int64
	err := tx.QueryRow(ctx, `
		select id, account_id, name, title, demo, own_device, acting_for, seen_at, roles, associations, branches
		from session_find($1, $2, $3)`, hashToken(token), tx.Now(), Idle).
		Scan(&l.ID, &account, &l.Who.Name, &l.Title, &l.Demo, &l.OwnDevice, &acting, &l.SeenAt, &roles, &associations, &branches)
	if err != nil {
		return Live{}, err
	}
	l.Who.Ward, l.Who.User = tx.Who().Ward, account
	for i, role := range roles {
		l.Who.Grants = append(l.Who.Grants, authz.Grant{
			Role: authz.Role(role), Association: authz.AssociationID(associations[i]), Branch: authz.BranchID(branches[i]),
		})
	}
	if acting != nil {
		l.Who.Acting = *acting
	}
	// Who was given a ward role after marking a device as their own is held to the ward's idle time there as well.
	if l.OwnDevice && slices.ContainsFunc(l.Who.Grants, func(g authz.Grant) bool { return g.Role.Ward() }) && !l.SeenAt.After(tx.Now().Add(-Idle)) {
		return Live{}, fault.Missing()
	}
	return l, nil
}

// Seen is when a session was last used; app collects them in memory and flushes them in batches.
type Seen struct {
	Session int64
	At      time.Time
}

// FlushSeen writes a batch of last uses. Time never runs backwards.
func FlushSeen(ctx context.Context, tx *db.Tx, batch []Seen) error {
	ids, times := make([]int64, len(batch)), make([]time.Time, len(batch))
	for i, s := range batch {
		ids[i], times[i] = s.Session, s.At
	}
	_, err := tx.Exec(ctx, `
		update session s set seen_at = u.at from unnest($1::bigint[], $2::timestamptz[]) u (id, at) where s.id = u.id and s.seen_at < u.at`, ids, times)
	return err
}

// SweepAttempts deletes attempts that the throttle no longer needs.
func SweepAttempts(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `delete from sign_in_attempt where at < $1`, tx.Now().Add(-attemptsKeptFor))
	return err
}

func noteAttempt(ctx context.Context, tx *db.Tx, login, address string, key []byte, ok bool) error {
	_, err := tx.Exec(ctx, `insert into sign_in_attempt (ward_id, login_key, address, at, ok) values ($1, $2, $3, $4, $5)`,
		tx.Who().Ward, loginKey(normalLogin(login), key), Network(address), tx.Now(), ok)
	return err
}

// normalLogin accepts what people type: capitals, blanks, a phone number with dots.
func normalLogin(s string) string {
	s = strings.ToLower(vi.Clean(s))
	if p, err := vi.ParsePhone(s); err == nil {
		return p.Number
	}
	return trim(strings.ReplaceAll(s, " ", ""), 100)
}

func loginKey(login string, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(login))
	return mac.Sum(nil)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// trim cuts to n bytes and drops what is no UTF-8: browsers may send any bytes as their name, and Postgres refuses them.
func trim(s string, n int) string {
	return strings.ToValidUTF8(s[:min(len(s), n)], "")
}

// Network is what throttles count by: the address, or for IPv6 the /64 that one household or server gets as a whole and may
// take any address of.
func Network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() || a.Is4In6() {
		return address
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

// Rehash replaces a hash made with older parameters; sessions stay.
func Rehash(ctx context.Context, tx *db.Tx, id ID, hash string) error {
	return tx.ExecOne(ctx, nil, `update account set password_hash = $2 where id = $1`, id, hash)
}

// Device is a signed-in device as its owner sees it.
type Device struct {
	ID        int64
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	OwnDevice bool
	Address   string
	Agent     string
}

// Devices lists the principal's live sessions, newest first.
func Devices(ctx context.Context, tx *db.Tx) ([]Device, error) {
	return db.All[Device](ctx, tx, `
		select id, created_at, seen_at, expires_at, own_device, address, agent from session
		where account_id = $1 and ended_at is null and expires_at > $2 and (own_device or seen_at > $3)
		order by id desc limit 50`, tx.Who().User, tx.Now(), tx.Now().Add(-Idle))
}

// EndDevice ends one of the principal's own sessions.
func EndDevice(ctx context.Context, tx *db.Tx, id int64) error {
	if err := tx.ExecOne(ctx, nil, `update session set ended_at = $3 where id = $1 and account_id = $2 and ended_at is null`, id, tx.Who().User, tx.Now()); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Event{Action: "session.end", Object: "session", ID: id})
}

// HashOf gives the principal's own password hash, to be checked outside the transaction before a change.
func HashOf(ctx context.Context, tx *db.Tx) (string, error) {
	hash, err := db.Value[*string](ctx, tx, `select password_hash from account where id = $1`, tx.Who().User)
	if err != nil || hash == nil {
		return "", err
	}
	return *hash, nil
}
