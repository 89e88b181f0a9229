package ui_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wardportal/web/ui"
)

func TestUnknownIconIsAnError(t *testing.T) {
	t.Parallel()
	if err := ui.Icon("khong-co").Render(context.Background(), io.Discard); err == nil {
		t.Error("a misspelt icon passed")
	}
	if err := ui.Tag(ui.Good, "", "Đã tiếp nhận").Render(context.Background(), io.Discard); err != nil {
		t.Errorf("a tone's own icon: %v", err)
	}
}

func TestAssocIconByCodeOrSlug(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for code, slug := range map[string]string{"NCT": "nguoi-cao-tuoi", "KHOC": "khuyen-hoc", "DACAM": "chat-doc-da-cam", "TNXP": "thanh-nien-xung-phong", "TYN": "tu-yeu-nuoc"} {
		byCode, bySlug := render(t, ui.AssocIcon(code)), render(t, ui.AssocIcon(slug))
		if byCode != bySlug {
			t.Errorf("%s and %s are drawn differently", code, slug)
		}
		if other := seen[byCode]; other != "" {
			t.Errorf("%s looks like %s", code, other)
		}
		seen[byCode] = code
	}
	if seen[render(t, ui.AssocIcon("VAC"))] != "" {
		t.Error("an unknown kind borrows another's sign")
	}
}

func TestEveryStateHasWordAndPicture(t *testing.T) {
	t.Parallel()
	for _, tone := range []ui.Tone{ui.Info, ui.Good, ui.Warn, ui.Bad, ui.Grey} {
		for _, part := range []templ.Component{ui.Tag(tone, "", "Đã nộp"), ui.Note(tone, "Khớp:", "cuối kỳ bằng đầu kỳ")} {
			p := check(t, render(t, part))
			p.find(func(n *html.Node) bool { return n.DataAtom == atom.Svg })
			if words(p.root) == "" {
				t.Errorf("tone %q has no words", tone)
			}
		}
	}
}

func TestPagerOffersOnlyWaysThatExist(t *testing.T) {
	t.Parallel()
	if src := render(t, ui.Pager(ui.PagerLinks{})); src != "" {
		t.Errorf("a list of one page has a pager: %s", src)
	}
	first := render(t, ui.Pager(ui.PagerLinks{NextURL: "?sau=x", NextLabel: "Xem 50 người tiếp theo"}))
	check(t, first)
	if strings.Contains(first, "Về đầu") || !strings.Contains(first, "Xem 50 người tiếp theo") {
		t.Errorf("first page: %s", first)
	}
	last := render(t, ui.Pager(ui.PagerLinks{FirstURL: "/quan-ly/hoi-vien"}))
	if !strings.Contains(last, "Về đầu danh sách") || strings.Contains(last, "rel=\"next\"") {
		t.Errorf("last page: %s", last)
	}
}

func TestStepsMarkWhereOneIs(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, ui.Steps([]string{"Chọn tệp", "Ghép cột", "Xem lại"}, 1)))
	now := p.find(func(n *html.Node) bool { return get(n, "aria-current") == "step" })
	if words(now) != "2 Ghép cột" {
		t.Errorf("current step reads %q", words(now))
	}
	if got := words(p.root); got != "Đã xong: Chọn tệp2 Ghép cột3 Xem lại" {
		t.Errorf("steps read %q", got)
	}
}

func TestBarChartScales(t *testing.T) {
	t.Parallel()
	src := render(t, ui.BarChart(ui.Chart{Label: "Hội viên từng hội; số liệu ở bảng trên", Series: []string{"2023", "2022"}, Bars: []ui.Bar{
		{Label: "Hội Khuyến học", Value: 1184, Text: "1.184", Prev: 1120},
		{Label: "Hội Tù yêu nước", Value: 46, Text: "46", Prev: 48},
		{Label: "Hội mới", Value: 0, Text: "0", Prev: -3},
	}}))
	check(t, src)
	for _, want := range []string{`width="84.0%"`, `width="79.5%"`, `width="3.3%"`, `width="0%"`, `height="186"`} {
		if !strings.Contains(src, want) {
			t.Errorf("no %s in %s", want, src)
		}
	}
	if src := render(t, ui.BarChart(ui.Chart{Label: "Trống", Series: []string{"2023"}, Bars: []ui.Bar{{Label: "Không có"}}})); strings.Contains(src, "NaN") {
		t.Errorf("division by nothing: %s", src)
	}
}

func TestProgressStaysInItsBar(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]ui.ProgressView{
		`width="75.0%"`:  {Done: 9, All: 12, Text: "Đã xong 9 trong 12 mục"},
		`width="0%"`:     {Text: "Chưa bắt đầu"},
		`width="100.0%"`: {Done: 13, All: 12, Text: "Đã xong"},
	} {
		src := render(t, ui.Progress(v))
		check(t, src)
		if !strings.Contains(src, want) {
			t.Errorf("no %s in %s", want, src)
		}
	}
}

func TestTablesBecomeCardsWithLabels(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, ui.DataTable(ui.SimpleTable{
		Caption: "Chi hội có số liệu", Cards: true,
		Cols: []ui.Col{{Label: "Chi hội"}, {Label: "Hội viên", Numeric: true}, {Label: ""}},
		Rows: [][]string{{"Chi hội 1", "92", "Xem"}},
		Foot: []string{"Cộng", "92", ""},
	})))
	cell := p.find(func(n *html.Node) bool { return n.DataAtom == atom.Td && words(n) == "92" })
	if get(cell, "data-l") != "Hội viên" || !strings.Contains(get(cell, "class"), "--numeric") {
		t.Errorf("cell %v", cell.Attr)
	}
	heads := 0
	p.each(func(n *html.Node) {
		if n.DataAtom == atom.Th && get(n, "scope") == "row" {
			heads++
		}
		if n.DataAtom == atom.Th && words(n) == "" {
			t.Error("an empty heading cell; it should be a td")
		}
	})
	if heads != 2 {
		t.Errorf("%d row headings, want 2", heads)
	}
}

