package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"wardportal/web/ui"
)

// TestGallery draws whole pages from the parts, as the design's screens have them, and checks each.
// With GALLERY_DIR set it leaves them there as files beside portal.css and app.js, to be looked at:
//
//	GALLERY_DIR=/tmp/gallery go test -run Gallery ./web/ui
func TestGallery(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("GALLERY_DIR")
	for name, c := range map[string]templ.Component{
		"parts": galleryParts(), "roster": galleryRoster(), "add": galleryAdd(), "report": galleryReport(),
		"conflict": galleryConflict(), "summary": gallerySummary(), "todo": galleryToDo(), "sign-in": gallerySignIn(), "missing": galleryMissing(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := render(t, c)
			check(t, src)
			if len(src) < 2000 || !strings.HasSuffix(src, "</html>") {
				t.Errorf("%d bytes, not a whole page", len(src))
			}
			if dir == "" {
				return
			}
			if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(src), 0o644); err != nil {
				t.Error(err)
			}
		})
	}
}

func section(id, title string, parts ...templ.Component) templ.Component {
	return templ.Join(templ.Raw(`<section class="p-sec" aria-labelledby="`+id+`">`), ui.SectionHead(id, title, nil), templ.Join(parts...), templ.Raw(`</section>`))
}

func wrap(class string, parts ...templ.Component) templ.Component {
	return templ.Join(templ.Raw(`<div class="`+class+`">`), templ.Join(parts...), templ.Raw(`</div>`))
}

