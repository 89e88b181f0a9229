package vi

import (
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func d(parts ...int) Date {
	parts = append(parts, 0, 0, 0)
	return Date{Year: parts[0], Month: parts[1], Day: parts[2]}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Date{
		"15/7/1942": d(1942, 7, 15), "15-07-1942": d(1942, 7, 15), "15.7.1942": d(1942, 7, 15), " 5 / 9 / 1953 ": d(1953, 9, 5),
		"15 7 1942": d(1942, 7, 15), "1942-07-15": d(1942, 7, 15), "1942-07-15T00:00:00Z": d(1942, 7, 15), "1942/7/5 00:00:00": d(1942, 7, 5),
		"7/1942": d(1942, 7), "07-1942": d(1942, 7), "1942-07": d(1942, 7), "1942": d(1942), " 1942\u00a0": d(1942),
		"00/00/1942": d(1942), "00/07/1942": d(1942, 7), "--/7/1942": d(1942, 7), "--/11/1951": d(1951, 11), "../../1946": d(1946),
		"-/-/1946": d(1946), "xx/xx/1946": d(1946), "??/7/1946": d(1946, 7), "00/1942": d(1942), "0/0/1942": d(1942),
		"sinh năm 1942": d(1942), "SN 1942": d(1942), "sn1942": d(1942), "S.N 1942": d(1942), "sinh 1942": d(1942), "Sinh ngày 15/7/1942": d(1942, 7, 15), "NS: 1942": d(1942),
		"năm 1942": d(1942), "ngày 15 tháng 7 năm 1942": d(1942, 7, 15), "tháng 7 năm 1942": d(1942, 7), "Tháng 7/1942": d(1942, 7),
		"29/02/1948": d(1948, 2, 29), "": {}, " - ": {}, "không rõ": {}, "Không nhớ": {}, "?": {},
	} {
		got, err := ParseDate(in, 2023)
		if err != nil || got.Date != want || got.TwoDigitYear {
			t.Errorf("ParseDate(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
}

func TestParseDateEstimatesAndCenturies(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"khoảng 1942", "Khoảng năm 1942", "~1942", "1942?", "1942 (?)", "chừng 1942", "sinh khoảng 1942"} {
		got, err := ParseDate(in, 2023)
		if err != nil || got.Date != (Date{Year: 1942, Estimated: true}) {
			t.Errorf("ParseDate(%q) = %+v, %v", in, got, err)
		}
	}
	for in, want := range map[string]Date{
		"15.7.42": d(1942, 7, 15), "9/9/61": d(1961, 9, 9), "1/1/23": d(2023, 1, 1), "1/1/24": d(1924, 1, 1), "7/42": d(1942, 7),
	} {
		got, err := ParseDate(in, 2023)
		if err != nil || got.Date != want || !got.TwoDigitYear {
			t.Errorf("ParseDate(%q) = %+v, %v", in, got, err)
		}
	}
	if got, _ := ParseDate("5/6/10", 1965); got.Year != 1910 {
		t.Errorf("a list of the elderly: %+v", got)
	}
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]DateReason{
		"31/02/1950": DateBadDay, "30/02/1948": DateBadDay, "31/04/1947": DateBadDay, "29/02/1949": DateBadDay, "32/1/1950": DateBadDay,
		"15/13/1950": DateBadMonth, "07/15/1942": DateBadMonth, "13/1942": DateBadMonth, "1942-13-01": DateBadMonth,
		"15/00/1942": DateNoMonth, "19441": DateUnreadable, "194": DateUnreadable, "1/2/3/4": DateUnreadable, "mất 2015": DateUnreadable,
		"15/7/194?": DateUnreadable, "5/7": DateUnreadable, "15/07": DateTwoMonths, "01/01/0000": DateNoYear, "abc": DateUnreadable, "1942-1945": DateUnreadable,
	} {
		got, err := ParseDate(in, 2023)
		var e *DateError
		if !errors.As(err, &e) || e.Reason != want || e.Error() == "" || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %+v, %v; want %s", in, got, err, want)
		}
	}
}

func TestNewYearsDayIsMostlyTheYear(t *testing.T) {
	t.Parallel()
	p, err := ParseDate("01/01/1951", 2023)
	if err != nil || !p.NewYearsDay {
		t.Fatalf("%+v %v", p, err)
	}
	if y, changed := p.YearIfNewYearsDay(); !changed || y != d(1951) {
		t.Errorf("got %+v %v", y, changed)
	}
	for _, keep := range []Date{d(1975, 1, 1), d(1951, 1, 2), d(1951, 1), d(1951)} {
		if got, changed := keep.YearIfNewYearsDay(); changed || got != keep {
			t.Errorf("%+v changed to %+v", keep, got)
		}
	}
}

func TestFromParts(t *testing.T) {
	t.Parallel()
	for in, want := range map[[3]string]Date{
		{"15", "7", "1942"}: d(1942, 7, 15), {" 05 ", "07", "1942"}: d(1942, 7, 5), {"", "7", "1942"}: d(1942, 7), {"", "", "1942"}: d(1942),
		{"00", "0", "1942"}: d(1942), {"--", "", "1942"}: d(1942), {"", "", ""}: {}, {"0", "0", "0"}: {},
	} {
		if got, err := FromParts(in[0], in[1], in[2]); err != nil || got != want {
			t.Errorf("FromParts(%q) = %+v, %v", in, got, err)
		}
	}
	for in, want := range map[[3]string]DateError{
		{"31", "02", "1950"}: {Part: PartDay, Reason: DateBadDay}, {"32", "1", "1950"}: {Part: PartDay, Reason: DateBadDay},
		{"100", "1", "1950"}: {Part: PartDay, Reason: DateBadDay}, {"1", "13", "1950"}: {Part: PartMonth, Reason: DateBadMonth},
		{"1", "", "1950"}: {Part: PartMonth, Reason: DateNoMonth}, {"1", "2", ""}: {Part: PartYear, Reason: DateNoYear},
		{"1", "2", "42"}: {Part: PartYear, Reason: DateBadYear}, {"1", "2", "194200"}: {Part: PartYear, Reason: DateBadYear},
		{"a", "2", "1942"}: {Part: PartDay, Reason: DateNotNumber}, {"1", "bảy", "1942"}: {Part: PartMonth, Reason: DateNotNumber},
		{"1", "2", "năm"}: {Part: PartYear, Reason: DateNotNumber}, {"-1", "2", "+1942"}: {Part: PartYear, Reason: DateNotNumber},
	} {
		got, err := FromParts(in[0], in[1], in[2])
		var e *DateError
		if !errors.As(err, &e) || e.Part != want.Part || e.Reason != want.Reason || got != (Date{}) {
			t.Errorf("FromParts(%q) = %+v, %v; want %s %s", in, got, err, want.Part, want.Reason)
		}
	}
	_, err := FromParts("31", "02", "1950")
	if err == nil || err.Error() != "Tháng 2 năm 1950 chỉ có 28 ngày." {
		t.Errorf("sentence: %v", err)
	}
}

func TestISOAndDisplay(t *testing.T) {
	t.Parallel()
	for date, want := range map[Date][2]string{
		d(1942): {"1942", "1942"}, d(1942, 7): {"1942-07", "07/1942"}, d(1942, 7, 5): {"1942-07-05", "05/07/1942"},
		{}: {"", ""}, {Year: 1942, Estimated: true}: {"1942~", "khoảng 1942"},
	} {
		if date.ISO() != want[0] || date.Display() != want[1] {
			t.Errorf("%+v: %q %q", date, date.ISO(), date.Display())
		}
		if back, err := ParseISO(date.ISO()); err != nil || back != date {
			t.Errorf("ParseISO(%q) = %+v, %v", date.ISO(), back, err)
		}
	}
	for _, bad := range []string{"42", "1942-7", "1942-13", "1942-02-30", "1942-00", "0000", "1942-07-15 ", "15/07/1942", "~", "1942-07-00"} {
		if got, err := ParseISO(bad); err == nil || got != (Date{}) {
			t.Errorf("ParseISO(%q) = %+v", bad, got)
		}
	}
}

func TestDateStores(t *testing.T) {
	t.Parallel()
	v, err := d(1942, 7).Value()
	if err != nil || v != "1942-07" {
		t.Errorf("Value = %v, %v", v, err)
	}
	if v, err := (Date{}).Value(); v != nil || err != nil {
		t.Errorf("unknown must be NULL: %v, %v", v, err)
	}
	if _, err := d(1942, 13).Value(); err == nil {
		t.Error("month 13 stored")
	}
	for _, src := range []any{"1942-07-15", []byte("1942-07-15"), time.Date(1942, 7, 15, 0, 0, 0, 0, time.UTC)} {
		got := d(1)
		if err := got.Scan(src); err != nil || got != d(1942, 7, 15) {
			t.Errorf("Scan(%v) = %+v, %v", src, got, err)
		}
	}
	got := d(1942)
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("Scan(nil) = %+v, %v", got, err)
	}
	if got.Scan(int64(5)) == nil || got.Scan("mai") == nil {
		t.Error("nonsense scanned")
	}
	b, err := json.Marshal(map[string]Date{"birth": d(1942, 7)})
	if err != nil || string(b) != `{"birth":"1942-07"}` {
		t.Errorf("json %s %v", b, err)
	}
	var back map[string]Date
	if err := json.Unmarshal(b, &back); err != nil || back["birth"] != d(1942, 7) {
		t.Errorf("json back %+v %v", back, err)
	}
}

