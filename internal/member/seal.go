package member

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"

	"wardportal/internal/authz"
)

// Keys seals sensitive fields (AES-256-GCM) and makes the look-up key of citizen numbers (HMAC-SHA-256). The zero value
// refuses both. App makes one from the secret file; it is safe for concurrent use.
type Keys struct {
	aead cipher.AEAD
	mac  []byte
}

// sealVersion is the first byte of a sealed value, so that a later key or method can live beside the first.
const sealVersion = 1

var errNoKeys = errors.New("sensitive fields need the secret file, and none was given")

// NewKeys derives the keys from the program's secret, at least 32 random bytes. The same secret gives the same keys.
func NewKeys(secret []byte) (*Keys, error) {
	if len(secret) < 32 {
		return nil, errors.New("the secret for sensitive fields must have at least 32 bytes")
	}
	seal, err := hkdf.Key(sha256.New, secret, nil, "wardportal member seal 1", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the sealing key: %w", err)
	}
	mac, err := hkdf.Key(sha256.New, secret, nil, "wardportal member id index 1", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the index key: %w", err)
	}
	block, err := aes.NewCipher(seal)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	return &Keys{aead: aead, mac: mac}, nil
}

// seal encrypts text for one field of one membership; moved to another row or field it does not open.
func (k *Keys) seal(id ID, code, text string) ([]byte, error) {
	if k == nil || k.aead == nil {
		return nil, errNoKeys
	}
	out := make([]byte, 1+k.aead.NonceSize(), 1+k.aead.NonceSize()+len(text)+k.aead.Overhead())
	out[0] = sealVersion
	if _, err := rand.Read(out[1:]); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return k.aead.Seal(out, out[1:], []byte(text), sealContext(id, code)), nil
}

// open is the way back of seal.
func (k *Keys) open(id ID, code string, sealed []byte) (string, error) {
	if k == nil || k.aead == nil {
		return "", errNoKeys
	}
	n := 1 + k.aead.NonceSize()
	if len(sealed) < n || sealed[0] != sealVersion {
		return "", fmt.Errorf("sealed field %s has an unknown form", code)
	}
	text, err := k.aead.Open(nil, sealed[1:n], sealed[n:], sealContext(id, code))
	if err != nil {
		return "", fmt.Errorf("open sealed field %s: %w", code, err)
	}
	return string(text), nil
}

func sealContext(id ID, code string) []byte {
	return fmt.Appendf(nil, "membership %d %s", id, code)
}

// index is the look-up key of a citizen number within the ward; the number cannot be found from it without the secret.
func (k *Keys) index(ward authz.WardID, digits string) ([]byte, error) {
	if k == nil || k.mac == nil {
		return nil, errNoKeys
	}
	h := hmac.New(sha256.New, k.mac)
	_, _ = fmt.Fprintf(h, "%d %s", ward, digits) // a hash never fails to take bytes
	return h.Sum(nil), nil
}