func galleryParts() templ.Component {
	body := templ.Join(
		templ.Raw(`<h1 class="govuk-heading-xl">Thành phần giao diện</h1>`),
		section("nut", "Nút", ui.Buttons(
			ui.Action{Label: "Nộp báo cáo"}, ui.Action{Label: "Lưu tạm", Kind: ui.Secondary}, ui.Action{Label: "Trả lại để bổ sung", Kind: ui.Danger},
			ui.Action{Label: "Đang gửi…", Attrs: templ.Attributes{"disabled": true}}, ui.Action{Label: "Sửa", Kind: ui.Plain, Icon: "pencil"}),
			ui.PrintButton("In trang này")),
		section("trang-thai", "Trạng thái", wrap("p-row",
			ui.Tag(ui.Grey, "", "Chưa bắt đầu"), ui.Tag(ui.Info, "pencil", "Đang nhập"), ui.Tag(ui.Info, "send", "Đã nộp"), ui.Tag(ui.Warn, "return", "Trả lại để bổ sung"),
			ui.Tag(ui.Good, "", "Đã tiếp nhận"), ui.Tag(ui.Grey, "lock", "Đã tổng hợp"), ui.Tag(ui.Bad, "", "Quá hạn 3 ngày"), ui.Tag(ui.Warn, "clock", "Chờ chuyển")),
			ui.StatusLine(ui.Status{Icon: "wrong", Tone: ui.Bad, Text: "Chưa lưu được, bấm “Lưu tạm”"})),
		section("bao-tin", "Báo tin",
			ui.Banner(ui.Flash{Tone: ui.Good, Text: "Đã nộp báo cáo năm 2023 lúc 14:20."}),
			wrap("p-cols p-cols--even", ui.Note(ui.Info, "Cho biết:", "số liệu chốt ngày 15/11/2023."), ui.Success("Khớp:", "cuối kỳ bằng đầu kỳ cộng tăng, trừ giảm."),
				ui.Note(ui.Warn, "Cần giải thích:", "số thực hiện khác số theo sổ."), ui.Note(ui.Bad, "Chưa nộp được:", "hội viên cuối kỳ còn lệch 2 người.")),
			ui.Warning("Sau 17:00 ngày 31/12/2023 sẽ khóa số liệu, không sửa báo cáo được nữa."),
			ui.UndoBar(&ui.Undo{Text: "Đã chuyển 2 hội viên sang chi hội 5.", Action: "/hoan-tac", Seconds: 3000})),
		section("bang", "Bảng, tiến độ", ui.DataTable(ui.SimpleTable{Caption: "Chi hội có số liệu đến 15/11/2023", Cards: true,
			Cols: []ui.Col{{Label: "Chi hội"}, {Label: "Hội viên", Numeric: true}, {Label: "Kết nạp", Numeric: true}},
			Rows: [][]string{{"Chi hội 1", "92", "6"}, {"Chi hội 2", "78", "4"}}, Foot: []string{"Cộng", "170", "10"}}),
			ui.Pager(ui.PagerLinks{FirstURL: "/dau", NextURL: "/sau"}),
			wrap("p-cols p-cols--even",
				wrap("", ui.Progress(ui.ProgressView{Done: 52, All: 87, Text: "Đang nhập danh sách: 52 trong 87 dòng."})),
				ui.Timeline([]ui.Event{{ISO: "2023-11-27", When: "27/11/2023 09:05", Text: "Bà Phan Thị Mận đổi điện thoại."}, {ISO: "2023-06-12", When: "12/06/2023", Text: "Ông Thuận thêm chỗ ở."}}))),
		section("bieu-mau", "Biểu mẫu", wrap("p-cols p-cols--even p-form",
			wrap("", ui.Textarea(ui.Input{Name: "ly-do", Label: "Lý do trả lại", Hint: "Ghi ngắn, người nhận đọc là sửa được.", Rows: 3}),
				ui.FileUpload(ui.Input{Name: "tep", Label: "Chọn tệp Excel từ máy", Hint: ".xlsx, tối đa 10 MB."}),
				ui.Radios(ui.Choice{Name: "qua", Label: "Số quà dịp Tết", Value: "0", Options: []ui.Option{{Value: "0", Label: "Không phát sinh"}, {Value: "1", Label: "Không có số liệu"}, {Value: "2", Label: "Không áp dụng"}}})),
			wrap("", ui.DateInput(ui.Date{Name: "ket-nap", Label: "Ngày kết nạp", Hint: "Chỉ nhớ năm thì nhập năm."}),
				ui.SummaryList([]ui.SummaryRow{{Key: "Ngày sinh", Value: "07/1946", Actions: []ui.Action{{Label: "Sửa", Hidden: "ngày sinh", URL: "/sua"}}}, {Key: "Chi hội", Value: "Chi hội 3", Actions: []ui.Action{{Label: "Chuyển", Hidden: "chi hội", URL: "/chuyen"}}}})))),
		section("the", "Trang trống", ui.EmptyState(ui.Empty{Title: "Chưa có hội viên nào", Text: "Thêm người đầu tiên, hoặc nhập danh sách Excel đang có.", Actions: []ui.Action{{Label: "Nhập từ Excel", URL: "/nhap"}}})),
		section("duong-di", "Đường đi, lọc, bước",
			ui.Breadcrumbs([]ui.Link{{Label: "Trang chủ", URL: "/"}, {Label: "Các hội", URL: "/hoi"}, {Label: "Hội Người cao tuổi"}}),
			ui.BackLink("/", "Về danh sách"),
			ui.Chips("Lọc", []ui.Chip{{Label: "Tất cả", Count: "91", URL: "/", Active: true}, {Label: "Đang sinh hoạt", Count: "82", URL: "/"}, {Label: "Sai", Count: "1", URL: "/", Icon: "wrong", Tone: ui.Bad}}),
			ui.Steps([]string{"Chọn tệp", "Ghép cột", "Xem lại"}, 1),
			ui.ContextLine(ui.Context{Trail: []string{"Hội Người cao tuổi", "Chi hội 3", "Mục I.2"}, Status: ui.Status{Icon: "check", Tone: ui.Good, Text: "Đã lưu lúc 14:03", Live: true}}),
			with(ui.Details("Vì sao mục này khóa?"), text("Báo cáo đã nộp ngày 18/11/2023."))),
		section("hinh", "Biểu tượng", wrap("p-row", ui.AssocIcon("NCT"), ui.AssocIcon("KHOC"), ui.AssocIcon("DACAM"), ui.AssocIcon("TNXP"), ui.AssocIcon("TYN"), ui.AssocIcon("khac"),
			ui.Icon("copy"), ui.Icon("back"), ui.Icon("box"), ui.Icon("phone"), ui.Icon("person"))),
	)
	v := demoPublic("Thành phần giao diện", "Trang chủ")
	v.Script = true // for the file button and the print button
	return ui.Public(v, body)
}