func TestDateBoundsAndOrder(t *testing.T) {
	t.Parallel()
	for date, want := range map[Date][2]string{
		d(1948): {"1948-01-01", "1948-12-31"}, d(1948, 2): {"1948-02-01", "1948-02-29"}, d(1949, 2): {"1949-02-01", "1949-02-28"},
		d(1948, 12): {"1948-12-01", "1948-12-31"}, d(1948, 7, 15): {"1948-07-15", "1948-07-15"},
	} {
		if got := [2]string{date.First().Format(time.DateOnly), date.Last().Format(time.DateOnly)}; got != want {
			t.Errorf("%s: %v", date.ISO(), got)
		}
	}
	if !(Date{}).First().IsZero() || !(Date{}).Last().IsZero() {
		t.Error("unknown has no bounds")
	}
	want := []Date{{}, d(1942), d(1942, 1), d(1942, 1, 1), d(1942, 7), d(1943)}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Date.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("order %+v", got)
	}
	if !d(1942).SurelyBefore(d(1943)) || d(1942).SurelyBefore(d(1942, 12, 31)) || (Date{}).SurelyBefore(d(1942)) {
		t.Error("SurelyBefore")
	}
	if !d(1942).Covers(d(1942, 7, 15)) || d(1942, 8).Covers(d(1942, 7, 15)) || d(1942, 7).Covers(d(1942)) {
		t.Error("Covers")
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	if age, ok := d(1942, 12, 31).AgeIn(2023); age != 81 || !ok {
		t.Errorf("age %d %v", age, ok)
	}
	if _, ok := d(2024).AgeIn(2023); ok {
		t.Error("born later")
	}
	if _, ok := (Date{}).AgeIn(2023); ok {
		t.Error("unknown birth has no age")
	}
	day, certain := d(1963, 7).Reaches(60)
	if day.Format(time.DateOnly) != "2023-07-01" || certain {
		t.Errorf("Reaches %v %v", day, certain)
	}
	if _, certain := d(1963, 7, 2).Reaches(60); !certain {
		t.Error("a full birthday is certain")
	}
	if FromAge(80, 2023) != (Date{Year: 1943, Estimated: true}) {
		t.Error("FromAge")
	}
}

