package account

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"wardportal/internal/fault"
)

// The shortest passwords, in characters (product.md §1), and the longest in bytes.
const (
	MinStaffPassword = 12
	MinPassword      = 8
	maxPassword      = 1024
)

// MinLength is the shortest password of an account, by whether it holds a role of the ward.
func MinLength(staff bool) int {
	if staff {
		return MinStaffPassword
	}
	return MinPassword
}

// RefusePassword gives an Invalid fault about the field when a new password will not do.
func RefusePassword(field, password string, staff bool) error {
	switch n := MinLength(staff); {
	case utf8.RuneCountInString(norm.NFC.String(password)) < n:
		return fault.At(field, "Mật khẩu mới cần ít nhất "+strconv.Itoa(n)+" ký tự.")
	case len(password) > maxPassword:
		return fault.At(field, "Mật khẩu mới quá dài.")
	case !utf8.ValidString(password) || strings.TrimSpace(password) == "":
		return fault.At(field, "Mật khẩu mới cần có chữ hoặc số.")
	}
	return nil
}

// Argon2id at 19 MiB and two passes: about 28 ms here (security.md §4). At most four run at once, so that a flood of
// sign-ins cannot eat the machine.
const (
	argonTime   = 2
	argonMemory = 19 * 1024 // KiB
	argonLanes  = 1
	argonKey    = 32
)

var hashing = make(chan struct{}, 4)

// ErrBusy says that too many passwords are being checked at this moment.
var ErrBusy = errors.New("too many password checks at once")

// HashPassword gives the PHC string of a password. Input methods spell the same Vietnamese letters differently, so the
// text is brought to NFC first (a written deviation from "exactly as received").
func HashPassword(password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	key, err := derive(password, salt, argonTime, argonMemory, argonLanes)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// dummyHash is checked for unknown and disabled accounts, so that they take the same time as known ones.
const dummyHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// CheckPassword compares in constant time. stale tells that the hash was made with other parameters and should be made anew.
// It is slow on purpose: never call it inside a transaction.
func CheckPassword(hash, password string) (ok, stale bool, err error) {
	if hash == "" {
		hash = dummyHash
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false, errors.New("password hash of unknown form")
	}
	var version, memory, passes, lanes int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil {
		return false, false, fmt.Errorf("password hash: %w", err)
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, false, fmt.Errorf("password hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, false, fmt.Errorf("password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, false, fmt.Errorf("password hash: %w", err)
	}
	have, err := derive(password, salt, uint32(passes), uint32(memory), uint8(lanes))
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(have, want) == 1 && hash != dummyHash
	return ok, memory != argonMemory || passes != argonTime, nil
}

// hashWait is how long a check waits for its turn: a room of people who sign in at the same moment all get in, a flood does not.
const hashWait = 3 * time.Second

func derive(password string, salt []byte, passes, memory uint32, lanes uint8) ([]byte, error) {
	patience := time.NewTimer(hashWait)
	defer patience.Stop()
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-patience.C:
		return nil, ErrBusy
	}
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, passes, memory, lanes, argonKey), nil
}
