package kit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"wardportal/web/ui"
)

// The message after a redirect travels in a signed cookie, so that a read request never has to write.
const (
	flashCookie = "tin"
	flashKept   = 60 // seconds
)

type carried struct {
	Flash *ui.Flash `json:"f,omitempty"`
	Undo  *ui.Undo  `json:"u,omitempty"`
	At    int64     `json:"t"` // unix seconds: the undo bar counts from here
}

func (k *Kit) setFlash(w http.ResponseWriter, r Reply, now time.Time) {
	if r.flash == nil && r.undo == nil {
		return
	}
	text, err := json.Marshal(carried{Flash: r.flash, Undo: r.undo, At: now.Unix()})
	if err != nil {
		return
	}
	http.SetCookie(w, k.cookie(flashCookie, k.sign(text), flashKept))
}

// takeFlash reads the message and forgets it; a forged or old one is no message.
func (k *Kit) takeFlash(w http.ResponseWriter, r *http.Request, now time.Time) (*ui.Flash, *ui.Undo) {
	c, err := r.Cookie(flashCookie)
	if err != nil {
		return nil, nil
	}
	http.SetCookie(w, k.cookie(flashCookie, "", -1))
	text, ok := k.verify(c.Value)
	if !ok {
		return nil, nil
	}
	var m carried
	if json.Unmarshal(text, &m) != nil || now.Unix()-m.At > flashKept {
		return nil, nil
	}
	if m.Undo != nil {
		m.Undo.Seconds -= int(now.Unix() - m.At)
		if m.Undo.Seconds <= 0 {
			m.Undo = nil
		}
	}
	return m.Flash, m.Undo
}

func (k *Kit) sign(text []byte) string {
	b64 := base64.RawURLEncoding
	return b64.EncodeToString(text) + "." + b64.EncodeToString(k.mac(text))
}

func (k *Kit) verify(value string) ([]byte, bool) {
	head, tail, ok := strings.Cut(value, ".")
	if !ok {
		return nil, false
	}
	text, err1 := base64.RawURLEncoding.DecodeString(head)
	mac, err2 := base64.RawURLEncoding.DecodeString(tail)
	if err1 != nil || err2 != nil || !hmac.Equal(mac, k.mac(text)) {
		return nil, false
	}
	return text, true
}

func (k *Kit) mac(text []byte) []byte {
	h := hmac.New(sha256.New, k.Secret)
	h.Write([]byte("flash\x00"))
	h.Write(text)
	return h.Sum(nil)
}
