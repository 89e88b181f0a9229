package accountui

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

func (p pages) account(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	return p.accountPage(r, tx, nil)
}

func (p pages) accountPage(r *http.Request, tx *db.Tx, failed error) (kit.Reply, error) {
	devices, err := account.Devices(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	who := tx.Who()
	v := accountView{Name: who.Name, Shortest: account.MinLength(staff(who)), Errors: kit.Errors(failed), Rights: []ui.SummaryRow{{Key: "Họ và tên", Value: who.Name}}}
	for _, g := range who.Grants {
		v.Rights = append(v.Rights, ui.SummaryRow{Key: "Vai trò", Value: p.rightWords(r, g)})
	}
	for _, d := range devices {
		v.Devices = append(v.Devices, deviceView{
			ID: strconv.FormatInt(d.ID, 10), Name: deviceName(d), Seen: vi.ShortDateTime(d.SeenAt), Here: d.ID == kit.LiveOf(r.Context()).ID,
		})
	}
	return kit.Work(kit.WorkPage{Title: "Tài khoản", Active: href.Account, Failed: failed != nil}, accountBody(v)), nil
}

func (p pages) rightWords(r *http.Request, g authz.Grant) string {
	words := g.Role.Label()
	if a, ok := p.kit.FactsOf(r.Context()).Association(g.Association); ok {
		words += ", " + a.Name
	}
	return words
}

// deviceName says in words what kind of machine it is; people do not read user agents.
func deviceName(d account.Device) string {
	agent := strings.ToLower(d.Agent)
	name := "Máy tính"
	switch {
	case strings.Contains(agent, "iphone"):
		name = "Điện thoại iPhone"
	case strings.Contains(agent, "android"):
		name = "Điện thoại Android"
	case strings.Contains(agent, "ipad"):
		name = "Máy tính bảng iPad"
	case strings.Contains(agent, "windows"):
		name = "Máy tính Windows"
	}
	if d.OwnDevice {
		name += " (máy riêng)"
	}
	return name + ", từ " + vi.ShortDateTime(d.CreatedAt)
}

func staff(who authz.Who) bool {
	return slices.ContainsFunc(who.Grants, func(g authz.Grant) bool { return g.Role.Ward() })
}

func (p pages) changePassword(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	old, fresh := r.PostFormValue("cu"), r.PostFormValue("moi")
	who := kit.WhoOf(r.Context())
	var hash string
	if err := s.Read(func(ctx context.Context, tx *db.Tx) error {
		var err error
		hash, err = account.HashOf(ctx, tx)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	again := func(err error) (kit.Reply, error) {
		return s.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.accountPage(r, tx, err) })
	}
	if err := account.RefusePassword("moi", fresh, staff(who)); err != nil {
		return again(err)
	}
	// Who sits down at an open session must not guess the password here, past the throttle of the sign-in page.
	guess := "#" + strconv.FormatInt(int64(who.User), 10)
	if err := s.System("đổi mật khẩu", func(ctx context.Context, tx *db.Tx) error {
		_, err := account.Attempt(ctx, tx, guess, kit.AddressOf(ctx), p.kit.Secret)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	ok, _, err := account.CheckPassword(hash, old)
	if errors.Is(err, account.ErrBusy) {
		return kit.Reply{}, fault.New(fault.TooMany, "Hệ thống đang bận. Xin thử lại sau vài giây.")
	}
	if err != nil {
		return kit.Reply{}, err
	}
	if !ok {
		if err := s.System("đổi mật khẩu", func(ctx context.Context, tx *db.Tx) error {
			return account.Failed(ctx, tx, guess, kit.AddressOf(ctx), p.kit.Secret, who.User)
		}); err != nil {
			return kit.Reply{}, err
		}
		return again(fault.At("cu", "Mật khẩu đang dùng chưa đúng."))
	}
	made, err := account.HashPassword(fresh)
	if err != nil {
		return kit.Reply{}, err
	}
	err = s.Write(func(ctx context.Context, tx *db.Tx) error {
		return account.SetPassword(ctx, tx, tx.Who().User, made)
	})
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.SignIn).Flash(ui.Good, "Đã đổi mật khẩu. Mọi thiết bị đã được đăng xuất; xin đăng nhập lại bằng mật khẩu mới."), nil
}

func (p pages) endSession(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.Number(r, "phien")
	if err != nil {
		return kit.Reply{}, err
	}
	if err := account.EndDevice(r.Context(), tx, id); err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.Account).Flash(ui.Good, "Đã đăng xuất thiết bị đó."), nil
}
