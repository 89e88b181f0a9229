package importui

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type columnsView struct {
	Back, Action, Version, File string
	Sheets                      []sheetView
	Places                      []placeView
}

type sheetView struct {
	Title, Lead string
	Converted   string // "NguyÔn ThÞ Hång thành Nguyễn Thị Hồng"
	Skip        ui.Check
	Columns     []columnView
	Encoding    ui.Choice
	Branch      ui.Choice
}

type columnView struct {
	Letter, Label, Samples string
	Use                    ui.Choice
}

type placeView struct {
	Key, KeyName string
	Branch       ui.Choice
}

// columns shows how the file was understood, to be corrected.
func (p pages) columns(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	run, desk, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	if run.State != member.ImportPlanned {
		return kit.Redirect(href.Import(int64(run.ID))), nil
	}
	file, err := member.ImportSheets(r.Context(), tx, p.keys, run)
	if err != nil {
		return kit.Reply{}, err
	}
	branches, err := association.Branches(r.Context(), tx, desk.ID, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	return p.page(desk, "Ghép cột", false, columnsBody(buildColumns(run, desk, file, branches))), nil
}

func buildColumns(run member.Import, desk association.Association, file member.Understood, branches []association.Branch) columnsView {
	kind, _ := association.ByCode(association.KindCode(desk.Kind))
	v := columnsView{
		Back: href.With(href.MemberImport, kit.AssociationParam, hoi(desk)), Action: href.ImportDo(int64(run.ID), "cot"),
		Version: strconv.Itoa(run.Version), File: run.FileName,
	}
	options := []ui.Option{{Value: member.UseNone, Label: "Không dùng"}, {Value: member.UseOrder, Label: "Số thứ tự"}}
	for _, u := range member.UsesOf(kind) {
		options = append(options, ui.Option{Value: u.Code, Label: u.Label})
	}
	for i, s := range file.Sheets {
		v.Sheets = append(v.Sheets, buildSheet(i, s, options, branchOptions(branches, "Không có, để hỏi từng dòng")))
	}
	for i, place := range file.Places {
		name := fmt.Sprintf("noi-%d", i)
		chosen := run.Mapping.Named[member.PlaceKey(place.Name)]
		v.Places = append(v.Places, placeView{
			Key: member.PlaceKey(place.Name), KeyName: name + "-ten",
			Branch: ui.Choice{Name: name, Label: "“" + place.Name + "” (" + vi.Int(place.Rows) + " dòng) là", Options: branchOptions(branches, "Chưa rõ, không ghi các dòng này"), Value: idText(chosen)},
		})
	}
	return v
}

func idText[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}

func branchOptions(branches []association.Branch, none string) []ui.Option {
	list := []ui.Option{{Label: none}}
	for _, b := range branches {
		if b.Listed {
			list = append(list, ui.Option{Value: idText(b.ID), Label: b.Name})
		}
	}
	return list
}

// encodings are the old fonts that people meet, in the order of the list.
var encodings = []vi.Encoding{vi.Unicode, vi.TCVN3, vi.VNI, vi.VPS, vi.VISCII, vi.CP1258, vi.UTF8AsCP1252, vi.BKHCM2, vi.VietwareF, vi.VietwareX}

func buildSheet(i int, s member.SheetDraft, options, branches []ui.Option) sheetView {
	v := sheetView{Title: s.Name, Lead: "Không tìm thấy danh sách người trong trang tính này, nên bỏ qua."}
	if v.Title == "" {
		v.Title = "Nội dung tệp"
	}
	if s.Header == 0 {
		return v
	}
	v.Lead = "Tiêu đề ở dòng " + vi.Int(s.Header) + ", đọc được " + vi.Int(s.Rows) + " người."
	if s.Hidden {
		v.Lead += " Trang tính này bị ẩn trong tệp."
	}
	if s.Before != "" {
		v.Converted = s.Before + " thành " + s.After
	}
	v.Skip = ui.Check{Name: fmt.Sprintf("bo-%d", i), Label: "Bỏ qua trang tính này", Checked: s.Skipped}
	v.Encoding = ui.Choice{Name: fmt.Sprintf("phong-%d", i), Label: "Phông chữ của trang tính", Value: string(s.Mapped.Encoding), Options: []ui.Option{{Label: "Tự nhận ra"}}}
	for _, e := range encodings {
		v.Encoding.Options = append(v.Encoding.Options, ui.Option{Value: string(e), Label: e.Label()})
	}
	v.Branch = ui.Choice{Name: fmt.Sprintf("chi-hoi-%d", i), Label: "Chi hội của những dòng không ghi chi hội", Value: idText(s.Mapped.Branch), Options: branches}
	for _, c := range s.Columns {
		use := c.Use
		if use == "" {
			use = member.UseNone
		}
		col := columnView{Letter: columnLetter(c.Index), Label: c.Label, Samples: strings.Join(firstDifferent(c.Samples, 3), " · ")}
		if c.Use == member.UseID {
			col.Samples = masked(c.Samples)
		}
		if col.Label == "" {
			col.Label = "(không có tiêu đề)"
		}
		if c.Hidden {
			col.Label += " (cột ẩn)"
		}
		col.Use = ui.Choice{Name: columnName(i, c.Index), Label: "Cột " + col.Letter + ": " + col.Label, HideLabel: true, Options: options, Value: use}
		v.Columns = append(v.Columns, col)
	}
	return v
}

// masked shows citizen numbers without their middle: enough to see what the column holds.
func masked(samples []string) string {
	list := firstDifferent(samples, 3)
	for i, s := range list {
		list[i] = vi.MaskID(strings.ReplaceAll(s, " ", ""))
	}
	return strings.Join(list, " · ")
}

func columnName(sheet, col int) string { return fmt.Sprintf("cot-%d-%d", sheet, col) }

func firstDifferent(list []string, n int) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
		if len(out) == n {
			break
		}
	}
	return out
}

