package ui_test

import (
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wardportal/web/ui"
)

func TestErrorSummaryLeadsToFields(t *testing.T) {
	t.Parallel()
	errs := ui.Errors{
		{Field: "ten", Message: "Ông/bà cần nhập họ và tên"},
		{Field: "vao", Message: "Ông/bà cần chọn diện vào hội"},
		{Field: "sinh", Message: "Năm sinh phải từ 1900"},
		{Message: "Danh sách đã khóa"},
	}
	p := check(t, render(t, templ.Join(
		ui.ErrorSummary(errs),
		ui.TextInput(ui.Input{Name: "ten", Label: "Họ và tên", Error: errs.For("ten")}),
		ui.Radios(ui.Choice{Name: "vao", Label: "Diện", Error: errs.For("vao"), Options: []ui.Option{{Value: "moi", Label: "Kết nạp mới"}}}),
		ui.DateInput(ui.Date{Name: "sinh", Label: "Ngày sinh", Error: errs.For("sinh"), BadPart: "nam", Year: "1850"}),
	)))
	if got := words(p.byID("loi-tom-tat")); got != "Còn 4 chỗ cần sửa" {
		t.Errorf("heading %q", got)
	}
	if get(p.byID("f-sinh"), "name") != "sinh-nam" {
		t.Error("the summary does not lead to the year, the box to mend")
	}
	if get(p.byID("f-vao"), "value") != "moi" {
		t.Error("the summary does not lead to the first radio")
	}
	if src := render(t, ui.ErrorSummary(nil)); src != "" {
		t.Errorf("a summary without errors: %q", src)
	}
	if got := errs.For("dien-thoai"); got != "" {
		t.Errorf("error of a field without one: %q", got)
	}
}

func TestTextInput(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, ui.TextInput(ui.Input{
		Name: "dien-thoai", Label: "Điện thoại", Hint: "Của hội viên hoặc con cháu", Error: "Số điện thoại cần 10 chữ số",
		Value: `09"<b>`, Type: "tel", InputMode: "tel", Width: "20", Note: "Ghi cả số 0", MaxLength: 20,
		Attrs: templ.Attributes{"data-x": "1"},
	})))
	in := p.byID("f-dien-thoai")
	for key, want := range map[string]string{
		"name": "dien-thoai", "type": "tel", "inputmode": "tel", "value": `09"<b>`, "autocomplete": "off",
		"spellcheck": "false", "aria-invalid": "true", "maxlength": "20", "data-x": "1",
		"aria-describedby": "f-dien-thoai-g f-dien-thoai-e f-dien-thoai-n",
		"class":            "govuk-input govuk-input--error govuk-input--width-20",
	} {
		if got := get(in, key); got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
	if got := words(p.byID("f-dien-thoai-e")); got != "Lỗi: Số điện thoại cần 10 chữ số" {
		t.Errorf("message %q", got)
	}

	plain := check(t, render(t, ui.TextInput(ui.Input{Name: "ten", Label: "Họ và tên", Autocomplete: "name", Spell: true})))
	in = plain.byID("f-ten")
	for _, key := range []string{"aria-describedby", "aria-invalid", "spellcheck", "readonly", "maxlength"} {
		if v, ok := lookup(in, key); ok {
			t.Errorf("a field without errors and hints has %s=%q", key, v)
		}
	}
	if get(in, "autocomplete") != "name" {
		t.Error("autocomplete of the caller is lost")
	}
}

func TestOtherFields(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, templ.Join(
		ui.Textarea(ui.Input{Name: "loi", Label: "Nội dung", Value: "Dòng 1\nDòng 2 </textarea>", Spell: true, Error: "Dài quá"}),
		ui.Password(ui.Input{Name: "password", Label: "Mật khẩu", Value: "không được hiện"}),
		ui.FileUpload(ui.Input{Name: "tep", Label: "Chọn tệp Excel từ máy", Hint: "tối đa 10 MB", Accept: ".xlsx"}),
		ui.NumberCell(ui.Input{Name: "n[GEN.1]", Label: "Thực hiện năm 2023: Số chi hội", Value: "8", Hint: "không hiện"}),
		ui.Hidden("ve", "/quan-ly?a=1&b=2"),
		ui.VersionField("phien", "7"),
	)))
	if got := words(p.byID("f-loi")); got != "Dòng 1 Dòng 2 </textarea>" {
		t.Errorf("text area holds %q", got)
	}
	if _, ok := lookup(p.byID("f-password"), "value"); ok {
		t.Error("a password came back to the page")
	}
	if get(p.byID("f-password"), "autocomplete") != "current-password" {
		t.Error("the password manager does not know the field")
	}
	if get(p.byID("f-tep"), "accept") != ".xlsx" {
		t.Error("accept is lost")
	}
	cell := p.byID("f-n-GEN-1-")
	if get(cell, "name") != "n[GEN.1]" || get(cell, "inputmode") != "numeric" {
		t.Errorf("cell %v", cell.Attr)
	}
}

