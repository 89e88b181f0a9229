package memberui

import (
	"context"
	"net/http"
	"strconv"

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

// act is something that happens to a member: one page says what will happen, its button does it.
type act struct {
	slug     string
	link     string // on the profile: "Chuyển chi hội"
	title    func(m member.Member) string
	will     func(m member.Member) []string // what will happen
	button   string
	danger   bool
	dayLabel string // "" = the day is not asked
	dayHint  string
	reason   string // label of the reason, "" = not asked
	place    string // label of the place from or to, "" = not asked
	hows     []member.EndHow
	ways     []member.Began
	branch   bool
	possible func(m member.Member) bool
	do       func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error)
	done     func(m member.Member) string // for the undo bar
}

// actInput is what the page of an act posts.
type actInput struct {
	member.Act
	how    member.EndHow
	began  member.Began
	branch member.BranchID
	place  string
}

func live(m member.Member) bool { return m.Status.Live() }

// wholeAssociation tells acts that need more than the roster of one branch.
func (a act) wholeAssociation() bool { return a.slug == "chuyen-chi-hoi" }

const dayHint = "Không rõ ngày, tháng thì chỉ nhập năm. Để trống là hôm nay."

// acts in the order of the profile's list.
var acts = []act{
	{
		slug: "chuyen-chi-hoi", link: "Chuyển chi hội", button: "Chuyển chi hội", dayLabel: "Chuyển từ ngày", dayHint: dayHint, reason: "Lý do (nếu có)", branch: true, possible: live,
		title: func(m member.Member) string { return "Chuyển " + m.Called() + " sang chi hội khác" },
		will: func(m member.Member) []string {
			return []string{"Thôi tính ở " + lowerFirst(m.Branch) + " và bắt đầu tính ở chi hội mới, từ ngày chuyển.", "Số hội viên của toàn hội không đổi. Hồ sơ và số liệu các năm trước giữ nguyên."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.MoveBranch(ctx, tx, in.Act, in.branch)
		},
		done: func(m member.Member) string {
			return "Đã chuyển " + m.Called() + " sang " + lowerFirst(m.Branch) + "."
		},
	},
	{
		slug: "mien-sinh-hoat", link: "Miễn sinh hoạt", button: "Ghi miễn sinh hoạt", dayLabel: "Từ ngày", dayHint: dayHint, reason: "Lý do (nếu có)",
		possible: func(m member.Member) bool { return m.Status == member.Active },
		title:    func(m member.Member) string { return "Miễn sinh hoạt cho " + m.Called() },
		will: func(member.Member) []string {
			return []string{"Vẫn là hội viên và vẫn tính trong tổng số.", "Không phải dự sinh hoạt chi hội. Lúc nào cũng ghi trở lại được."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.ExemptFrom(ctx, tx, in.Act)
		},
		done: func(m member.Member) string { return "Đã ghi miễn sinh hoạt cho " + m.Called() + "." },
	},
	{
		slug: "sinh-hoat-lai", link: "Sinh hoạt trở lại", button: "Ghi sinh hoạt trở lại", dayLabel: "Từ ngày", dayHint: dayHint,
		possible: func(m member.Member) bool { return m.Status == member.Exempt },
		title:    func(m member.Member) string { return "Ghi " + m.Called() + " sinh hoạt trở lại" },
		will: func(member.Member) []string {
			return []string{"Thôi miễn sinh hoạt, trở lại danh sách đang sinh hoạt."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.Resume(ctx, tx, in.Act)
		},
		done: func(m member.Member) string { return "Đã ghi " + m.Called() + " sinh hoạt trở lại." },
	},
	{
		slug: "chuyen-di", link: "Chuyển đi nơi khác", button: "Ghi chuyển đi", danger: true, dayLabel: "Chuyển đi ngày", dayHint: dayHint, reason: "Ghi thêm (nếu có)", place: "Chuyển đến đâu (nếu biết)",
		possible: live, title: func(m member.Member) string { return "Ghi " + m.Called() + " chuyển đi" },
		will: leaves("Cuối năm, báo cáo tính vào mục “Chuyển đi”."),
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.End(ctx, tx, member.Ending{Act: in.Act, How: member.MovedAway, To: in.place})
		},
		done: func(m member.Member) string { return "Đã ghi " + m.Called() + " chuyển đi." },
	},
	{
		slug: "thoi", link: "Xin ra, xóa tên, khai trừ", button: "Ghi thôi là hội viên", danger: true, dayLabel: "Từ ngày", dayHint: dayHint,
		reason: "Lý do, số quyết định", hows: []member.EndHow{member.Resigned, member.Removed, member.Expelled},
		possible: live, title: func(m member.Member) string { return "Ghi " + m.Called() + " thôi là hội viên" },
		will: leaves("Cuối năm, báo cáo tính vào mục “Xin ra, xóa tên, khai trừ”."),
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.End(ctx, tx, member.Ending{Act: in.Act, How: orChoose(in.how)})
		},
		done: func(m member.Member) string { return "Đã ghi " + m.Called() + " thôi là hội viên." },
	},
	{
		slug: "qua-doi", link: "Qua đời", button: "Ghi qua đời", danger: true, dayLabel: "Mất ngày", dayHint: "Dương lịch. Không rõ ngày, tháng thì chỉ nhập năm. Để trống là hôm nay.", reason: "Ghi thêm (nếu có)",
		possible: live, title: func(m member.Member) string { return "Ghi " + m.Called() + " qua đời" },
		will: func(m member.Member) []string {
			return []string{"Thôi tính trong danh sách của hội; hồ sơ được giữ lại.", "Không còn tên trong danh sách mừng thọ, sinh nhật và giấy mời.", "Chỉ cần báo một lần: nơi nào khác cần biết sẽ được hỏi lại, không nói ai báo.", "Nếu ghi nhầm, có thể đính chính lúc nào cũng được."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.End(ctx, tx, member.Ending{Act: in.Act, How: member.Died})
		},
		done: func(m member.Member) string { return "Đã ghi " + m.Called() + " qua đời." },
	},
	{
		slug: "tro-lai", link: "Trở lại hội", button: "Ghi trở lại hội", dayLabel: "Trở lại ngày", dayHint: dayHint, reason: "Ghi thêm (nếu có)", place: "Chuyển đến từ đâu (nếu có)",
		branch: true, ways: []member.Began{member.Admitted, member.Arrived},
		possible: func(m member.Member) bool { return m.Status == member.Left && m.Died.IsZero() },
		title:    func(m member.Member) string { return "Ghi " + m.Called() + " trở lại hội" },
		will: func(member.Member) []string {
			return []string{"Trở lại danh sách đang sinh hoạt từ ngày ghi dưới đây.", "Thời gian không sinh hoạt trước đó vẫn giữ nguyên trong hồ sơ."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.Readmit(ctx, tx, member.Return{Act: in.Act, Began: in.began, Branch: in.branch, From: in.place})
		},
		done: func(m member.Member) string { return "Đã ghi " + m.Called() + " trở lại hội." },
	},
	{
		slug: "dinh-chinh", link: "Đính chính: không phải qua đời", button: "Đính chính", reason: "Lý do đính chính",
		possible: func(m member.Member) bool { return m.EndedHow != nil && *m.EndedHow == member.Died },
		title:    func(m member.Member) string { return "Đính chính tin " + m.Called() + " qua đời" },
		will: func(member.Member) []string {
			return []string{"Trở lại danh sách đang sinh hoạt như chưa từng ghi qua đời.", "Các câu hỏi xác nhận đã gửi đi (nếu có) được rút lại."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.WithdrawDeath(ctx, tx, in.Act)
		},
		done: func(m member.Member) string { return "Đã đính chính hồ sơ " + m.Called() + "." },
	},
	{
		slug: "nhap-nham", link: "Nhập nhầm", button: "Ghi là nhập nhầm", danger: true, reason: "Lý do, ví dụ: ghi hai lần, nhầm người",
		possible: func(m member.Member) bool { return m.Status != member.Mistake },
		title:    func(m member.Member) string { return "Hồ sơ " + m.Called() + " là nhập nhầm?" },
		will: func(member.Member) []string {
			return []string{"Hồ sơ không còn tính trong bất kỳ số liệu nào, kể cả các năm trước.", "Chỉ dùng khi ghi nhầm. Người chuyển đi, xin ra hay qua đời thì chọn đúng mục ấy.", "Hồ sơ vẫn tìm lại được ở mục “Nhập nhầm” của danh sách."}
		},
		do: func(ctx context.Context, tx *db.Tx, in actInput) (member.Done, error) {
			return member.MarkMistake(ctx, tx, in.Act)
		},
		done: func(m member.Member) string { return "Đã ghi hồ sơ " + m.Called() + " là nhập nhầm." },
	},
}

func leaves(last string) func(member.Member) []string {
	return func(m member.Member) []string {
		return []string{"Thôi tính trong danh sách " + lowerFirst(m.Branch) + " từ ngày ghi dưới đây.", "Hồ sơ và số liệu các năm trước giữ nguyên. Sau này trở lại thì ghi tiếp vào chính hồ sơ này.", last}
	}
}

// orChoose keeps a death or a move from being posted to the page of leaving.
func orChoose(how member.EndHow) member.EndHow {
	if how == member.Resigned || how == member.Removed || how == member.Expelled {
		return how
	}
	return ""
}

type actView struct {
	Title, Action, Back, Button, Version, OnBehalf string
	Danger                                         bool
	Errors                                         ui.Errors
	Will                                           []string
	How, Began, Branch                             ui.Choice
	Day                                            *ui.Date
	Reason, Place                                  *ui.Input
}

func (p pages) actForm(a act) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.actPage(r, tx, a, nil) }
}

func (p pages) actPage(r *http.Request, tx *db.Tx, a act, failed error) (kit.Reply, error) {
	m, desk, err := p.load(r, tx, authz.WriteRoster)
	if err != nil {
		return kit.Reply{}, err
	}
	if !a.possible(m) {
		return kit.Reply{}, fault.New(fault.Conflict, "Hồ sơ của "+m.Called()+" đang ở tình trạng “"+statusTag(m.Status, m.EndedHow).Text+"”, nên không làm được việc này.")
	}
	var branches []association.Branch
	if a.branch {
		if branches, err = branchesOf(r, tx, desk, authz.WriteRoster); err != nil {
			return kit.Reply{}, err
		}
	}
	v := buildAct(a, m, branches, kit.Errors(failed), r)
	v.OnBehalf = onBehalf(tx, desk)
	return kit.Work(kit.WorkPage{Title: v.Title, Active: href.Members, Trail: trail(m.Association, m.Branch, m.Name.Full()), Failed: failed != nil}, actBody(v)), nil
}

func buildAct(a act, m member.Member, branches []association.Branch, errs ui.Errors, r *http.Request) actView {
	v := actView{
		Title: a.title(m), Action: href.MemberDo(m.ID, a.slug), Back: href.Member(m.ID), Button: a.button, Version: strconv.Itoa(m.Version), Danger: a.danger, Errors: errs, Will: a.will(m),
	}
	if a.dayLabel != "" {
		d := date(kit.DateInput(r, ui.Date{Name: member.FieldDay}), a.dayLabel, a.dayHint, errs)
		v.Day = &d
	}
	if a.reason != "" {
		v.Reason = &ui.Input{Name: member.FieldReason, Label: a.reason, Value: r.PostFormValue(member.FieldReason), Error: errs.For(member.FieldReason), Spell: true}
	}
	if a.place != "" {
		v.Place = &ui.Input{Name: "noi", Label: a.place, Value: r.PostFormValue("noi"), Spell: true}
	}
	v.How = ui.Choice{Name: member.FieldHow, Label: "Vì sao thôi là hội viên?", Value: r.PostFormValue(member.FieldHow), Error: errs.For(member.FieldHow)}
	for _, h := range a.hows {
		v.How.Options = append(v.How.Options, ui.Option{Value: string(h), Label: h.Label()})
	}
	v.Began = ui.Choice{Name: member.FieldBegan, Label: "Trở lại theo diện nào?", Value: r.PostFormValue(member.FieldBegan), Error: errs.For(member.FieldBegan)}
	for _, w := range a.ways {
		label := map[member.Began]string{member.Admitted: "Kết nạp lại", member.Arrived: "Chuyển về từ nơi khác"}[w]
		v.Began.Options = append(v.Began.Options, ui.Option{Value: string(w), Label: label})
	}
	v.Branch = ui.Choice{Name: member.FieldBranch, Label: "Chi hội", Value: r.PostFormValue(member.FieldBranch), Error: errs.For(member.FieldBranch)}
	if len(branches) > 0 {
		v.Branch.Options = append(v.Branch.Options, ui.Option{Label: "Chọn chi hội"})
	}
	for _, b := range branches {
		if b.ID != m.BranchID || !m.Status.Live() {
			v.Branch.Options = append(v.Branch.Options, ui.Option{Value: idText(b.ID), Label: branchLabel(b)})
		}
	}
	if v.Branch.Value == "" && !m.Status.Live() {
		v.Branch.Value = idText(m.BranchID)
	}
	return v
}

func (p pages) act(a act) kit.Handler {
	return func(r *http.Request, tx *db.Tx) (kit.Reply, error) {
		id, err := kit.PathID[member.ID](r, "id")
		if err != nil {
			return kit.Reply{}, err
		}
		in, err := parseAct(r, id)
		var done member.Done
		if err == nil {
			done, err = a.do(r.Context(), tx, in)
		}
		if err != nil { // also when somebody saved in between: the page comes back with what was typed and the version of now
			return kit.Redo(err, func(r *http.Request, tx *db.Tx) (kit.Reply, error) { return p.actPage(r, tx, a, err) })
		}
		m, err := member.Get(r.Context(), tx, id)
		if err != nil {
			return kit.Reply{}, err
		}
		return kit.Redirect(href.Member(id)).Undo(undoBar(done, a.done(m))), nil
	}
}

func parseAct(r *http.Request, id member.ID) (actInput, error) {
	version, err := kit.Version(r)
	if err != nil {
		return actInput{}, err
	}
	var p fault.Problems
	in := actInput{
		Act: member.Act{ID: id, Version: version, Day: kit.Date(r, member.FieldDay, &p), Reason: kit.Text(r, member.FieldReason)},
		how: member.EndHow(r.PostFormValue(member.FieldHow)), began: member.Began(r.PostFormValue(member.FieldBegan)),
		branch: kit.QueryID[authz.BranchID](r, member.FieldBranch), place: kit.Text(r, "noi"),
	}
	return in, p.Err()
}

// asked lists what was told elsewhere about members and waits for an answer; who told is not known.
func (p pages) asked(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	list, err := member.Questions(r.Context(), tx, 0)
	if err != nil {
		return kit.Reply{}, err
	}
	v := askedView{Action: href.MemberAsked}
	for _, q := range list {
		day := ""
		if d := q.Day.Display(); d != "" {
			day = " (" + d + ")"
		}
		v.Questions = append(v.Questions, questionView{
			ID: strconv.FormatInt(q.ID, 10), URL: href.Member(q.MembershipID), Name: q.FullName,
			Text: "Có tin " + q.Sex.Title() + " " + q.FullName + " đã qua đời" + day + ". Hội xin xác nhận.", When: vi.ShortDateTime(q.AskedAt),
		})
	}
	return kit.Work(kit.WorkPage{Title: "Tin cần xác nhận", Active: href.Members, Trail: trail(p.kit.Office(r), "", "Tin cần xác nhận")}, askedBody(v)), nil
}

type askedView struct {
	Action    string
	Questions []questionView
}

type questionView struct{ ID, URL, Name, Text, When string }

func (p pages) answer(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	id, err := kit.Number(r, "tin")
	if err != nil {
		return kit.Reply{}, err
	}
	yes := r.PostFormValue("tra-loi") == "dung"
	done, err := member.Answer(r.Context(), tx, id, yes, vi.Date{})
	if err != nil {
		return kit.Reply{}, err
	}
	m, err := member.Get(r.Context(), tx, done.ID)
	if err != nil {
		return kit.Reply{}, err
	}
	if !yes {
		return kit.Redirect(href.Member(done.ID)).Flash(ui.Good, "Đã ghi: "+m.Called()+" vẫn còn sinh hoạt."), nil
	}
	return kit.Redirect(href.Member(done.ID)).Undo(undoBar(done, "Đã ghi "+m.Called()+" qua đời.")), nil
}
