package account_test

import (
	"strings"
	"sync"
	"testing"

	"wardportal/internal/account"
	"wardportal/internal/fault"
)

// ASVS 6.2.8, 6.2.9: passwords are taken whole, blanks and Vietnamese kept; input methods that spell letters differently agree.
func TestASVS6_2_PasswordsAreTakenWhole(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 72)
	for _, c := range []struct {
		name, made, typed string
		want              bool
	}{
		{"Vietnamese with blanks", " bốn con trâu đi cày ", " bốn con trâu đi cày ", true},
		{"blanks are part of it", " bốn con trâu", "bốn con trâu", false},
		{"capitals matter", "Trâu-cày-ruộng", "trâu-cày-ruộng", false},
		{"NFD of the same", "bốn con trâu", "bo\u0302\u0301n con tra\u0302u", true},
		{"beyond 72 bytes", long + "x", long + "y", false},
		{"128 characters", strings.Repeat("ệ", 128), strings.Repeat("ệ", 128), true},
	} {
		hash, err := account.HashPassword(c.made)
		if err != nil {
			t.Fatal(err)
		}
		ok, stale, err := account.CheckPassword(hash, c.typed)
		if err != nil || ok != c.want || stale {
			t.Errorf("%s: ok %v stale %v %v", c.name, ok, stale, err)
		}
	}
}

// ASVS 6.2.1: the shortest password counts characters, not bytes, and is longer for the ward's staff.
func TestASVS6_2_1_ShortPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		password string
		staff    bool
		ok       bool
	}{
		{"ếếếếếếế", false, false}, {"ếếếếếếếế", false, true}, {"e\u0302\u0301e\u0302\u0301e\u0302\u0301", false, false},
		{"bốn con trâu", true, true}, {"bốn con trâ", true, false}, {strings.Repeat(" ", 20), false, false},
		{strings.Repeat("a", 1024), true, true}, {strings.Repeat("a", 1025), true, false}, {"tám chữ \xff", false, false},
	} {
		err := account.RefusePassword("moi", c.password, c.staff)
		if (err == nil) != c.ok || err != nil && (!fault.Is(err, fault.Invalid) || fault.FieldsOf(err)[0].Name != "moi") {
			t.Errorf("%q (staff %v): %v", c.password, c.staff, err)
		}
	}
}

func TestUnknownAccountsAreCheckedLikeOthers(t *testing.T) {
	t.Parallel()
	ok, _, err := account.CheckPassword("", "")
	if ok || err != nil {
		t.Errorf("no account, no password: %v, %v", ok, err)
	}
	for _, broken := range []string{"-", "$argon2id$v=19$m=19456,t=2,p=1$?$?", "$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA", "$argon2id$v=x$m=1,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=x$AAAA$AAAA"} {
		if ok, _, err := account.CheckPassword(broken, "x"); ok || err == nil {
			t.Errorf("hash %q: %v, %v", broken, ok, err)
		}
	}
}

func TestOldParametersAreToldSoThatTheHashIsMadeAnew(t *testing.T) {
	t.Parallel()
	// argon2id of "trâu" with m=64, t=1: made by the library, checked to still open.
	weak := "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
	ok, stale, err := account.CheckPassword(weak+strings.Repeat("A", 43), "trâu")
	if err != nil || ok || !stale {
		t.Errorf("a hash of older parameters: ok %v stale %v %v", ok, stale, err)
	}
}

// A room of people who sign in at the same moment all get their turn.
func TestASigningInCrowdGetsItsTurn(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if _, _, err := account.CheckPassword("", "x"); err != nil {
				t.Errorf("turned away: %v", err)
			}
		})
	}
	wg.Wait()
}

// ASVS 7.3: the throttle counts IPv6 by subscriber.
func TestNetwork(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "::1": "::/64", "fe80::1%eth0": "fe80::/64", "::ffff:203.0.113.7": "::ffff:203.0.113.7", "": "", "@": "@",
	} {
		if got := account.Network(in); got != want {
			t.Errorf("%q counts as %q, want %q", in, got, want)
		}
	}
}
