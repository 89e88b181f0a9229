package reportui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/report"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// reviewView is the whole report to read: for the ward that receives it, for the chair before and after sending, and for paper.
type reviewView struct {
	Title    string
	Tag      *ui.TagView
	Facts    []ui.SummaryRow
	Return   *returnView
	Notices  []noteView
	Lock     *report.Lock
	Primary  *ui.Action
	Buttons  []ui.Action
	Photo    string // address of the paper's photo
	Findings []findingView
	Heads    gridHeads
	Parts    []partView
	Changes  []report.CellChange
	ChangesT string
	History  []ui.Event
	Files    []ui.Link
}

// partView is a chapter to read.
type partView struct {
	Kicker, Title string
	Rows          []rowView
	Targets       []targetRow
	Balances      []noteView
	Texts         []textView
}

func (p pages) review(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	s, err := p.load(r, tx)
	if err != nil {
		return kit.Reply{}, err
	}
	changes, err := lastChanges(r, tx, s)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildReview(s, changes, tx.Who())
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Reports, Trail: s.trail("Toàn văn")}, reviewBody(v)), nil
}

// lastChanges compares the last two copies that were sent: what the association mended after a return.
func lastChanges(r *http.Request, tx *db.Tx, s sheet) ([]report.CellChange, error) {
	var sent []report.Mark
	for _, m := range s.Marks {
		if m.Action == report.ActSubmit {
			sent = append(sent, m)
		}
	}
	if len(sent) < 2 {
		return nil, nil
	}
	after, err := report.Snapshot(r.Context(), tx, s.year(), s.Association.ID, sent[0].ID)
	if err != nil {
		return nil, err
	}
	before, err := report.Snapshot(r.Context(), tx, s.year(), s.Association.ID, sent[1].ID)
	if err != nil {
		return nil, err
	}
	return report.Changed(before, after), nil
}