func galleryRoster() templ.Component {
	people := [][]string{{"Nguyễn Thị An", "1948", "05/1998", "0900 000 011"}, {"Trần Ngọc Ánh", "12/04/1951", "2011", "0900 000 012"}, {"Lê Văn Ba", "1949", "1999", "–"}, {"Phạm Thị Bình", "23/09/1955", "06/06/2016", "0900 000 014"}}
	var rows []templ.Component
	for i, p := range people {
		rows = append(rows, templ.Raw(`<tr><td class="govuk-table__cell p-pick">`), ui.RowCheck("chon", string(rune('1'+i)), "Chọn "+p[0], i == 1), templ.Raw(`</td>`),
			with(ui.RowHead(), templ.Raw(`<a class="govuk-link" href="/">`+p[0]+`</a>`)),
			ui.NumText("Ngày sinh", p[1]), ui.NumText("Vào hội", p[2]), ui.NumText("Điện thoại", p[3]), with(ui.Cell("Trạng thái"), ui.Tag(ui.Good, "", "Đang sinh hoạt")), templ.Raw(`</tr>`))
	}
	v := demoWork("Hội viên", "Hội viên")
	v.Undo = &ui.Undo{Text: "Đã chuyển ông Đặng Văn Lộc sang chi hội 2.", Action: "/hoan-tac", Seconds: 3000}
	return ui.Work(v, templ.Join(
		with(ui.TitleBar("Hội viên"), ui.Button(ui.Action{Label: "Nhập từ Excel", URL: "/nhap", Kind: ui.Plain}), ui.Button(ui.Action{Label: "Thêm hội viên", URL: "/them"})),
		with(ui.Filter("/quan-ly/hoi-vien"), wrap("p-span", ui.TextInput(ui.Input{Name: "q", Label: "Tìm theo tên, bí danh hoặc 4 số cuối điện thoại", Type: "search"})),
			ui.Select(ui.Choice{Name: "chi-hoi", Label: "Chi hội", Value: "3", Options: []ui.Option{{Value: "", Label: "Tất cả"}, {Value: "3", Label: "Chi hội 3"}}}),
			ui.Button(ui.Action{Label: "Tìm", Icon: "search", Kind: ui.Secondary})),
		ui.Chips("Lọc theo trạng thái", []ui.Chip{{Label: "Đang sinh hoạt", Count: "82", URL: "/", Active: true}, {Label: "Miễn sinh hoạt", Count: "3", URL: "/"}, {Label: "Tất cả", Count: "91", URL: "/"}}),
		with(ui.Table(ui.TableOptions{Caption: "Hội viên đang sinh hoạt, chi hội 3: từ 1 đến 4 trong 82 người", Cards: true, Class: "p-mid p-noprint",
			Cols: []ui.Col{{Class: "p-pick"}, {Label: "Họ và tên"}, {Label: "Ngày sinh", Numeric: true}, {Label: "Vào hội", Numeric: true}, {Label: "Điện thoại", Numeric: true}, {Label: "Trạng thái"}}},
		), templ.Raw("<tbody>"), templ.Join(rows...), templ.Raw("</tbody>")),
		ui.PrintList(ui.PrintTable{Caption: "Hội viên đang sinh hoạt, chi hội 3", Sign: true, Cols: []ui.Col{{Label: "Họ và tên"}, {Label: "Năm sinh", Numeric: true}, {Label: "Vào hội", Numeric: true}, {Label: "Điện thoại", Numeric: true}}, Rows: people}),
		wrap("p-row p-between p-noprint", ui.Pager(ui.PagerLinks{NextURL: "/", NextLabel: "Xem 50 người tiếp theo"}), ui.Button(ui.Action{Label: "Tải đúng danh sách này (Excel)", Icon: "down", Kind: ui.Plain, URL: "/xuat"})),
	))
}

