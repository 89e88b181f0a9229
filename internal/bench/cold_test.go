package bench

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"testing"

	"wardportal/internal/app"
	"wardportal/internal/portal/portaltest"
)

// coldStart opens the very program on a port of its own, asks for the home page and stops it again.
func coldStart(b *testing.B, s *portaltest.Site, dir string) {
	b.Helper()
	b.Setenv("PORTAL_DATABASE_URL", s.AppURL)
	b.Setenv("PORTAL_OWNER_DATABASE_URL", s.OwnerURL)
	b.Setenv("PORTAL_DATA_DIR", dir)
	c, err := app.LoadConfig()
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	a, err := app.Open(ctx, c, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	var listen net.ListenConfig
	l, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, l) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+l.Addr().String()+"/", http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		b.Fatalf("first page: %d, %v", res.StatusCode, err)
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}
