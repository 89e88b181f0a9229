package member

import (
	"regexp"
	"strings"

	"wardportal/internal/vi"
)

// Remarks decide who is still a member, and people write them in many words. A remark is read clause by clause; what is
// told of a relative ("vợ mất 2015") or of a thing ("mất thẻ", "nghỉ mất sức", "mất liên lạc") says nothing of the member.
// Words of death or leaving that are understood neither way are shown to a person, never guessed.

var (
	clauseEnd = regexp.MustCompile(`\s*[;,.]\s+|\s*;\s*|\n|\s+[-–]\s+`)
	anyDate   = regexp.MustCompile(`\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{1,2}[/.-](?:19|20)\d{2}\b|\bngày \d{1,2} tháng \d{1,2} năm \d{4}\b|\btháng \d{1,2}\s*(?:năm |[/.-])\s*\d{4}\b|\b(?:19|20)\d{2}\b`)
	// speaker words that may stand before the verb without changing whom it is about
	ownSubject = `(?:(?:đã|vừa|mới|bị|hội viên|hv|ông|bà|cụ|cụ ông|cụ bà|đ/c|đồng chí|nay|hiện|hiện nay|người này|bản thân|thông tin|nghe|báo|gia đình báo|con báo|do già yếu|vì bệnh|được biết|ngày|năm|tháng)\s+)*`
	kinWords   = regexp.MustCompile(`(?:^|\s)(?:vợ|chồng|mẹ|cha|ba má|bố|má|con|con trai|con gái|anh|chị|em|cháu|dâu|rể|ông nội|bà nội|ông ngoại|bà ngoại|cha mẹ|bố mẹ|người thân|gia đình)(?:\s|$)`)

	deathVerb  = `(?:mất|chết|qua đời|từ trần|tạ thế|hy sinh|khuất núi|đã khuất|quá cố|mệnh chung|lìa trần|về trời|mãn phần|thất lộc)`
	deathTail  = `(?:$|[\s:(]*(?:ngày|năm|tháng|hồi|lúc|vào|rồi|tại|do|vì|bệnh|già|đột ngột|khi|sau|từ|ở|thọ|hưởng thọ|trước|đầu|cuối|mùa|tết|\(|\d))`
	ownDeath   = regexp.MustCompile(`^[^\pL\d]*` + ownSubject + deathVerb + deathTail)
	deadMark   = regexp.MustCompile(`^[^\pL\d]*[†+✝][^\pL\d]*$|^[^\pL\d]*(?:đm|đã mất)[^\pL\d]*$`)
	deathWords = regexp.MustCompile(`(?:^|\s)` + deathVerb + `(?:\s|$)`)
	lostThing  = regexp.MustCompile(`(?:^|\s)(?:bị |đã |nghỉ |về )*mất (?:thẻ|sổ|sức|liên lạc|liên hệ|hồ sơ|giấy|trí|ngủ|việc|điện thoại|sim|số|quyền|khả năng|tiền|nhà|đất|tài sản|(?:một|hai|1|2|01|02) (?:tay|chân|mắt|bên|con|phần)|tay|chân|mắt|thị lực|cả|hết|con dấu|chứng|bằng|huân|huy|kỷ|kỉ|bhyt|cmnd|cccd|căn cước|hộ khẩu|vợ|chồng|con|cha|mẹ|khẩu|danh|thông tin)`)

	movedWord  = regexp.MustCompile(`(?:^|\s)(?:chuyển|dời|dọn|định cư|đi khỏi|rời khỏi)(?:\s|$)`)
	fromPlace  = regexp.MustCompile(`^[^\pL\d]*` + ownSubject + `(?:(?:chuyển|dọn|dời)(?: sinh hoạt)?(?: đến| tới| về| qua| sang| vào)?\s+từ\s+(.+?)|từ\s+(.+?)\s+(?:chuyển|dọn|dời)(?:\s+(?:đến|tới|về|qua|sang|vào|lên|xuống).*)?)$`)
	justCame   = regexp.MustCompile(`^[^\pL\d]*(?:mới\s+)?chuyển (?:đến|tới)(?:\s+(?:ngày|tháng|năm))?[^\pL\d]*(?:[\d/.\- ]*|đây.*)$`)
	movedTo    = regexp.MustCompile(`^[^\pL\d]*` + ownSubject + `(?:xin\s+)?(?:chuyển|dời|dọn)(?:\s+(?:sinh hoạt|chỗ ở|nơi ở|hộ khẩu|nhà|cư trú|công tác|trường|nơi sinh hoạt))*(?:\s+(?:đi|vào|ra|về|lên|xuống|sang|qua|đến|tới|theo con(?: cháu)?|theo gia đình|theo vợ|theo chồng|theo))*(.*)$`)
	movedOther = regexp.MustCompile(`^[^\pL\d]*` + ownSubject + `(?:định cư|đi định cư|đi khỏi|rời khỏi|đi nơi khác|đi nước ngoài|xuất cảnh)(.*)$`)
	notMoves   = regexp.MustCompile(`chuyển (?:đổi|khoản|thẻ|cấp|bhyt|tiền|giao|tiếp|thành|hồ sơ|biến|dạ|lương|chế độ|mục|diện|hạng|ngành|nghề|viện|tuyến)`)

	leftWord = regexp.MustCompile(`(?:^|\s)(?:xin ra|xin thôi|xin nghỉ sinh hoạt|xóa tên|xoá tên|gạch tên|thôi sinh hoạt|nghỉ sinh hoạt|ngừng sinh hoạt|bỏ sinh hoạt|rút tên|ra khỏi hội|ra hội|khai trừ|không tham gia nữa|thôi tham gia|xin rút)(?:\s|$|[:,.])`)
	expelled = regexp.MustCompile(`khai trừ`)
	struck   = regexp.MustCompile(`xóa tên|xoá tên|gạch tên`)
	exempt   = regexp.MustCompile(`miễn (?:sinh hoạt|họp)`)

	// what a roster does not keep as free text: illness and party membership (handbook §3.1, §7)
	private = regexp.MustCompile(`bệnh|điều trị|nằm viện|nhập viện|ung thư|tâm thần|tai biến|liệt giường|bại liệt|xe lăn|khuyết tật|dị tật|hiv|đảng viên|đảng tịch|huy hiệu đảng|tôn giáo|công giáo|phật giáo|tin lành`)
	offices = regexp.MustCompile(`^(?:phó |quyền )?(?:chủ tịch|chi hội trưởng|chi hội phó|trưởng ban|ủy viên|uỷ viên|uvbch|uvbtv|uv bch|uv btv|thư ký|thủ quỹ|kế toán|tổ trưởng|tổ phó|cht|chp|bch|trưởng chi hội)(?:[^\pL]|$)`)
	policy  = regexp.MustCompile(`^(?:thương binh|bệnh binh|con liệt sĩ|vợ liệt sĩ|mẹ vnah|người có công|gia đình chính sách|tb \d)`)
)

