package feedbackui

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

func derive(secret []byte, what string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(what))
	return mac.Sum(nil)
}

// stamp says, signed, when a form was opened: programs fill it in at once, people do not.
func stamp(secret []byte, at time.Time) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	return seconds + "." + hex.EncodeToString(derive(secret, "letter form "+seconds))
}

// readStamp gives back the time of a stamp; ok is false for one that is not ours.
func readStamp(secret []byte, s string) (at time.Time, ok bool) {
	seconds, _, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || !hmac.Equal([]byte(s), []byte(stamp(secret, time.Unix(n, 0)))) {
		return time.Time{}, false
	}
	return time.Unix(n, 0), true
}

// receiptFor is how long the page with the follow-up code can be opened again. The code itself is in no address and no log:
// the address carries it sealed, and soon worthless.
const receiptFor = 30 * time.Minute

func sealer(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(derive(secret, "letter receipt"))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// sealReceipt hides a follow-up code for the redirect after sending.
func sealReceipt(secret []byte, code string, at time.Time) (string, error) {
	aead, err := sealer(secret)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails (crypto/rand)
	plain := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, append(plain, code...), nil)), nil
}

// openReceipt gives the code back while the receipt is fresh.
func openReceipt(secret []byte, receipt string, now time.Time) (code string, ok bool) {
	aead, err := sealer(secret)
	if err != nil {
		return "", false
	}
	raw, err := base64.RawURLEncoding.DecodeString(receipt)
	if err != nil || len(raw) < aead.NonceSize() {
		return "", false
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], nil)
	if err != nil || len(plain) < 8 {
		return "", false
	}
	sealed := time.Unix(int64(binary.BigEndian.Uint64(plain)), 0)
	return string(plain[8:]), now.Sub(sealed) <= receiptFor
}