func galleryAdd() templ.Component {
	errs := ui.Errors{{Field: "ten", Message: "Ông/bà cần nhập họ và tên"}, {Field: "sinh", Message: "Năm sinh cần 4 chữ số"}, {Field: "dien", Message: "Ông/bà cần chọn diện vào hội"}}
	v := demoWork("Thêm hội viên", "Hội viên")
	v.Failed = true
	v.Context.Status = ui.Status{Icon: "lock", Text: "Chỉ cán bộ được giao thấy"}
	return ui.Work(v, templ.Join(ui.BackLink("/", "Về danh sách"), ui.ErrorSummary(errs), templ.Raw(`<h1 class="govuk-heading-l">Thêm hội viên</h1>`),
		with(ui.Form(ui.FormOptions{Action: "/them"}), ui.VersionField("phien", "3"),
			ui.TextInput(ui.Input{Name: "ten", Label: "Họ và tên", Hint: "Như trên giấy tờ, ví dụ: Nguyễn Thị An", Error: errs.For("ten")}),
			ui.TextInput(ui.Input{Name: "bi-danh", Label: "Tên thường gọi, bí danh (nếu có)", Value: "Năm Lý"}),
			ui.Radios(ui.Choice{Name: "gt", Label: "Giới tính", Inline: true, Value: "nu", Options: []ui.Option{{Value: "nam", Label: "Nam"}, {Value: "nu", Label: "Nữ"}}}),
			ui.DateInput(ui.Date{Name: "sinh", Label: "Ngày sinh", Hint: "Không nhớ ngày, tháng thì để trống hai ô đầu.", Month: "7", Year: "46", BadPart: "nam", Error: errs.For("sinh"), Note: "Hiểu là năm 1946, đúng không?"}),
			ui.Radios(ui.Choice{Name: "dien", Label: "Vào hội theo diện nào?", Error: errs.For("dien"), Options: []ui.Option{{Value: "moi", Label: "Kết nạp mới"}, {Value: "den", Label: "Chuyển đến"}, {Value: "cu", Label: "Đã là hội viên từ trước (bổ sung danh sách)", Hint: "không tính vào số kết nạp trong năm"}}}),
			ui.Checkboxes(ui.Choice{Name: "doi-tuong", Label: "Đối tượng", Values: []string{"ngheo"}, Options: []ui.Option{{Value: "ngheo", Label: "Hộ nghèo"}, {Value: "can", Label: "Hộ cận nghèo"}}}),
			ui.TextInput(ui.Input{Name: "dt", Label: "Điện thoại (nếu có)", Type: "tel", InputMode: "tel", Width: "20", Value: "0900 000 027"}),
			with(ui.Inset(ui.Info), templ.Raw(`<h2 class="govuk-heading-s">Có thể đã có trong danh sách</h2><p class="govuk-body">Bà <a class="govuk-link" href="/">Trần Thị Lý</a>, sinh 1946, chi hội 3.</p>`)),
			ui.Buttons(ui.Action{Label: "Lưu hội viên"}, ui.Action{Label: "Bỏ, không lưu", Kind: ui.Plain, URL: "/"}))))
}