func TestCheckPast(t *testing.T) {
	t.Parallel()
	// 30/11 20:00 UTC is already 01/12 in Vietnam.
	today := time.Date(2023, 11, 30, 20, 0, 0, 0, time.UTC)
	for _, ok := range []Date{{}, d(1900), d(1942, 7, 15), d(2023), d(2023, 12), d(2023, 12, 1)} {
		if err := CheckPast(ok, today); err != nil {
			t.Errorf("%s: %v", ok.ISO(), err)
		}
	}
	for date, want := range map[Date]DateReason{d(1850): DateTooEarly, d(1899, 12, 31): DateTooEarly, d(2023, 12, 2): DateFuture, d(2031): DateFuture} {
		var e *DateError
		if err := CheckPast(date, today); !errors.As(err, &e) || e.Reason != want {
			t.Errorf("%s: %v", date.ISO(), err)
		}
	}
	if !VeryOld(d(1913), today) || VeryOld(d(1914), today) || VeryOld(Date{}, today) {
		t.Error("VeryOld begins at 110")
	}
}

func TestFromExcelSerial(t *testing.T) {
	t.Parallel()
	for serial, want := range map[float64]Date{
		1: d(1900, 1, 1), 59: d(1900, 2, 28), 61: d(1900, 3, 1), 15537: d(1942, 7, 15), 45261.7: d(2023, 12, 1), maxSerial: d(9999, 12, 31),
	} {
		if got, err := FromExcelSerial(serial, false); err != nil || got != want {
			t.Errorf("serial %v = %+v, %v; want %+v", serial, got, err, want)
		}
	}
	if got, err := FromExcelSerial(15537-1462, true); err != nil || got != d(1942, 7, 15) {
		t.Errorf("1904 system: %+v, %v", got, err)
	}
	for _, bad := range []float64{-1, 0, 0.5, 60, 60.9, maxSerial + 1, 1e12, math.NaN(), math.Inf(1)} {
		if got, err := FromExcelSerial(bad, false); err == nil || got != (Date{}) {
			t.Errorf("serial %v = %+v", bad, got)
		}
	}
}

