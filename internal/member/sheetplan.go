package member

import (
	"bufio"
	"cmp"
	"io"
	"strings"

	"wardportal/internal/vi"
)

// PlanColumns are the columns of a plan as text, the contract of "portal import roster".
const PlanColumns = "sheet\trow\tfamily_middle\tgiven\tsex\tbirth\tphone\tid_number\tbranch\tjoined\tstatus\toutcome\tfields"

// WritePlan writes the draft as a table of tabs. extra adds what the roster makes of a row to its last column.
func (d Draft) WritePlan(w io.Writer, extra func(i int) string) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString(PlanColumns + "\n")
	for i := range d.Rows {
		r := &d.Rows[i]
		fields := r.planFields()
		if extra != nil {
			if s := extra(i); s != "" {
				fields = strings.TrimPrefix(fields+"; "+s, "; ")
			}
		}
		branch := ""
		if r.Group > 0 {
			branch = "TDP " + itoa(r.Group)
		}
		cells := []string{
			cmp.Or(r.Sheet, "-"), itoa(r.Row), r.Name.FamilyMiddle, r.Name.Given, strings.ToLower(r.Sex.Label()), planDate(r.Birth), r.Phone, r.IDNumber,
			branch, planDate(r.Joined), r.planStatus(), d.Outcome(i), fields,
		}
		for j, c := range cells {
			if j > 0 {
				_ = b.WriteByte('\t')
			}
			_, _ = b.WriteString(oneCell.Replace(c))
		}
		_ = b.WriteByte('\n')
	}
	return b.Flush() // the one place where a writer's error comes up
}

var oneCell = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// planDate is the date as precise as it is known, without the mark of an estimate.
func planDate(d vi.Date) string { return strings.TrimSuffix(d.ISO(), "~") }

func (r *SheetRow) planStatus() string {
	if r.Status != RowDeceased {
		return r.Status
	}
	return r.Status + ":" + cmp.Or(planDate(r.On), "?")
}

// Outcome is the outcome of a row as the plan writes it: "ok", "warn:birth-jan1", "error:id-taken:132", "duplicate-of:57".
func (d Draft) Outcome(i int) string {
	r := &d.Rows[i]
	switch r.Level {
	case LevelOK:
		return LevelOK
	case LevelDuplicate:
		return LevelDuplicate + ":" + twinRef(d.Rows, i)
	case LevelError:
		return LevelError + ":" + strings.Join(r.codes(graveReason), ",")
	default:
		return LevelWarn + ":" + strings.Join(r.codes(func(string) bool { return true }), ",")
	}
}

// grave are the reasons for which a row must not go in as it stands.
var grave = map[string]bool{
	"birth-invalid": true, "birth-out-of-range": true, "joined-before-14": true, "joined-in-future": true, "joined-after-death": true, "joined-after-left": true,
	"name-missing": true, "name-invalid": true, "id-taken": true, "death-before-birth": true, "ended-in-future": true,
}

func graveReason(code string) bool { return grave[code] }

func (r *SheetRow) planFields() string {
	var parts []string
	for _, p := range r.extra {
		parts = append(parts, p.key+"="+p.value)
	}
	if r.Level != LevelWarn {
		if also := r.codes(func(code string) bool { return !grave[code] }); len(also) > 0 {
			parts = append(parts, "also_warn="+strings.Join(also, ","))
		}
	}
	return strings.Join(parts, "; ")
}