func galleryReport() templ.Component {
	rows := []templ.Component{templ.Raw("<tbody>")}
	for i, r := range [][]string{{"Số chi hội", "chi hội", "8", "8", "8"}, {"Ủy viên Ban Chấp hành hiện có", "người", "14", "13", "13"}, {"Kết nạp mới", "người", "38", "41", "41"}} {
		in := ui.Input{Name: "n" + string(rune('0'+i)), Label: "Thực hiện năm 2023: " + r[0], Value: r[4]}
		if i == 2 {
			in.Error = "Số phải từ 0 trở lên"
		}
		rows = append(rows, templ.Raw("<tr>"), with(ui.RowHead(), templ.Raw(r[0]+`<span class="p-cell-sub">`+r[1]+`</span>`)), ui.NumText("Năm 2022", r[2]), ui.NumText("Theo sổ", r[3]), with(ui.NumCell("Thực hiện năm 2023"), ui.NumberCell(in)), templ.Raw("</tr>"))
	}
	rows = append(rows, templ.Raw("</tbody>"))
	v := demoWork("Mục I.2", "Báo cáo")
	v.Context.Status = ui.Status{Icon: "check", Tone: ui.Good, Text: "Đã lưu lúc 14:03", Live: true}
	return ui.Work(v, templ.Join(
		templ.Raw(`<p class="p-kicker">Phần I. Kết quả thực hiện nhiệm vụ năm 2023</p><h1 class="govuk-heading-l">2. Công tác xây dựng tổ chức hội</h1>`),
		with(ui.Form(ui.FormOptions{Action: "/luu", Autosave: "/nhap"}),
			with(ui.Table(ui.TableOptions{Caption: "Số liệu mục 2", HideCaption: true, Cards: true, Grid: true, Class: "p-tight p-report p-dense",
				Cols: []ui.Col{{Label: "Nội dung"}, {Label: "Năm 2022", Numeric: true}, {Label: "Theo sổ", Numeric: true}, {Label: "Thực hiện năm 2023", Numeric: true}}}), rows...),
			ui.Success("Khớp:", "đầu kỳ 618 + kết nạp 41 − qua đời 17 = 642."),
			ui.Textarea(ui.Input{Name: "loi", Label: "Nội dung viết trong báo cáo", LabelSize: "s", Hint: "Câu này lấy số ở trên. Ông/bà sửa được.", Value: "Năm 2023 hội có 8 chi hội với 642 hội viên.", Spell: true}),
			ui.Buttons(ui.Action{Label: "Lưu và sang mục 3"}, ui.Action{Label: "Lưu tạm", Kind: ui.Secondary, Name: "viec", Value: "tam"}, ui.Action{Label: "Xem cả báo cáo", Kind: ui.Plain, URL: "/"}))))
}

func galleryConflict() templ.Component {
	return ui.Work(demoWork("Nguyễn Thị An", "Hội viên"), templ.Join(
		templ.Raw(`<h1 class="govuk-heading-l">Có người vừa sửa cùng hồ sơ này</h1><p class="govuk-body">Bà Phan Thị Mận đã lưu hồ sơ của <b>bà Nguyễn Thị An</b> lúc 09:05.</p>`),
		ui.Note(ui.Info, "", "Những mục không bị sửa trùng đã được giữ nguyên. Còn 2 mục cần chọn."),
		with(ui.Form(ui.FormOptions{Action: "/"}), ui.Conflict(ui.ConflictView{
			Opened: ui.Figure{Label: "Lúc ông/bà mở", Value: "08:40 hôm nay"}, Mine: ui.Figure{Label: "Ông/bà nhập", Value: "chưa lưu"}, Now: ui.Figure{Label: "Hiện nay", Value: "bà Mận lưu lúc 09:05"},
			Fields: []ui.ConflictField{{Name: "dt", Label: "Điện thoại", Opened: "0900 000 011", Mine: "0900 000 111", Now: "0900 000 099"}, {Name: "gc", Label: "Ghi chú", Mine: "Con gái: chị Hương, cùng nhà ở hẻm 12", Now: "Cần đưa thẻ tận nhà", Choice: ui.ConflictMine}},
		}), ui.Buttons(ui.Action{Label: "Lưu theo lựa chọn"}, ui.Action{Label: "Bỏ phần tôi nhập", Kind: ui.Secondary}))))
}