func TestDocumentDates(t *testing.T) {
	t.Parallel()
	for iso, want := range map[string]string{ // the vectors of handbook §2.3
		"2023-12-01": "ngày 01 tháng 12 năm 2023", "2024-02-05": "ngày 05 tháng 02 năm 2024", "2024-03-09": "ngày 09 tháng 3 năm 2024",
		"2020-01-05": "ngày 05 tháng 01 năm 2020", "2019-06-29": "ngày 29 tháng 6 năm 2019", "2023-10-31": "ngày 31 tháng 10 năm 2023",
	} {
		day, err := time.ParseInLocation(time.DateOnly, iso, Location())
		if err != nil {
			t.Fatal(err)
		}
		if got := LongDate(day); got != want {
			t.Errorf("%s: %q, want %q", iso, got, want)
		}
	}
	at := time.Date(2023, 12, 4, 9, 54, 0, 0, time.UTC)
	if ShortDate(at) != "04/12/2023" || ShortDateTime(at) != "04/12/2023 16:54" || ClockTime(at) != "16:54" || Weekday(at) != "Thứ Hai" {
		t.Errorf("%s %s %s", ShortDateTime(at), ClockTime(at), Weekday(at))
	}
	late := time.Date(2023, 11, 30, 17, 0, 0, 0, time.UTC)
	if ShortDate(late) != "01/12/2023" || Weekday(late) != "Thứ Sáu" || DayOf(late) != d(2023, 12, 1) {
		t.Error("the day begins at midnight in Vietnam")
	}
	if got := Today(late); !got.Equal(late) || got.Location() != Location() {
		t.Errorf("Today = %v", got)
	}
}

func TestTet(t *testing.T) {
	t.Parallel()
	if day, ok := TetOf(2024); !ok || day != d(2024, 2, 10) {
		t.Errorf("2024: %+v", day)
	}
	if day, ok := TetOf(2030); !ok || day != d(2030, 2, 2) {
		t.Errorf("2030: %+v", day)
	}
	if _, ok := TetOf(2022); ok {
		t.Error("2022 is outside the table")
	}
	if SpringName(2024) != "Xuân Giáp Thìn 2024" || LunarYearName(2026) != "Bính Ngọ" || LunarYearName(2025) != "Ất Tỵ" {
		t.Error(SpringName(2024), LunarYearName(2026))
	}
}

func TestDateProperties(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(ISOPattern)
	rapid.Check(t, func(t *rapid.T) {
		x := Date{Year: rapid.IntRange(1000, 2100).Draw(t, "y"), Estimated: rapid.Bool().Draw(t, "e")}
		if x.Month = rapid.IntRange(0, 12).Draw(t, "m"); x.Month > 0 {
			x.Day = rapid.IntRange(0, daysIn(x.Year, x.Month)).Draw(t, "d")
		}
		if back, err := ParseISO(x.ISO()); err != nil || back != x || !pattern.MatchString(x.ISO()) {
			t.Fatalf("%q: %+v %v", x.ISO(), back, err)
		}
		if back, err := ParseDate(x.Display(), 2023); err != nil || back.Date != x {
			t.Fatalf("%q: %+v %v", x.Display(), back, err)
		}
		if x.Last().Before(x.First()) || !x.Covers(DayOf(x.First())) || !x.Covers(DayOf(x.Last())) {
			t.Fatalf("%q: bounds %v %v", x.ISO(), x.First(), x.Last())
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"15/7/1942", "--/7/1942", "sinh năm 1942", "15.7.42", "khoảng 1942", "1942?", "00/00/1942", "../../1946", "ngày 15 tháng 7 năm 1942"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseDate(s, 2023)
		if err != nil {
			if got != (ParsedDate{}) {
				t.Fatalf("%q: date %+v beside error %v", s, got, err)
			}
			return
		}
		if back, err := ParseISO(got.ISO()); err != nil || back != got.Date {
			t.Fatalf("%q read as %+v, stored as %q: %v", s, got, got.ISO(), err)
		}
	})
}

func FuzzFromParts(f *testing.F) {
	f.Add("15", "7", "1942")
	f.Add("--", "00", "1942")
	f.Add("31", "2", "0000")
	f.Fuzz(func(t *testing.T, day, month, year string) {
		got, err := FromParts(day, month, year)
		var e *DateError
		switch {
		case err != nil && (!errors.As(err, &e) || e.Part == "" || got != (Date{})):
			t.Fatalf("%q %q %q: %+v %v", day, month, year, got, err)
		case err == nil && got.Valid() != nil:
			t.Fatalf("%q %q %q: %+v is no date", day, month, year, got)
		}
	})
}
