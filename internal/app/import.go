package app

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
)

const importUsage = `portal import roster -association SLUG (-plan|-apply) FILE
  -plan    in bản xem trước (bảng có cột cách nhau bằng TAB), không ghi gì
  -apply   ghi vào danh sách hội viên và in số lượng
`

// importWords is a command line of "import roster".
type importWords struct {
	slug, path  string
	plan, apply bool
}

func parseImport(args []string, out io.Writer) (importWords, error) {
	var in importWords
	if len(args) == 0 || args[0] != "roster" {
		return in, exitError{2, errors.New("\n" + importUsage)}
	}
	flags := flag.NewFlagSet("import roster", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&in.slug, "association", "", "hội, ví dụ nguoi-cao-tuoi")
	flags.BoolVar(&in.plan, "plan", false, "chỉ xem trước")
	flags.BoolVar(&in.apply, "apply", false, "ghi vào danh sách")
	if err := flags.Parse(args[1:]); err != nil {
		return in, exitError{2, err}
	}
	in.path = flags.Arg(0)
	if in.slug == "" || in.plan == in.apply || flags.NArg() != 1 {
		return in, exitError{2, errors.New("\n" + importUsage)}
	}
	return in, nil
}

// runImport reads a roster file, prints the plan or executes it. A file that cannot be used ends with status 2.
func runImport(ctx context.Context, c Config, log *slog.Logger, args []string, out io.Writer) error {
	in, err := parseImport(args, out)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(in.path)
	if err != nil {
		return exitError{2, fmt.Errorf("không mở được tệp %s: %w", in.path, err)}
	}
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	wards, err := a.wards(ctx)
	if err != nil {
		return err
	}
	if len(wards) != 1 {
		return fmt.Errorf("cơ sở dữ liệu có %d phường; lệnh này cần đúng một phường", len(wards))
	}
	return a.importRoster(ctx, authz.System(wards[0].ID, "lệnh portal import"), in, data, out)
}

// importRoster is the import of one file: read what is known, read the file outside any transaction, then plan or apply.
func (a *App) importRoster(ctx context.Context, who authz.Who, in importWords, data []byte, out io.Writer) error {
	var of association.Association
	var o member.SheetOptions
	err := a.Pool.Read(ctx, who, func(ctx context.Context, tx *db.Tx) (err error) {
		if of, err = association.Find(ctx, tx, in.slug); err != nil {
			return exitError{2, fmt.Errorf("không có hội %q", in.slug)}
		}
		o, err = member.ImportOptions(ctx, tx, of.ID)
		return err
	})
	if err != nil {
		return err
	}
	draft, err := member.ReadRoster(ctx, bytes.NewReader(data), int64(len(data)), o)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
		return exitError{2, err}
	}
	if err != nil {
		return err
	}
	if in.plan {
		return a.printPlan(ctx, who, of.ID, o, draft, out)
	}
	var done member.ImportDone
	err = a.Pool.Write(ctx, who, func(ctx context.Context, tx *db.Tx) error {
		id, err := member.SaveImport(ctx, tx, a.Keys, o, member.NewImport{Association: of.ID, FileName: filepath.Base(in.path), Data: data, Draft: draft})
		if err != nil {
			return err
		}
		done, err = member.ApplyImport(ctx, tx, a.Keys, id, 0)
		return err
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "new=%d\nadmitted=%d\nchanged=%d\nended=%d\nskipped=%d\n", done.Added, done.Admitted, done.Changed, done.Ended, done.Left)
	return err
}

func (a *App) printPlan(ctx context.Context, who authz.Who, of member.AssociationID, o member.SheetOptions, draft member.Draft, out io.Writer) error {
	var planned []member.PlannedRow
	err := a.Pool.Read(ctx, who, func(ctx context.Context, tx *db.Tx) (err error) {
		planned, err = member.PlanImport(ctx, tx, a.Keys, of, o, draft)
		return err
	})
	if err != nil {
		return err
	}
	return draft.WritePlan(out, func(i int) string { return changeWords(planned[i]) })
}

// changeWords says in the plan's last column what a row does to the roster, without the values of anybody who is in it.
func changeWords(r member.PlannedRow) string {
	words := "change=" + string(r.Outcome)
	if len(r.Changes) > 0 {
		var fields []string
		for _, c := range r.Changes {
			fields = append(fields, c.Field)
		}
		words += "; changes=" + strings.Join(fields, "|")
	}
	return words
}