func buildReview(s sheet, changes []report.CellChange, who authz.Who) reviewView {
	chapters := s.chapters()
	v := reviewView{
		Title: "Báo cáo năm " + itoa(s.year()) + " của " + s.Association.Name, Tag: stateOf(s.Report.State), Facts: reviewFacts(s),
		Return: buildReturn(s, chapters), Notices: stanceNotes(s), Heads: heads(s.year()), Changes: changes, History: timeline(s.History),
		Files: []ui.Link{{Label: "Word", URL: s.do("bao-cao.docx")}, {Label: "PDF", URL: s.do("bao-cao.pdf")}, {Label: "Excel", URL: s.do("bao-cao.xlsx")}},
	}
	if len(changes) > 0 {
		v.ChangesT = fmt.Sprintf("%d ô đã sửa so với lần nộp trước", len(changes))
	}
	if s.Report.Paper.Media != nil {
		v.Photo = s.do("ban-giay/anh")
	}
	v.actions(s, who)
	g := grid{s: s, values: s.Values, drafts: s.Drafts(s.Values)}
	for _, f := range s.Findings {
		view := g.finding(f)
		view.URL = s.findingURL(f)
		v.Findings = append(v.Findings, view)
	}
	last := ""
	for _, c := range chapters {
		part, ok := g.part(c)
		if !ok {
			continue
		}
		if c.Number != "" && c.Part != last {
			part.Kicker, last = "Phần "+c.Part+". "+report.PartTitle(c.Part, s.year()), c.Part
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}

// actions are the moves that are possible now: one primary, the others beside it.
func (v *reviewView) actions(s sheet, who authz.Who) {
	writes := authz.Can(who, authz.WriteReport, authz.Of(s.Association.ID))
	switch {
	case writes && s.Editing.Open() && !s.Campaign.Historical:
		v.Primary = &ui.Action{Label: "Bắt đầu nhập", URL: s.url()}
		if s.Report.State != report.NotStarted {
			v.Primary = &ui.Action{Label: "Xem lại và nộp", URL: s.do("nop")}
			v.Buttons = append(v.Buttons, ui.Action{Label: "Sửa báo cáo", URL: s.url(), Kind: ui.Secondary})
		}
		if s.Situation.Role == authz.Official {
			v.Buttons = append(v.Buttons, ui.Action{Label: "Nhập thay từ bản giấy", URL: s.do("ban-giay"), Kind: ui.Secondary})
		}
	case writes && !s.Campaign.Historical && s.Situation.Role != authz.Official: // the official sees the buttons that help
		v.Lock = s.Editing.Lock
	}
	for _, m := range moves {
		if !s.may(m.Action) || !authz.Can(who, m.Need, authz.Of(s.Association.ID)) {
			continue
		}
		a := ui.Action{Label: m.Action.Label(), URL: s.do(m.Path), Kind: ui.Secondary}
		if v.Primary == nil && (m.Action == report.ActAccept || m.Action == report.ActConfirm) {
			a.Kind = ui.Primary
			v.Primary = &a
			continue
		}
		v.Buttons = append(v.Buttons, a)
	}
}

func reviewFacts(s sheet) []ui.SummaryRow {
	list := moveFacts(s)[2:]
	r := s.Report
	add := func(key, value string) { list = append(list, ui.SummaryRow{Key: key, Value: value}) }
	basis := "số ước thực hiện, chốt đến " + day(s.Campaign.CutOff)
	if r.Final {
		basis = "số chính thức cả năm"
	}
	add("Loại số", basis)
	if r.Amendment > 0 {
		add("Bản", "Bản điều chỉnh lần "+itoa(r.Amendment))
	}
	if p := r.Paper; p.Date != nil || p.Number != "" {
		add("Bản giấy", paperText(p))
	}
	if r.AcceptedAt != nil {
		text := vi.ShortDateTime(*r.AcceptedAt) + ", " + r.AcceptedName
		if r.SoleOfficial {
			text += " (cũng là người nộp thay; phường chỉ có một cán bộ theo dõi)"
		}
		add("Tiếp nhận", text)
	}
	if r.Rating != "" {
		add("Xếp loại", r.Rating)
	}
	if s.Campaign.Historical {
		add("Ghi chú", "Số liệu lịch sử, nhập thẳng ở bước đã tiếp nhận")
	}
	return list
}

func paperText(p report.Paper) string {
	var parts []string
	if p.Number != "" {
		parts = append(parts, "số "+p.Number)
	}
	if p.Date != nil {
		parts = append(parts, "ngày "+day(*p.Date))
	}
	if p.Signer != "" {
		parts = append(parts, "người ký: "+p.Signer)
	}
	return strings.Join(parts, ", ")
}

// part makes a chapter to read; ok is false where it has nothing to say.
func (g grid) part(c chapter) (partView, bool) {
	v := partView{Title: c.Heading()}
	rows := slices.Clone(c.Rows)
	for _, ind := range c.More {
		if g.s.Values[ind.Code].Answered() {
			rows = append(rows, ind)
		}
	}
	for _, ind := range rows {
		row := g.row(ind)
		row.Open, row.Findings, row.Flag, row.Now = false, nil, "", dash(g.s.Values[ind.Code].String())
		v.Rows = append(v.Rows, row)
	}
	for _, n := range c.Boxes {
		text := n.Text
		if strings.TrimSpace(text) == "" {
			text = n.Proposal
		}
		if text != "" {
			v.Texts = append(v.Texts, textView{Label: n.Heading, Value: text})
		}
	}
	if c.ID == report.SectionTargets {
		for _, t := range g.targets() {
			if t.Typed != "" {
				v.Targets = append(v.Targets, t)
			}
		}
	}
	v.Balances = g.balances(c.ID)
	return v, len(v.Rows)+len(v.Texts)+len(v.Targets) > 0
}

func timeline(list []report.Happening) []ui.Event {
	events := make([]ui.Event, 0, len(list))
	for _, h := range list {
		by := h.ByName
		if h.OnBehalf {
			by += " (phường, nhập thay)"
		}
		events = append(events, ui.Event{ISO: h.At.In(vi.Location()).Format(time.RFC3339), When: vi.ShortDateTime(h.At), Text: by + ": " + h.Sentence + "."})
	}
	return events
}

// moversView lists the people behind the movement of the period.
type moversView struct {
	Lead   string
	Groups []moverGroup
	Back   string
}

type moverGroup struct {
	Title string
	Rows  [][]string
}

func buildMovers(s sheet) moversView {
	v := moversView{Lead: fmt.Sprintf("Theo danh sách, từ %s đến %s.", day(s.From), day(s.To)), Back: s.url()}
	for _, kind := range []struct {
		flow  member.Flow
		title string
	}{
		{member.FlowNew, "Kết nạp mới"}, {member.FlowIn, "Chuyển đến"}, {member.FlowSupplemented, "Bổ sung vào danh sách"},
		{member.FlowOut, "Chuyển đi"}, {member.FlowDead, "Qua đời"}, {member.FlowLeft, "Xin ra, đưa ra khỏi danh sách"},
	} {
		var rows [][]string
		for _, m := range s.Movement.Movers {
			if m.Flow == kind.flow {
				rows = append(rows, []string{m.FullName, m.Day.Display()})
			}
		}
		if len(rows) > 0 {
			v.Groups = append(v.Groups, moverGroup{Title: fmt.Sprintf("%s (%d)", kind.title, len(rows)), Rows: rows})
		}
	}
	return v
}
