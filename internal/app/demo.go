package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"wardportal/internal/sample"
)

// runDemo loads the demo ward; a second run changes nothing.
func runDemo(ctx context.Context, c Config, log *slog.Logger, _ []string, out io.Writer) error {
	if !c.loopback() {
		return errors.New("PORTAL_ADDR or PORTAL_BASE_URL can be reached by others: the demo accounts have a known password and stay on this machine")
	}
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	built, err := sample.Load(ctx, a.Pool, sample.Options{Keys: a.Keys})
	if err != nil {
		return err
	}
	words := "Phường mẫu Chánh Lộ đã có sẵn, không thay đổi gì."
	if built {
		words = "Đã nạp phường mẫu Chánh Lộ."
	}
	_, err = fmt.Fprintln(out, words)
	return err
}