// reasonSentences say a reason to the person who brought the file. "%" stands for what the cell holds.
var reasonSentences = map[string]string{
	"birth-missing":            "Không có ngày sinh.",
	"birth-invalid":            "Ngày sinh “%” không có thật hoặc không đọc được.",
	"birth-out-of-range":       "Ngày sinh “%” nằm ngoài khoảng từ năm 1900 đến nay.",
	"birth-jan1":               "Ngày sinh “%” thường chỉ có nghĩa là năm sinh, nên ghi là năm.",
	"birth-two-digit-year":     "Năm sinh viết hai chữ số, hiểu là “%”.",
	"birth-estimated":          "Năm sinh là ước đoán (từ tuổi, hoặc ghi “khoảng”).",
	"age-110-or-more":          "Tính ra đã 110 tuổi trở lên (sinh %).",
	"under-60":                 "Chưa đủ 60 tuổi (sinh %).",
	"born-after-1960":          "Sinh sau năm 1960 (%), ít khi thuộc diện của hội.",
	"joined-before-14":         "Ngày vào hội “%” sớm hơn lúc 14 tuổi.",
	"joined-in-future":         "Ngày vào hội “%” ở tương lai.",
	"joined-after-death":       "Ngày vào hội “%” sau ngày mất.",
	"joined-after-left":        "Ngày vào hội “%” sau ngày thôi sinh hoạt.",
	"joined-invalid":           "Không đọc được ngày vào hội “%”, nên để trống.",
	"joined-two-digit-year":    "Năm vào hội viết hai chữ số, hiểu là “%”.",
	"joined-estimated":         "Năm vào hội là ước đoán.",
	"death-before-birth":       "Ngày mất “%” trước ngày sinh.",
	"ended-in-future":          "Ngày mất hoặc ngày thôi sinh hoạt “%” ở tương lai.",
	"name-missing":             "Thiếu họ và tên.",
	"name-invalid":             "“%” không phải là họ và tên.",
	"name-one-word":            "Họ và tên chỉ có một chữ: “%”.",
	"name-strange":             "Họ và tên có ký tự lạ: “%”.",
	"sex-conflict":             "Đánh dấu cả nam và nữ, nên để trống giới tính.",
	"sex-unclear":              "Không đọc được giới tính “%”.",
	"phone-incomplete":         "Số điện thoại “%” thiếu, thừa hoặc sai đầu số, nên không ghi.",
	"phone-ambiguous":          "Số “%” có thể là số bàn cũ (0255) hoặc di động 055.",
	"phone-letter":             "Số điện thoại “%” có chữ O, đã đổi thành số 0.",
	"id-digits-lost":           "Số CCCD “%” đã bị Excel làm mất chữ số, nên không ghi.",
	"id-length":                "Số CCCD, CMND “%” không đủ 12 hoặc 9 chữ số, nên không ghi.",
	"id-mismatch":              "Số CCCD không khớp với giới tính hoặc năm sinh.",
	"id-taken":                 "Số CCCD, CMND trùng với người khác ở dòng %.",
	"id-taken-roster":          "Số CCCD, CMND đã ghi cho hội viên khác: %.",
	"branch-missing":           "Không ghi chi hội hay tổ dân phố.",
	"branch-unknown":           "Phường không có “%”.",
	"branch-transfer":          "Ghi chú cho biết đã chuyển chi hội: “%”.",
	"same-name-same-year":      "Cùng tên, cùng năm sinh với dòng %; chưa rõ có phải một người.",
	"hidden-row":               "Dòng này bị ẩn trong tệp.",
	"remark-unclear":           "Ghi chú “%” chưa rõ có phải đã mất hoặc đã đi không.",
	"service-order":            "Ngày hoàn thành trước ngày nhập ngũ: %.",
	"prison-years":             "Năm ra tù trước năm bị bắt: %.",
	"category-missing":         "Không rõ diện hội viên.",
	"child-allowance-under-61": "Con đẻ đang hưởng trợ cấp nhưng tỷ lệ “%” dưới 61 %.",
	"from-invalid":             "Không đọc được ngày nhập ngũ “%”, nên để trống.",
	"to-invalid":               "Không đọc được ngày hoàn thành “%”, nên để trống.",
	"arrested-invalid":         "Không đọc được năm bị bắt “%”, nên để trống.",
	"released-invalid":         "Không đọc được năm ra tù “%”, nên để trống.",
}

// Sentence is the reason as people read it.
func (w SheetReason) Sentence() string {
	s, ok := reasonSentences[w.Code]
	if !ok {
		return "Cần xem lại (" + w.Code + ")."
	}
	what := cmp.Or(w.Text, w.Row)
	if w.Row != "" && w.Text == "" {
		what = strings.Replace(w.Row, "!", " – dòng ", 1)
	}
	return strings.ReplaceAll(s, "%", what)
}
