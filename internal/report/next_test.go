package report

import (
	"testing"
	"time"
)

func TestNextStepOfAReport(t *testing.T) {
	t.Parallel()
	c := Campaign{Year: 2026, CutOff: Date(2026, time.November, 15), Deadline: Date(2026, time.November, 20), Close: Date(2026, time.December, 31)}
	line := func(state State, complete ...Completeness) Line {
		return Line{Report: Report{State: state}, Calendar: c.Calendar(time.Time{}), Gate: Gate{Open: true}, Complete: complete, Timeliness: "đúng hạn"}
	}
	half := []Completeness{{SectionPropaganda, 0, 0}, {SectionBuilding, 3, 14}, {SectionCare, 6, 6}, {SectionDirection, 0, 1}}
	full := []Completeness{{SectionPropaganda, 0, 0}, {SectionBuilding, 14, 14}}
	locked := line(Drafting, half...)
	locked.Gate = Gate{Text: "Đã khóa sau ngày 31/12/2026"}
	flagged := line(Drafting, full...)
	flagged.Flags = 2
	const dates = " Số liệu chốt đến 15/11/2026. Hạn nộp: 20/11/2026."
	for name, tc := range map[string]struct {
		line Line
		want Step
	}{
		"not begun":  {line(NotStarted, half...), Step{GoForm, "", "Bắt đầu nhập", "Hội chưa nhập gì." + dates}},
		"half done":  {line(Drafting, half...), Step{GoForm, SectionBuilding, "Làm tiếp mục 2", "Đã xong 1 trong 3 mục. Còn mục 2 và phương hướng chung." + dates}},
		"all done":   {line(Drafting, full...), Step{GoSend, "", "Xem lại và nộp", "Các mục đã xong, còn xem lại và nộp." + dates}},
		"sent":       {line(Submitted, full...), Step{GoView, "", "Xem báo cáo", "Báo cáo đã nộp đúng hạn, đang chờ phường xem."}},
		"received":   {line(Accepted, full...), Step{GoView, "", "Xem báo cáo", "Phường đã tiếp nhận báo cáo. Cảm ơn ông/bà."}},
		"locked":     {locked, Step{GoView, "", "Xem báo cáo", "Đã khóa sau ngày 31/12/2026." + dates}},
		"sent back":  {line(Returned, full...), Step{GoForm, "", "Sửa theo góp ý", "Phường trả lại báo cáo để sửa." + dates}},
		"with flags": {flagged, Step{GoForm, "", "Sửa theo góp ý", "Phường trả lại, có 2 ô góp ý cần sửa." + dates}},
	} {
		if got := tc.line.Next(c); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

func TestChaptersThatAreLeftAreNamedInASentence(t *testing.T) {
	t.Parallel()
	for want, names := range map[string][]string{
		"":      nil,
		"mục 2": {"mục 2"},
		"mục 2, mục 5 và phương hướng chung": {"mục 2", "mục 5", "phương hướng chung"},
		"mục 1, mục 2, mục 3 và 2 mục khác":  {"mục 1", "mục 2", "mục 3", "mục 4", "mục 5"},
	} {
		if got := listed(names); got != want {
			t.Errorf("listed(%v) = %q, want %q", names, got, want)
		}
	}
}