// columnLetter is how spreadsheet programs call a column: 0 is A, 26 is AA.
func columnLetter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnLetter(i/26-1) + string(rune('A'+i%26))
}

// saveColumns reads the file again as corrected; without a correction the plan stands.
func (p pages) saveColumns(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	var run member.Import
	var file member.Understood
	if err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		if run, _, err = p.load(r, tx); err != nil {
			return err
		}
		file, err = member.ImportSheets(ctx, tx, p.keys, run)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	mapping, learned, changed := parseColumns(r, run, file)
	if !changed {
		return kit.Redirect(href.Import(int64(run.ID))), nil
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	return p.reread(r, s, run, version, mapping, learned)
}

// parseColumns gives the corrected mapping, what it teaches, and whether anything was corrected.
func parseColumns(r *http.Request, run member.Import, file member.Understood) (member.ImportMapping, member.Learning, bool) {
	m := member.ImportMapping{Named: maps.Clone(run.Mapping.Named)}
	learned := member.Learning{Columns: map[string]string{}, Named: map[string]member.BranchID{}}
	if m.Named == nil {
		m.Named = map[string]member.BranchID{}
	}
	changed := false
	for i, s := range file.Sheets {
		sm := s.Mapped
		sm.Sheet = s.Name
		if s.Header > 0 {
			sm.Skip = r.PostFormValue(fmt.Sprintf("bo-%d", i)) != ""
			sm.Encoding = vi.Encoding(r.PostFormValue(fmt.Sprintf("phong-%d", i)))
			if sm.Encoding != "" && !slices.Contains(encodings, sm.Encoding) {
				sm.Encoding = ""
			}
			sm.Branch = kit.QueryID[member.BranchID](r, fmt.Sprintf("chi-hoi-%d", i))
		}
		sm.Columns = maps.Clone(s.Mapped.Columns)
		for _, c := range s.Columns {
			use := r.PostFormValue(columnName(i, c.Index))
			was := c.Use
			if was == "" {
				was = member.UseNone
			}
			if use == "" || use == was || use != member.UseNone && member.UseLabel(use) == "" {
				continue
			}
			if sm.Columns == nil {
				sm.Columns = map[int]string{}
			}
			sm.Columns[c.Index] = use
			learned.Columns[member.LabelKey(c.Label)] = use
			changed = true
		}
		changed = changed || sm.Skip != s.Skipped || sm.Encoding != s.Mapped.Encoding || sm.Branch != s.Mapped.Branch
		m.Sheets = append(m.Sheets, sm)
	}
	for i := range file.Places {
		key, id := r.PostFormValue(fmt.Sprintf("noi-%d-ten", i)), kit.QueryID[member.BranchID](r, fmt.Sprintf("noi-%d", i))
		if key != "" && m.Named[key] != id {
			m.Named[key], learned.Named[key] = id, id
			changed = true
		}
	}
	return m, learned, changed
}

// reread reads the kept file anew and replaces the plan.
func (p pages) reread(r *http.Request, s *kit.Steps, run member.Import, version int, m member.ImportMapping, learned member.Learning) (kit.Reply, error) {
	var o member.SheetOptions
	var data []byte
	if err := s.Read(func(ctx context.Context, tx *db.Tx) (err error) {
		if o, err = member.ImportOptions(ctx, tx, run.AssociationID); err != nil {
			return err
		}
		data, err = member.ImportFile(ctx, tx, p.keys, run)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	o.Sheets = m.Sheets
	maps.Copy(o.Named, m.Named)
	draft, err := member.ReadRoster(r.Context(), bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		return kit.Reply{}, err
	}
	return s.Once(func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		err := member.ReplanImport(r.Context(), tx, p.keys, o, run.ID, version, draft, m, learned)
		return kit.Redirect(href.Import(int64(run.ID))), err
	})
}

// replan makes the plan anew because the roster changed meanwhile.
func (p pages) replan(r *http.Request, s *kit.Steps) (kit.Reply, error) {
	var run member.Import
	if err := s.Read(func(_ context.Context, tx *db.Tx) (err error) {
		run, _, err = p.load(r, tx)
		return err
	}); err != nil {
		return kit.Reply{}, err
	}
	reply, err := p.reread(r, s, run, 0, run.Mapping, member.Learning{})
	if err != nil {
		return kit.Reply{}, err
	}
	return reply.Flash(ui.Good, "Đã lập lại bản xem trước theo danh sách hiện nay."), nil
}