func gallerySummary() templ.Component {
	v := demoWork("Tổng hợp", "Báo cáo")
	v.Office = "UBND phường Chánh Lộ"
	return ui.Work(v, templ.Join(
		with(ui.TitleBar("Tổng hợp báo cáo năm 2023"), ui.Button(ui.Action{Label: "Word", Icon: "down", Kind: ui.Plain, URL: "/"}), ui.Button(ui.Action{Label: "Excel", Icon: "down", Kind: ui.Plain, URL: "/"})),
		ui.Figures([]ui.Figure{{Value: "24/26", Label: "chi hội đã có số liệu"}, {Value: "2/5", Label: "hội đã nộp"}, {Value: "3 ngày", Label: "đến hạn nộp 20/11"}}, false),
		section("bieu-do", "Hội viên từng hội", ui.BarChart(ui.Chart{Label: "Biểu đồ cột ngang: hội viên từng hội; số liệu ở bảng", Series: []string{"cuối năm 2023", "cuối năm 2022"},
			Bars: []ui.Bar{{Label: "Hội Khuyến học", Value: 1184, Text: "1.184", Prev: 1120}, {Label: "Hội Người cao tuổi", Value: 642, Text: "642", Prev: 618}, {Label: "Hội Tù yêu nước", Value: 46, Text: "46", Prev: 48}}})),
		templ.Raw(`<p class="p-box" id="tin-nhac">Kính gửi các hội: còn 3 ngày đến hạn nộp báo cáo.</p>`), ui.CopyButton("Chép tin nhắc", "tin-nhac")))
}

func galleryToDo() templ.Component {
	v := demoWork("Việc cần làm", "Việc cần làm")
	v.Flash = &ui.Flash{Text: "Phiên làm việc trước đã hết giờ; chữ đang gõ vẫn còn.", More: &ui.Link{Label: "Mở lại", URL: "/"}}
	return ui.Work(v, templ.Join(templ.Raw(`<h1 class="govuk-heading-l">Chào ông Thuận, hôm nay có 4 việc</h1>`),
		section("khac", "Việc khác", ui.TaskList([]ui.Task{{Title: "Chuẩn bị họp Ban Chấp hành", URL: "/", Hint: "14:00, hội trường phường. Đã mời 21 người.", Tag: &ui.TagView{Icon: "calendar", Text: "28/11"}}, {Title: "Bổ sung chi hội trưởng chi hội 6", URL: "/", Hint: "Khuyết từ 15/08/2023.", Tag: &ui.TagView{Tone: ui.Bad, Icon: "warning", Text: "94 ngày"}}})),
		section("tinh-hinh", "Tình hình hội hiện nay", ui.Figures([]ui.Figure{{Value: "642", Label: "hội viên"}, {Value: "+24", Label: "so với đầu năm"}, {Value: "7/8", Label: "chi hội có chi hội trưởng"}, {Value: "13/15", Label: "ủy viên Ban Chấp hành"}}, true)),
		ui.SignOutForm("/dang-xuat")))
}

func gallerySignIn() templ.Component {
	v := demoPublic("Đăng nhập", "")
	v.Script, v.NoIndex, v.Account = true, true, nil
	return ui.Public(v, wrap("p-cols p-cols--even", wrap("", templ.Raw(`<h1 class="govuk-heading-l">Đăng nhập</h1>`),
		with(ui.Form(ui.FormOptions{Action: "/dang-nhap"}),
			ui.TextInput(ui.Input{Name: "login", Label: "Tên đăng nhập hoặc số điện thoại", Hint: "Ví dụ: nct hoặc 0900 000 001", Autocomplete: "username", Attrs: templ.Attributes{"autocapitalize": "none"}}),
			ui.Password(ui.Input{Name: "password", Label: "Mật khẩu"}),
			ui.Checkbox(ui.Check{Name: "nho", Label: "Đây là máy riêng của tôi (nhớ 30 ngày)", Hint: "Máy dùng chung ở trụ sở, nhà văn hóa: để trống ô này."}),
			ui.SubmitButton("Đăng nhập")),
		with(ui.Details("Quên mật khẩu"), text("Dùng phiếu một lần đã in, hoặc gọi cán bộ phường.")))))
}

func galleryMissing() templ.Component {
	return ui.Public(demoPublic("Không tìm thấy trang", ""), ui.ErrorPage(ui.ErrorInfo{
		Title: "Không tìm thấy trang", Sentence: "Địa chỉ này không có hoặc ông/bà không được xem.", Advice: "Ông/bà xem lại địa chỉ, hoặc bắt đầu từ trang chủ.",
		RequestID: "k7m2-9xq4", Actions: []ui.Action{{Label: "Về trang chủ", URL: "/"}, {Label: "Gửi thư cho phường", URL: "/gop-y", Kind: ui.Plain}}}))
}
