package accountui

import (
	"net/url"
	"testing"

	"wardportal/web/ui"
)

func TestParkedTextIsShownInWords(t *testing.T) {
	t.Parallel()
	body := url.Values{
		"kind": {"tham_om"}, "version": {"3"}, "note": {"Thăm cụ Lành"}, "happened_on-ngay": {"5"}, "happened_on-thang": {"11"}, "happened_on-nam": {"2026"},
		"vao_hoi-nam": {"1999"}, "amount": {" "}, "v-12": {"Quà Tết cho hội viên"},
	}
	names := []string{"amount", "happened_on-nam", "happened_on-ngay", "happened_on-thang", "kind", "note", "v-12", "vao_hoi-nam", "version"}
	want := []ui.SummaryRow{
		{Key: "Ngày làm", Value: "5/11/2026"}, {Key: "Ghi chú", Value: "Thăm cụ Lành"}, {Key: "Nội dung đã nhập", Value: "Quà Tết cho hội viên"}, {Key: "Ngày vào hội", Value: "1999"},
	}
	got := shownOf(names, body)
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i := range want {
		if got[i].Key != want[i].Key || got[i].Value != want[i].Value {
			t.Errorf("row %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}