// readStatus learns from every column that may tell it whether the person is still a member.
func (t *tableReader) readStatus(r *SheetRow, row int) {
	if t.list != "" {
		r.Status, r.list = t.list, true
		r.How = map[string]EndHow{RowDeceased: Died, RowMoved: MovedAway, RowLeft: Resigned}[t.list]
	}
	if col := t.at(UseDied); col >= 0 && t.g.text(row, col) != "" {
		d := t.date(row, col, t.year())
		if text := t.value(row, UseDied); d.bad {
			t.readRemark(r, "mất "+text)
			if r.Status != RowDeceased {
				r.because(LevelWarn, "remark-unclear", text)
			}
		} else if !d.IsZero() {
			r.end(RowDeceased, Died, d.Date)
		}
	}
	for _, use := range []string{UseState, UseNote, UseHardship, UsePolicy} {
		if s := t.value(row, use); s != "" {
			t.readRemark(r, s)
		}
	}
	if col := t.at(UseLeft); col >= 0 {
		if d := t.date(row, col, t.year()); !d.IsZero() {
			if r.Status == RowActive {
				r.end(RowLeft, Resigned, d.Date)
			} else if r.On.IsZero() {
				r.On = d.Date
			}
		}
	}
	r.Note = joinNotes(r.Note, keepNote(t.value(row, UseNote)))
}

// end says that the person is no member any more; a day that is known already stays.
func (r *SheetRow) end(status string, how EndHow, on vi.Date) {
	r.Status, r.How = status, how
	if r.On.IsZero() || !on.IsZero() && r.On.Covers(on) {
		r.On = on
	}
}

// readRemark reads a remark into the row.
func (t *tableReader) readRemark(r *SheetRow, text string) {
	for _, clause := range clauseEnd.Split(text, -1) {
		t.readClause(r, strings.ToLower(vi.PlaceTones(vi.Clean(clause))), vi.Clean(clause))
	}
}