func TestPrintListNumbersRows(t *testing.T) {
	t.Parallel()
	v := ui.PrintTable{Caption: "Hội viên chi hội 3", Cols: []ui.Col{{Label: "Họ và tên"}, {Label: "Năm sinh", Numeric: true}}, Rows: [][]string{{"Nguyễn Thị An", "1948"}, {"Trần Ngọc Ánh", "1951"}}, Sign: true}
	p := check(t, render(t, ui.PrintList(v)))
	if got := words(p.root); got != "Hội viên chi hội 3 STTHọ và tênNăm sinhKý tên 1Nguyễn Thị An19482Trần Ngọc Ánh1951" {
		t.Errorf("list reads %q", got)
	}
	v.Sign = false
	if strings.Contains(render(t, ui.PrintList(v)), "Ký tên") {
		t.Error("a signature column nobody asked for")
	}
}

func TestConflictOffersThreeAnswers(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, ui.Conflict(ui.ConflictView{
		Opened: ui.Figure{Label: "Lúc ông/bà mở", Value: "08:40 hôm nay"},
		Mine:   ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"},
		Now:    ui.Figure{Label: "Hiện nay", Value: "bà Mận lưu lúc 09:05"},
		Fields: []ui.ConflictField{
			{Name: "dt", Label: "Điện thoại", Opened: "0900 000 011", Mine: "0900 000 111", Now: "0900 000 099"},
			{Name: "gc", Label: "Ghi chú", Mine: "Con gái: chị Hương", Now: "Cần đưa thẻ tận nhà", Choice: ui.ConflictMine},
		},
	})))
	var chosen []string
	p.each(func(n *html.Node) {
		if has(n, "checked") {
			chosen = append(chosen, get(n, "name")+"="+get(n, "value"))
		}
	})
	if strings.Join(chosen, " ") != "chon-dt=now chon-gc=mine" {
		t.Errorf("chosen %v", chosen)
	}
	if !strings.Contains(words(p.root), "(để trống)") {
		t.Error("an empty value is not said")
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	src := render(t, templ.Join(
		ui.SummaryList([]ui.SummaryRow{
			{Key: "Ngày sinh", Value: "07/1946", Actions: []ui.Action{{Label: "Sửa", Hidden: "ngày sinh", URL: "/sua"}}},
			{Key: "Trạng thái", Body: ui.Tag(ui.Good, "", "Đang sinh hoạt")},
		}),
		ui.TaskList([]ui.Task{{Title: "Họp", URL: "/hop", Hint: "14:00", Tag: &ui.TagView{Icon: "calendar", Text: "28/11"}}, {Title: "Chưa mở"}}),
		ui.Timeline([]ui.Event{{ISO: "2023-11-27T09:05:00+07:00", When: "27/11/2023 09:05", Text: "Bà Mận đổi điện thoại."}, {When: "khoảng năm 1998", Body: text("Vào hội")}}),
		ui.Chips("Lọc theo trạng thái", []ui.Chip{{Label: "Tất cả", Count: "91", URL: "?", Active: true}, {Label: "Sai", URL: "?s", Icon: "wrong", Tone: ui.Bad}}),
		ui.Breadcrumbs([]ui.Link{{Label: "Trang chủ", URL: "/"}, {Label: "Hội Người cao tuổi"}}),
		ui.Figures([]ui.Figure{{Value: "1.184", Label: "hội viên"}}, true),
		ui.EmptyState(ui.Empty{Title: "Chưa có hội viên nào", Text: "Thêm người đầu tiên.", Actions: []ui.Action{{Label: "Nhập từ Excel", URL: "/nhap"}}}),
		ui.ErrorPage(ui.ErrorInfo{Title: "Không tìm thấy trang", Sentence: "Địa chỉ này không có.", Advice: "Ông/bà xem lại địa chỉ.", RequestID: "a1b2", Actions: []ui.Action{{Label: "Về trang chủ", URL: "/"}}}),
		with(ui.Details("Quên mật khẩu"), text("Gọi cán bộ phường")),
		with(ui.Inset(ui.Warn), text("Số liệu tổng hợp đã cũ.")),
		ui.Warning("Sẽ khóa số liệu."),
		ui.Success("Khớp:", "đủ."),
		ui.BackLink("/quan-ly", "Về danh sách"),
		ui.PrintButton("In trang này"), ui.CopyButton("Chép tin nhắn", "tin"), templ.Raw(`<p id="tin">Kính gửi</p>`),
		with(ui.TitleBar("Hội viên"), ui.Button(ui.Action{Label: "Thêm hội viên", URL: "/them"})),
		ui.SectionHead("viec", "Việc khác", &ui.Link{Label: "Tất cả", URL: "/"}),
	))
	p := check(t, src)
	action := p.find(func(n *html.Node) bool { return get(n, "href") == "/sua" })
	if words(action) != "Sửa ngày sinh" {
		t.Errorf("action reads %q", words(action))
	}
	here := p.find(func(n *html.Node) bool { return get(n, "aria-current") == "true" })
	if words(here) != "Tất cả 91" {
		t.Errorf("current chip reads %q", words(here))
	}
	for _, attr := range []string{"data-print", "data-copy"} {
		if !has(p.find(func(n *html.Node) bool { return has(n, attr) }), "hidden") {
			t.Errorf("%s shows without the script", attr)
		}
	}
}
