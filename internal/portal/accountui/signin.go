package accountui

import (
	"context"
	"errors"
	"net/http"
	"sort"
	"strings"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/draft"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/web/ui"
)

// wrong is the one answer to an unknown, wrong, locked or disabled sign-in.
var wrong = fault.At("password", "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin nhập lại.")

func (p pages) signInForm(r *http.Request, _ *db.Tx) (kit.Reply, error) {
	return p.signInPage(r, nil), nil
}

func (p pages) signInPage(r *http.Request, err error) kit.Reply {
	ward := p.kit.FactsOf(r.Context()).Ward
	v := signInView{
		Login: r.PostFormValue("login"), Back: r.FormValue("ve"), Own: r.PostFormValue("may-rieng") != "", Expired: p.kit.Parked(r) != "",
		Demo: ward.Demo, HelpPhone: ward.Phone, Errors: kit.Errors(err),
	}
	return kit.Public(kit.PublicPage{Title: "Đăng nhập", NoIndex: true, Script: true, Failed: err != nil}, signInBody(v))
}

// signIn checks the password between two short transactions: hashing takes 28 ms on purpose and must hold no connection.
func (p pages) signIn(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	login, password := r.PostFormValue("login"), r.PostFormValue("password")
	if err := complete(login, password); err != nil {
		return p.signInPage(r, err).Status(http.StatusUnprocessableEntity), nil
	}
	address := kit.AddressOf(r.Context())
	var found account.Credential
	err := s.System("đăng nhập", func(ctx context.Context, tx *db.Tx) error {
		var err error
		found, err = account.Attempt(ctx, tx, login, address, p.kit.Secret)
		return err
	})
	if err != nil {
		return kit.Reply{}, err
	}
	ok, stale, err := account.CheckPassword(found.Hash, password)
	if errors.Is(err, account.ErrBusy) {
		return kit.Reply{}, fault.New(fault.TooMany, "Nhiều người đang đăng nhập cùng lúc. Xin thử lại sau vài giây.")
	}
	if err != nil {
		return kit.Reply{}, err
	}
	if !ok {
		if err := s.System("đăng nhập", func(ctx context.Context, tx *db.Tx) error {
			return account.Failed(ctx, tx, login, address, p.kit.Secret, found.Account)
		}); err != nil {
			return kit.Reply{}, err
		}
		return p.signInPage(r, wrong).Status(http.StatusUnprocessableEntity), nil
	}
	return p.open(r, s, found.Account, login, password, stale)
}

func complete(login, password string) error {
	var problems fault.Problems
	if strings.TrimSpace(login) == "" {
		problems.Add("login", "Nhập tên đăng nhập hoặc số điện thoại.")
	}
	if password == "" {
		problems.Add("password", "Nhập mật khẩu.")
	}
	if len(password) > 1024 {
		problems.Add("password", "Mật khẩu quá dài.")
	}
	return problems.Err()
}

// open begins the session. A hash made with older parameters is made anew while the password is at hand.
func (p pages) open(r *http.Request, s *kit.Steps, id account.ID, login, password string, stale bool) (kit.Reply, error) {
	fresh := ""
	if stale {
		var err error
		if fresh, err = account.HashPassword(password); err != nil && !errors.Is(err, account.ErrBusy) {
			return kit.Reply{}, err
		}
	}
	own := r.PostFormValue("may-rieng") != ""
	var opened account.Opened
	err := s.System("đăng nhập", func(ctx context.Context, tx *db.Tx) error {
		if fresh != "" {
			if err := account.Rehash(ctx, tx, id, fresh); err != nil {
				return err
			}
		}
		var err error
		opened, err = account.Begin(ctx, tx, id, login, kit.AddressOf(ctx), r.UserAgent(), own, p.kit.Secret, p.kit.Token(r))
		return err
	})
	if err != nil {
		return kit.Reply{}, err
	}
	return p.kit.Enter(r, opened, opened.Own, r.PostFormValue("ve")), nil
}

func (p pages) signOut(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	token := p.kit.Token(r)
	if token == "" {
		return p.kit.Leave(), nil
	}
	err := s.System("đăng xuất", func(ctx context.Context, tx *db.Tx) error { return account.End(ctx, tx, token) })
	return p.kit.Leave(), err
}

// signInAgain shows what was typed when the session had expired, ready to be sent once more. Somebody else at the same
// machine goes on to where they wanted to go; the owner's text waits.
func (p pages) signInAgain(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	parked, err := p.parked(r, tx.Who())
	if fault.Is(err, fault.NotFound) {
		return kit.Redirect(kit.SafePath(r.FormValue("ve"), href.Work)), nil
	}
	if err != nil {
		return kit.Reply{}, err
	}
	v := againView{Path: parked.Path}
	names := make([]string, 0, len(parked.Body))
	for name := range parked.Body {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		for _, value := range parked.Body[name] {
			v.Fields = append(v.Fields, ui.Pair{Name: name, Value: value})
		}
	}
	v.Shown = shownOf(names, parked.Body)
	return kit.Work(kit.WorkPage{Title: "Gửi tiếp nội dung đang dở"}, againBody(v)), nil
}

// dropParked gives up what was typed. The field kit.ParkedField in its form does the work.
func (p pages) dropParked(_ *http.Request, _ *kit.Steps) (kit.Reply, error) {
	return kit.Redirect(href.Work).Flash(ui.Good, "Đã bỏ nội dung đang dở."), nil
}

func (p pages) parked(r *http.Request, who authz.Who) (draft.Parked, error) {
	token := p.kit.Parked(r)
	if token == "" {
		return draft.Parked{}, fault.Missing()
	}
	var parked draft.Parked
	// Nobody was signed in when it was parked, so no row-level rule can know the owner: token and account together find it.
	err := p.kit.Pool.Read(r.Context(), authz.System(who.Ward, "gửi tiếp nội dung"), func(ctx context.Context, tx *db.Tx) error {
		var err error
		parked, err = draft.Look(ctx, tx, who.User, token)
		return err
	})
	return parked, err
}