func (t *tableReader) readClause(r *SheetRow, clause, original string) {
	switch {
	case clause == "":
	case ownDeath.MatchString(clause) && !lostThing.MatchString(clause), deadMark.MatchString(clause):
		r.end(RowDeceased, Died, t.dateIn(clause))
	case deathWords.MatchString(clause):
		if !lostThing.MatchString(clause) && !kinWords.MatchString(clause) {
			r.because(LevelWarn, "remark-unclear", original)
		}
	case r.Status == RowDeceased:
	case strings.Contains(clause, "không còn sinh hoạt"), strings.Contains(clause, "nhập nhầm"):
		r.because(LevelWarn, "remark-unclear", original)
	case exempt.MatchString(clause):
		r.Exempt = true
		r.set("state", "miễn sinh hoạt")
	case leftWord.MatchString(clause):
		t.readLeft(r, clause, original)
	case notMoves.MatchString(clause):
	case movedWord.MatchString(clause), movedOther.MatchString(clause):
		t.readMove(r, clause, original)
	case offices.MatchString(clause):
		r.set("office", original)
	case policy.MatchString(clause):
		r.set("policy", original)
	}
}

func (t *tableReader) readLeft(r *SheetRow, clause, original string) {
	if kinWords.MatchString(clause[:len(clause)-len(strings.TrimLeft(clause, " "))]) || strings.HasPrefix(clause, "không ") && !strings.HasPrefix(clause, "không tham gia nữa") {
		r.because(LevelWarn, "remark-unclear", original)
		return
	}
	how := Resigned
	switch {
	case expelled.MatchString(clause):
		how = Expelled
	case struck.MatchString(clause):
		how = Removed
	}
	on := t.dateIn(clause)
	r.end(RowLeft, how, on)
	r.set("left_date", on.ISO())
}

// readMove tells who comes, who goes, and who only changes the branch.
func (t *tableReader) readMove(r *SheetRow, clause, original string) {
	if m := fromPlace.FindStringSubmatch(clause); m != nil {
		r.set("moved_from", tailOf(original, m[1]+m[2]))
		return
	}
	if justCame.MatchString(clause) {
		r.set("moved_from", "")
		return
	}
	to := ""
	if m := movedTo.FindStringSubmatch(clause); m != nil {
		to = m[1]
	} else if m := movedOther.FindStringSubmatch(clause); m != nil {
		to = m[1]
	} else {
		if !kinWords.MatchString(clause) {
			r.because(LevelWarn, "remark-unclear", original)
		} else if movedWord.MatchString(clause) {
			r.because(LevelWarn, "remark-unclear", original)
		}
		return
	}
	on := t.dateIn(to)
	if p := t.rd.place(anyDate.ReplaceAllString(to, ""), false); p.group > 0 {
		if p.group == r.Group {
			return
		}
		r.set("transfer_to", "TDP "+itoa(p.group))
		r.because(LevelWarn, "branch-transfer", original)
		return
	}
	place := strings.Trim(anyDate.ReplaceAllString(tailOf(original, to), ""), " ,.()-")
	place = regexpTrimDateWords.ReplaceAllString(place, "")
	r.end(RowMoved, MovedAway, on)
	if !strings.Contains(clause, "chuyển trường") {
		r.To = place
		r.set("moved_to", place)
	}
	r.set("moved_date", on.ISO())
}

var regexpTrimDateWords = regexp.MustCompile(`(?i)\s*(?:từ|vào|hồi)?\s*(?:ngày|tháng|năm)?\s*$`)

// tailOf finds in the original the end that was matched in lower case.
func tailOf(original, lower string) string {
	lower = strings.TrimSpace(lower)
	runes, n := []rune(original), len([]rune(lower))
	if n == 0 || n > len(runes) {
		return ""
	}
	for i := 0; i+n <= len(runes); i++ {
		if strings.ToLower(vi.PlaceTones(string(runes[i:i+n]))) == lower {
			return string(runes[i : i+n])
		}
	}
	return lower
}

// dateIn gives the first date of a clause; unknown where there is none or where it cannot be.
func (t *tableReader) dateIn(clause string) vi.Date {
	s := anyDate.FindString(clause)
	if s == "" {
		return vi.Date{}
	}
	s = strings.TrimSpace(strings.NewReplacer("tháng ", "", " năm ", "/", "năm ", "").Replace(s))
	d, err := vi.ParseDate(s, t.year())
	if err != nil {
		return vi.Date{}
	}
	return d.Date
}

// keepNote is a remark without what the portal does not keep as free text.
func keepNote(text string) string {
	if private.MatchString(strings.ToLower(text)) {
		return ""
	}
	return text
}

func joinNotes(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "" || a == b:
		return a
	}
	return a + "; " + b
}
