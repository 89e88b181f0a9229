package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/localpg"
	"wardportal/internal/ward"
	"wardportal/web"
)

// serve runs until ctx ends, then drains.
func serve(ctx context.Context, c Config, log *slog.Logger, out io.Writer) error {
	if err := web.Built(); err != nil {
		return err
	}
	if c.DatabaseURL == "" {
		unlock, err := localpg.LockServe(c.DataDir)
		if err != nil {
			return err
		}
		defer unlock()
	}
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.refuseDemoInPublic(ctx); err != nil {
		return err
	}
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("PORTAL_ADDR: %w", err)
	}
	if err := a.greet(ctx, out); err != nil { // only now: an address that is taken is not announced
		return errors.Join(err, l.Close())
	}
	return a.Serve(ctx, l)
}

// refuseDemoInPublic keeps accounts whose password is in the manual away from others' reach.
func (a *App) refuseDemoInPublic(ctx context.Context) error {
	if a.Config.loopback() {
		return nil
	}
	return a.Pool.Read(ctx, authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		there, err := account.DemoExists(ctx, tx)
		if err == nil && there {
			return fmt.Errorf("%s (PORTAL_ADDR %s) can be reached by others, and the demo accounts with their known password exist: use 127.0.0.1 or an empty database", a.Config.base, a.Config.Addr)
		}
		return err
	})
}

// server bounds what one connection may take (docs/operating.md).
func server(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 60 * time.Second,
		MaxHeaderBytes: 32 << 10,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// Serve answers requests on l until ctx ends; then it drains for at most 10 s.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	server := server(a.Site, a.Log)
	jobs, stopJobs := context.WithCancel(context.WithoutCancel(ctx))
	finished := make(chan struct{})
	go func() { a.runJobs(jobs); close(finished) }()
	if a.cluster != nil {
		go a.cluster.Watch(jobs)
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	a.Log.Info("serving", slog.String("address", a.Config.base.String()))
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		err = server.Shutdown(drain)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
	}
	stopJobs()
	<-finished
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// wards lists the wards for jobs and commands.
func (a *App) wards(ctx context.Context) ([]ward.Listed, error) {
	var list []ward.Listed
	err := a.Pool.Read(ctx, authz.Who{}, func(ctx context.Context, tx *db.Tx) error {
		var err error
		list, err = ward.List(ctx, tx)
		return err
	})
	return list, err
}

// greet tells whoever started the program where to go.
func (a *App) greet(ctx context.Context, out io.Writer) error {
	list, err := a.wards(ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		_, err := fmt.Fprintf(out, "\nCơ sở dữ liệu còn trống. Chạy “portal demo” để nạp phường mẫu, rồi mở %s\n", a.Config.base)
		return err
	}
	if _, err := fmt.Fprintf(out, "\nCổng thông tin các hội, %s: %s\n", list[0].Name, a.Config.base); err != nil {
		return err
	}
	if !list[0].Demo {
		return nil
	}
	_, err = fmt.Fprint(out, `Tài khoản dùng thử (mật khẩu của tất cả: ChanhLo-2023!)
  quantri   quản trị                       canbo     cán bộ theo dõi hội
  lanhdao   lãnh đạo UBND phường           bientap   biên tập viên
  nct       Hội Người cao tuổi             khuyenhoc Hội Khuyến học
  dacam     Hội NN chất độc da cam/dioxin  tnxp      Hội Thanh niên xung phong
  tuyeunuoc Hội Tù yêu nước                chihoi3   chi hội trưởng, Hội Người cao tuổi, tổ dân phố 3
Đăng nhập tại `+a.Config.base.String()+"/dang-nhap\nDừng chương trình: Ctrl+C\n")
	return err
}
