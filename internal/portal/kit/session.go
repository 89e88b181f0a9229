package kit

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/draft"
	"wardportal/internal/fault"
)

const (
	signInPath   = "/dang-nhap"
	parkedPath   = "/dang-nhap/gui-lai"
	workplace    = "/quan-ly"
	parkedCookie = "gui-lai"
)

func (k *Kit) sessionCookie() string {
	if k.Secure() {
		return "__Host-phien" // the prefix makes browsers insist on Secure, Path=/ and no Domain
	}
	return "phien"
}

func (k *Kit) cookie(name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: k.Secure(), SameSite: http.SameSiteLaxMode}
}

// Token gives the session token the browser came with, or "".
func (k *Kit) Token(r *http.Request) string {
	c, err := r.Cookie(k.sessionCookie())
	if err != nil || len(c.Value) > 100 {
		return ""
	}
	return c.Value
}

// signIn looks up who is behind the request's cookie. Nobody is no error.
func (k *Kit) signIn(r *http.Request, s *state) error {
	token := k.Token(r)
	if token == "" {
		return nil
	}
	err := k.Pool.Read(r.Context(), authz.Public(s.ward), func(ctx context.Context, tx *db.Tx) error {
		live, err := account.Find(ctx, tx, token)
		if err != nil {
			return err
		}
		s.live, s.who = live, live.Who
		if tx.Now().Sub(live.SeenAt) > time.Minute {
			k.noteSeen(live.ID, tx.Now())
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// askSignIn sends to the sign-in page and keeps what was typed: a post is parked until the person is back.
func (k *Kit) askSignIn(w http.ResponseWriter, r *http.Request, l limits) {
	if r.Header.Get("X-Autosave") != "" {
		k.fail(w, r, fault.New(fault.Unauthenticated, "Phiên làm việc đã hết. Xin đăng nhập lại."))
		return
	}
	back := r.URL.RequestURI()
	if r.Method == http.MethodPost {
		back = cameFrom(r)
		if len(r.PostForm) > 0 && !l.secret {
			if err := k.park(w, r); err != nil {
				k.fail(w, r, err)
				return
			}
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, signInPath+"?ve="+url.QueryEscape(back), http.StatusSeeOther)
}

// cameFrom gives the page whose form was sent: an address that only takes posts leads nowhere after the sign-in.
func cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host {
		return workplace
	}
	return SafePath(from.RequestURI(), workplace)
}

// park keeps a post for the account whose session expired. Without such a session nothing is kept: what strangers post
// must not fill the disk.
func (k *Kit) park(w http.ResponseWriter, r *http.Request) error {
	body := url.Values{}
	for name, list := range r.PostForm {
		if name != FormKey && name != ParkedField {
			body[name] = list
		}
	}
	old := k.Token(r)
	if old == "" {
		return nil
	}
	token := ""
	err := k.system(r.Context(), "giữ nội dung khi hết phiên", func(ctx context.Context, tx *db.Tx) error {
		owner, err := account.OwnerOf(ctx, tx, old)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		token, err = draft.Park(ctx, tx, owner, draft.Parked{Path: r.URL.RequestURI(), Body: body})
		return err
	})
	if err == nil && token != "" {
		http.SetCookie(w, k.cookie(parkedCookie, token, 24*3600))
	}
	return err
}

// ParkedField marks the form that shows a parked post again.
const ParkedField = "_gui-lai"

// settleParked forgets a parked post once its form was taken: carried out, or shown again with its complaints. Until then the
// row and the cookie stay, so that a page loaded anew or a busy moment loses nothing.
func (k *Kit) settleParked(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && r.PostForm.Has(ParkedField) {
		k.DropParked(w, r)
	}
}

// DropParked forgets the parked post of the request's browser.
func (k *Kit) DropParked(w http.ResponseWriter, r *http.Request) {
	token := k.Parked(r)
	if token == "" {
		return
	}
	http.SetCookie(w, k.cookie(parkedCookie, "", -1))
	err := k.system(r.Context(), "bỏ nội dung đã gửi lại", func(ctx context.Context, tx *db.Tx) error {
		return draft.Forget(ctx, tx, WhoOf(r.Context()).User, token)
	})
	if err != nil { // the row is swept after a day
		k.Log.LogAttrs(r.Context(), slog.LevelWarn, "parked post not deleted", slog.String("request", stateOf(r.Context()).id), slog.String("error", err.Error()))
	}
}

// Parked gives the token of what waits to be sent again, or "".
func (k *Kit) Parked(r *http.Request) string {
	c, err := r.Cookie(parkedCookie)
	if err != nil || len(c.Value) > 64 {
		return ""
	}
	return c.Value
}

// Enter answers a sign-in that went well: it sets the cookie and leads back to where the person wanted to go.
func (k *Kit) Enter(r *http.Request, o account.Opened, own bool, back string) Reply {
	maxAge := 0 // until the browser is closed
	if own {
		// A day longer than the session: an expired cookie still says whose typed text is to be kept.
		maxAge = int((account.OwnDevice + 24*time.Hour) / time.Second)
	}
	to := SafePath(back, workplace)
	if k.Parked(r) != "" {
		to = parkedPath + "?ve=" + url.QueryEscape(to)
	}
	return Redirect(to).Header("Set-Cookie", k.cookie(k.sessionCookie(), o.Token, maxAge).String())
}

// Leave answers a sign-out.
func (k *Kit) Leave() Reply {
	return Redirect("/").Header("Set-Cookie", k.cookie(k.sessionCookie(), "", -1).String()).Header("Clear-Site-Data", `"cache", "storage"`)
}

// system runs fn as the system of the request's ward.
func (k *Kit) system(ctx context.Context, why string, fn func(context.Context, *db.Tx) error) error {
	return k.Pool.Write(ctx, authz.System(stateOf(ctx).ward, why), fn)
}

// SafePath lets through only a path of this site: "//host", "/\host" and full addresses become fallback.
func SafePath(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return fallback
	}
	return path
}
