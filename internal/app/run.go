package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"wardportal/internal/db"
	"wardportal/internal/fault"
)

// Version is set by the build.
var Version = "dev"

const usage = `portal – cổng thông tin các hội của phường

  portal serve                     phục vụ (PORTAL_ADDR, mặc định 127.0.0.1:8080)
  portal migrate [-print-roles] [-repair]   nâng cấp lược đồ cơ sở dữ liệu
  portal demo                      nạp phường mẫu Chánh Lộ
  portal user add|reset|list …     tài khoản
  portal import roster -association SLUG (-plan|-apply) FILE
  portal backup FILE               sao lưu
  portal restore FILE              phục hồi vào cơ sở dữ liệu trống
  portal version
`

// command is one word of the command line; it gets the words after its own.
type command func(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error

var commands = map[string]command{
	"serve": func(ctx context.Context, c Config, log *slog.Logger, _ []string, out io.Writer) error {
		return serve(ctx, c, log, out)
	},
	"migrate": runMigrate,
	"demo":    runDemo,
	"user":    runUser,
	"import":  runImport,
	"backup":  runBackup,
	"restore": runRestore,
}

// Run carries out one command line and gives the exit code.
func Run(args []string, out, errOut io.Writer) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		_, _ = io.WriteString(out, usage)
		return 0
	}
	if args[0] == "version" {
		_, _ = fmt.Fprintln(out, "portal", Version)
		return 0
	}
	cmd, ok := commands[args[0]]
	if !ok {
		_, _ = fmt.Fprintf(errOut, "portal: không có lệnh %q\n\n%s", args[0], usage)
		return 2
	}
	c, err := LoadConfig()
	if err != nil {
		_, _ = fmt.Fprintln(errOut, "portal:", err)
		return 2
	}
	log := slog.New(slog.NewJSONHandler(errOut, &slog.HandlerOptions{Level: c.level}))
	if args[0] != "serve" && c.level == slog.LevelInfo {
		log = slog.New(slog.NewJSONHandler(errOut, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = cmd(ctx, c, log, args[1:], out)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		_, _ = fmt.Fprintln(errOut, "portal:", sentence(err))
		var exit exitError
		if errors.As(err, &exit) {
			return exit.code
		}
		return 1
	}
	return 0
}

// exitError is an error with an exit status of its own: 2 for what was asked for wrongly, or a file that cannot be used.
type exitError struct {
	code int
	error
}

func (e exitError) Unwrap() error { return e.error }

// sentence is what an operator reads: the fault's own words and its cause.
func sentence(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err.Error()
	}
	words := []string{f.Message}
	for _, field := range f.Fields {
		words = append(words, field.Message)
	}
	if f.Cause != nil {
		words = append(words, "("+f.Cause.Error()+")")
	}
	return strings.Join(words, " ")
}

func runMigrate(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("migrate", flag.ContinueOnError)
	flags.SetOutput(out)
	print := flags.Bool("print-roles", false, "in câu lệnh tạo vai trò cho người quản trị cơ sở dữ liệu")
	repair := flags.Bool("repair", false, "sửa một bước nâng cấp bị ngắt giữa chừng")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *print {
		_, err := io.WriteString(out, db.PrintRoles())
		return err
	}
	a := &App{Config: c, Log: log}
	defer a.Close()
	if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
		return err
	}
	if err := a.findDatabase(ctx); err != nil {
		return err
	}
	if a.owner == "" {
		return errors.New("set PORTAL_OWNER_DATABASE_URL: the program's own login cannot change the schema")
	}
	if *repair {
		words, err := db.Repair(ctx, a.owner)
		if err == nil {
			_, err = fmt.Fprintln(out, words)
		}
		return err
	}
	if err := a.migrate(ctx); err != nil {
		return err
	}
	state, err := db.Schema(ctx, a.owner)
	if err == nil {
		_, err = fmt.Fprintf(out, "Lược đồ cơ sở dữ liệu: bước %d\n", state.Have)
	}
	return err
}