func TestChoicesKeepTheAnswer(t *testing.T) {
	t.Parallel()
	options := []ui.Option{{Value: "1", Label: "Chi hội 1"}, {Value: "2", Label: "Chi hội 2", Hint: "đang khuyết chi hội trưởng"}, {Value: "3", Label: "Chi hội 3"}}
	p := check(t, render(t, templ.Join(
		ui.Select(ui.Choice{Name: "chi", Label: "Chi hội", Options: options, Value: "2"}),
		ui.Radios(ui.Choice{Name: "gt", Label: "Giới tính", Options: options, Value: "3", Inline: true}),
		ui.Checkboxes(ui.Choice{Name: "dt", Label: "Đối tượng", Options: options, Values: []string{"1", "3"}, Hint: "Chọn nhiều"}),
		ui.Checkbox(ui.Check{Name: "nho", Label: "Máy riêng", Hint: "nhớ 30 ngày", Checked: true}),
		ui.RowCheck("chon", "17", "Chọn Nguyễn Thị An", false),
		ui.RowCheck("chon", "18", "Chọn Trần Ngọc Ánh", true),
	)))
	var got []string
	p.each(func(n *html.Node) {
		if has(n, "selected") || has(n, "checked") {
			got = append(got, get(n, "name")+get(n, "value"))
		}
	})
	want := []string{"2", "gt3", "dt1", "dt3", "nho1", "chon18"}
	if len(got) != len(want) {
		t.Fatalf("chosen %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("chosen %v, want %v", got, want)
		}
	}
	if get(p.byID("f-gt-2"), "aria-describedby") != "f-gt-2-hint" {
		t.Error("the hint of an option is not read out")
	}
}

func has(n *html.Node, key string) bool { _, ok := lookup(n, key); return ok }

func TestDateKeepsHalfKnownDates(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, ui.DateInput(ui.Date{Name: "sinh", Label: "Ngày sinh", Hint: "Chỉ nhớ năm thì nhập năm", Month: "7", Year: "46", Note: "Hiểu là năm 1946, đúng không?"})))
	for id, want := range map[string][2]string{"f-sinh": {"sinh-ngay", ""}, "f-sinh-thang": {"sinh-thang", "7"}, "f-sinh-nam": {"sinh-nam", "46"}} {
		n := p.byID(id)
		if get(n, "name") != want[0] || get(n, "value") != want[1] || has(n, "aria-invalid") {
			t.Errorf("%s: %v", id, n.Attr)
		}
	}
	bad := check(t, render(t, ui.DateInput(ui.Date{Name: "mat", Label: "Ngày mất", Error: "Ngày 31/02/2020 không có thật"})))
	n := 0
	bad.each(func(x *html.Node) {
		if get(x, "aria-invalid") == "true" {
			n++
		}
	})
	if n != 3 {
		t.Errorf("%d boxes marked, want 3", n)
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	p := check(t, render(t, with(ui.Form(ui.FormOptions{Action: "/quan-ly/bao-cao", Autosave: "/quan-ly/nhap", Upload: true, ID: "bc"}),
		ui.Buttons(
			ui.Action{Label: "Nộp báo cáo"},
			ui.Action{Label: "Lưu tạm", Kind: ui.Secondary, Name: "viec", Value: "", To: "/quan-ly/luu"},
			ui.Action{Label: "Xem cả báo cáo", Kind: ui.Plain, URL: "/quan-ly/bao-cao/2023"},
			ui.Action{Label: "Sửa", Hidden: "ngày sinh", Kind: ui.Plain, Icon: "pencil"},
			ui.Action{Label: "Trang lạ", URL: "javascript:alert(1)"},
		),
		ui.SubmitButton("Lưu"),
	)))
	form := p.find(func(n *html.Node) bool { return n.DataAtom == atom.Form })
	for key, want := range map[string]string{"method": "post", "action": "/quan-ly/bao-cao", "enctype": "multipart/form-data", "data-autosave": "/quan-ly/nhap", "id": "bc"} {
		if get(form, key) != want {
			t.Errorf("form %s = %q", key, get(form, key))
		}
	}
	draft := p.find(func(n *html.Node) bool { return get(n, "formaction") == "/quan-ly/luu" })
	if get(draft, "name") != "viec" || !has(draft, "value") {
		t.Error("a button with a name posts its value, even an empty one")
	}
	edit := p.find(func(n *html.Node) bool { return get(n, "class") == "p-plain" })
	if words(edit) != "Sửa ngày sinh" {
		t.Errorf("button reads %q", words(edit))
	}
}
