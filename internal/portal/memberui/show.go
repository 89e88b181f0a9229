package memberui

import (
	"net/http"
	"strconv"
	"strings"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
	"wardportal/internal/member"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

// timelineShown is how many lines the profile tells.
const timelineShown = 50

type showView struct {
	Name, Under, Back, EditURL string
	Tag                        ui.TagView
	Died                       string
	Rows, Past                 []ui.SummaryRow
	Acts                       []ui.Link
	Reveal                     string // address to post to; "" = nothing private or no right
	Events                     []ui.Event
	Twins                      []likelyView
	OnBehalf                   string
}

func (p pages) show(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	m, desk, err := p.load(r, tx, authz.ReadRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	history, err := m.History(r.Context(), tx)
	if err != nil {
		return kit.Reply{}, err
	}
	lines, err := member.Timeline(r.Context(), tx, m.ID, timelineShown)
	if err != nil {
		return kit.Reply{}, err
	}
	v := buildShow(m, history, lines)
	v.Back = href.With(href.Members, kit.AssociationParam, hoiParam(p, r, desk))
	who := tx.Who()
	if authz.Can(who, authz.WriteRoster, m.Scope()) {
		v.EditURL, v.Acts = href.MemberDo(m.ID, "sua"), actLinks(m, authz.Can(who, authz.WriteRoster, authz.Of(m.AssociationID)))
	}
	if authz.Can(who, authz.ReadSensitive, m.Scope()) && (m.IDTail != "" || hasSensitive(kindOf(m.Kind))) {
		v.Reveal = href.MemberDo(m.ID, "thong-tin-rieng")
	}
	if who.Has(authz.Official) {
		twins, err := member.MaybeSame(r.Context(), tx, m.ID)
		if err != nil {
			return kit.Reply{}, err
		}
		v.Twins = twinViews(twins)
	}
	return kit.Work(kit.WorkPage{Title: m.Name.Full(), Active: href.Members, Trail: trail(m.Association, m.Branch, m.Name.Full()),
		Status: ui.Status{Icon: "lock", Text: "Chỉ cán bộ được giao thấy"}}, showBody(v)), nil
}

// hoiParam names the association in links for those who see several.
func hoiParam(p pages, r *http.Request, desk association.Association) string {
	if len(p.kit.Desks(r, authz.ReadRoster)) > 1 {
		return idText(desk.ID)
	}
	return ""
}

func hasSensitive(k association.Kind) bool {
	for _, f := range k.MemberFields {
		if f.Sensitive {
			return true
		}
	}
	return false
}

func actLinks(m member.Member, whole bool) []ui.Link {
	var list []ui.Link
	for _, a := range acts {
		if a.possible(m) && (whole || !a.wholeAssociation()) {
			list = append(list, ui.Link{Label: a.link, URL: href.MemberDo(m.ID, a.slug)})
		}
	}
	return list
}

func twinViews(twins []member.Twin) []likelyView {
	var list []likelyView
	for _, t := range twins {
		rest := ", " + t.Association + ", " + lowerFirst(t.Branch)
		if b := t.Birth.Display(); b != "" {
			rest += ", sinh " + b
		}
		if t.Linked {
			rest += " (đã nối là một người)"
		}
		list = append(list, likelyView{Title: vi.Sentence(t.Sex.Title()), Name: t.FullName, URL: href.Member(t.ID), Rest: rest + "."})
	}
	return list
}

func buildShow(m member.Member, h member.History, lines []member.Change) showView {
	v := showView{Name: m.Name.Full(), Tag: statusTag(m.Status, m.EndedHow), Events: events(lines)}
	under := []string{m.Association, m.Branch}
	if m.Alias != "" {
		under = append(under, "thường gọi "+m.Alias)
	}
	v.Under = strings.Join(under, " · ")
	if !m.Died.IsZero() && m.Status.Live() {
		v.Died = "Có tin đã qua đời (" + m.Died.Display() + "). Hội xin xác nhận ở mục “Tin cần xác nhận”."
	}
	row := func(key, value string) {
		if value != "" {
			v.Rows = append(v.Rows, ui.SummaryRow{Key: key, Value: value})
		}
	}
	row("Giới tính", m.Sex.Label())
	v.Rows = append(v.Rows, ui.SummaryRow{Key: "Ngày sinh", Value: orUnknown(m.Birth.Display())}, ui.SummaryRow{Key: "Vào hội", Value: orUnknown(m.Joined.Display()) + " (" + lowerFirst(shortWay(m.Began)) + ")"})
	if m.Status == member.Left {
		row("Thôi sinh hoạt", strings.TrimSpace(statusTag(m.Status, m.EndedHow).Text+" "+m.Ended.Display()))
	}
	phone := vi.PhoneDisplay(m.Phone)
	if m.PhoneOwner != "" && phone != "" {
		phone += " (" + m.PhoneOwner + ")"
	}
	row("Điện thoại", phone)
	row("Chỗ ở", strings.Join(nonEmpty(m.Address, m.Group), ", "))
	if m.Class != member.Full {
		row("Loại hội viên", m.Class.Label())
	}
	row("Số thẻ", m.Card)
	if m.IDTail != "" {
		row("Số định danh", "… "+m.IDTail)
	}
	row("Ghi chú", m.Note)
	for _, f := range kindOf(m.Kind).MemberFields {
		if !f.Sensitive {
			row(f.Label, answerText(f, m.Profile[f.Code]))
		}
	}
	v.Past = past(h)
	return v
}

func shortWay(b member.Began) string {
	if b == member.Listed {
		return "Đã là hội viên từ trước"
	}
	return b.Label()
}

func orUnknown(s string) string {
	if s == "" {
		return "Chưa rõ"
	}
	return s
}

func nonEmpty(parts ...string) []string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

// past tells earlier stretches and branches; a life without turns has none.
func past(h member.History) []ui.SummaryRow {
	var rows []ui.SummaryRow
	if len(h.Spans) > 1 {
		for i, s := range h.Spans {
			text := lowerFirst(shortWay(s.Began)) + " " + orUnknown(s.Joined.Display())
			if s.EndedHow != nil {
				text += ", " + strings.ToLower(s.EndedHow.Label()) + " " + s.Ended.Display()
			}
			if s.Reason != "" {
				text += " (" + s.Reason + ")"
			}
			rows = append(rows, ui.SummaryRow{Key: "Lần " + strconv.Itoa(i+1), Value: vi.Sentence(text)})
		}
	}
	if len(h.Stays) > 1 {
		for i, s := range h.Stays {
			text := "Từ đầu"
			if i > 0 {
				text = "Từ " + orUnknown(s.Moved.Display())
			}
			if s.Reason != "" {
				text += " (" + s.Reason + ")"
			}
			rows = append(rows, ui.SummaryRow{Key: s.Branch, Value: text})
		}
	}
	return rows
}

// back leads a reader of an address that only takes posts to the profile.
func (p pages) back(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	m, _, err := p.load(r, tx, authz.ReadSensitive)
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Redirect(href.Member(m.ID)), nil
}

type secretView struct {
	Title, Back, Action, Version string
	Errors                       ui.Errors
	Number                       string
	Profile                      []profileInput
}

// reveal shows what is sealed, after saying why; the view is recorded. It is the form to change it, too.
func (p pages) reveal(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	m, _, err := p.load(r, tx, authz.ReadSensitive)
	if err != nil {
		return kit.Reply{}, err
	}
	why := kit.Text(r, "de_lam_gi")
	if len([]rune(why)) > 200 {
		why = string([]rune(why)[:200])
	}
	if why == "" {
		why = "Xem hồ sơ"
	}
	found, err := member.Secrets(r.Context(), tx, p.keys, m.ID, why)
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Work(secretPage(m), secretBody(buildSecrets(m, found, nil))).Header("Cache-Control", "no-store"), nil
}

func secretPage(m member.Member) kit.WorkPage {
	return kit.WorkPage{Title: "Thông tin riêng của " + m.Called(), Active: href.Members, Trail: trail(m.Association, m.Branch, m.Name.Full()),
		Status: ui.Status{Icon: "lock", Text: "Lượt xem này đã được ghi nhật ký"}}
}

func buildSecrets(m member.Member, found map[string]string, errs ui.Errors) secretView {
	v := secretView{
		Title: "Thông tin riêng của " + m.Called(), Back: href.Member(m.ID), Action: href.MemberDo(m.ID, "luu-thong-tin-rieng"), Version: strconv.Itoa(m.Version), Errors: errs, Number: found[member.CodeID],
	}
	for _, f := range kindOf(m.Kind).MemberFields {
		if f.Sensitive {
			v.Profile = append(v.Profile, buildProfile(f, storedAnswer(f, found[f.Code]), errs))
		}
	}
	return v
}

// saveSecrets changes the sealed answers and leaves everything else of the profile.
func (p pages) saveSecrets(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	m, _, err := p.load(r, tx, authz.ReadSensitive)
	if err != nil {
		return kit.Reply{}, err
	}
	version, err := kit.Version(r)
	if err != nil {
		return kit.Reply{}, err
	}
	var problems fault.Problems
	fields := m.Fields
	for _, f := range kindOf(m.Kind).MemberFields {
		if value, there := parseProfile(r, f, &problems); there && f.Sensitive {
			setAnswer(&fields, f.Code, value)
		}
	}
	err = problems.Err()
	var done member.Done
	if err == nil {
		done, err = member.ChangeFields(r.Context(), tx, p.keys, member.Edit{ID: m.ID, Version: version, Fields: fields})
	}
	if fault.Is(err, fault.Invalid) {
		return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
			v := buildSecrets(m, nil, kit.Errors(err))
			v.Version, v.Profile = r.PostFormValue("version"), nil
			for _, f := range kindOf(m.Kind).MemberFields {
				if f.Sensitive {
					v.Profile = append(v.Profile, buildProfile(f, postedTyped(r).profile(f), v.Errors))
				}
			}
			return kit.Work(secretPage(m), secretBody(v)), nil
		})
	}
	if err != nil {
		return kit.Reply{}, err
	}
	if done.Change == 0 {
		return kit.Redirect(href.Member(m.ID)).Flash(ui.Info, "Không có gì thay đổi."), nil
	}
	return kit.Redirect(href.Member(m.ID)).Undo(undoBar(done, "Đã lưu thông tin riêng của "+m.Called()+".")), nil
}
