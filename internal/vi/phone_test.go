package vi

import (
	"errors"
	"slices"
	"testing"
)

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Phone{
		"0905123456":                  {Number: "0905123456", Kind: Mobile},
		"0905.123.456":                {Number: "0905123456", Kind: Mobile},
		"0905 123 456":                {Number: "0905123456", Kind: Mobile},
		"+84 905 123 456":             {Number: "0905123456", Kind: Mobile},
		"+84905123456":                {Number: "0905123456", Kind: Mobile},
		"(+84) 905-123-456":           {Number: "0905123456", Kind: Mobile},
		"84330005217":                 {Number: "0330005217", Kind: Mobile},
		"0084905123456":               {Number: "0905123456", Kind: Mobile},
		"+84 0905 123 456":            {Number: "0905123456", Kind: Mobile},
		"860004160":                   {Number: "0860004160", Kind: Mobile, Notices: []PhoneNotice{PhoneZeroAdded}},
		"840000840":                   {Number: "0840000840", Kind: Mobile, Notices: []PhoneNotice{PhoneZeroAdded}}, // 084, no country code
		"O905 123 456":                {Number: "0905123456", Kind: Mobile, Notices: []PhoneNotice{PhoneLetterO}},
		"01640000896":                 {Number: "0340000896", Kind: Mobile, Notices: []PhoneNotice{PhoneOldPrefix}},
		"01990004344":                 {Number: "0590004344", Kind: Mobile, Notices: []PhoneNotice{PhoneOldPrefix}},
		"1640003159":                  {Number: "0340003159", Kind: Mobile, Notices: []PhoneNotice{PhoneZeroAdded, PhoneOldPrefix}},
		"0255 3823 444":               {Number: "02553823444", Kind: Landline},
		"0255 0007983":                {Number: "02550007983", Kind: Landline},
		"2553823444":                  {Number: "02553823444", Kind: Landline, Notices: []PhoneNotice{PhoneZeroAdded}},
		"055 3000443":                 {Number: "0553000443", Kind: Mobile, Notices: []PhoneNotice{PhoneAmbiguous}},
		"0551234567":                  {Number: "0551234567", Kind: Mobile},
		"0320009072 / 0330002282":     {Number: "0320009072", Kind: Mobile, Second: "0330002282"},
		"0580003385, 0560002712":      {Number: "0580003385", Kind: Mobile, Second: "0560002712"},
		"0700008442; 0380004891":      {Number: "0700008442", Kind: Mobile, Second: "0380004891"},
		"0370 005 168 - 0970 008 918": {Number: "0370005168", Kind: Mobile, Second: "0970008918"},
		"0370005168-0970008918":       {Number: "0370005168", Kind: Mobile, Second: "0970008918"},
		"3.000.506 / 0905123456":      {Number: "0905123456", Kind: Mobile},
		"0905123456 / 123":            {Number: "0905123456", Kind: Mobile},
		"0340001259 (con)":            {Number: "0340001259", Kind: Mobile, Owner: "con"},
		"con trai: 0380 001 926":      {Number: "0380001926", Kind: Mobile, Owner: "con trai"},
		"ĐT: 0905123456":              {Number: "0905123456", Kind: Mobile},
		"":                            {}, "không có": {}, " - ": {}, "Không": {}, "chưa có": {},
	} {
		got, err := ParsePhone(in)
		if err != nil || got.Number != want.Number || got.Kind != want.Kind || got.Second != want.Second || got.Owner != want.Owner || !slices.Equal(got.Notices, want.Notices) {
			t.Errorf("ParsePhone(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
}

func TestParsePhoneRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]PhoneReason{
		"3.000.506": PhoneIncomplete, "089000389": PhoneIncomplete, "0905 12345": PhoneIncomplete, "0255 382344": PhoneIncomplete,
		"09051234567": PhoneTooLong, "090512345678": PhoneTooLong, "0405123456": PhoneNoPrefix, "0131000000": PhoneNoPrefix,
		"+1 202 555 0100": PhoneNoPrefix, "hỏi con": PhoneUnreadable, "0955123456": PhoneNoPrefix,
	} {
		var e *PhoneError
		got, err := ParsePhone(in)
		if !errors.As(err, &e) || e.Reason != want || got.Number != "" || e.Error() == "" {
			t.Errorf("ParsePhone(%q) = %+v, %v; want %s", in, got, err, want)
		}
	}
}

func TestPhoneDisplay(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"0905123456": "0905 123 456", "02553823444": "0255 3823 444", "": "", "114": "114", "không": "không"} {
		if got := PhoneDisplay(in); got != want {
			t.Errorf("PhoneDisplay(%q) = %q", in, got)
		}
	}
	p, _ := ParsePhone("055 3000443")
	if p.Display() != "0553 000 443" || !p.Has(PhoneAmbiguous) || p.Has(PhoneZeroAdded) || PhoneAmbiguous.Label() == PhoneZeroAdded.Label() {
		t.Errorf("%+v", p)
	}
	if PhoneLink("0905123456") != "tel:+84905123456" {
		t.Error("link")
	}
}

func TestParseID(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]ID{
		"051046000123":    {Number: "051046000123", Kind: CCCD, Province: "Quảng Ngãi", Sex: Male, BirthYear: 1946},
		"999 150 519 593": {Number: "999150519593", Kind: CCCD, Sex: Female, BirthYear: 1950},
		"051302000000":    {Number: "051302000000", Kind: CCCD, Province: "Quảng Ngãi", Sex: Female, BirthYear: 2002},
		"51046000000":     {Number: "051046000000", Kind: CCCD, ZeroAdded: true, Province: "Quảng Ngãi", Sex: Male, BirthYear: 1946},
		"1046000000":      {Number: "001046000000", Kind: CCCD, ZeroAdded: true, Province: "Hà Nội", Sex: Male, BirthYear: 1946},
		"992399328":       {Number: "992399328", Kind: CMND},
		"21234567":        {Number: "021234567", Kind: CMND, ZeroAdded: true},
		"051.899.000.001": {Number: "051899000001", Kind: CCCD, Province: "Quảng Ngãi", Sex: Male, BirthYear: 1899},
		"":                {}, "không có": {}, "-": {}, "chưa làm": {},
	} {
		if got, err := ParseID(in); err != nil || got != want {
			t.Errorf("ParseID(%q) = %+v, %v; want %+v", in, got, err, want)
		}
	}
	for in, want := range map[string]IDReason{
		"9.99142E+11": IDDigitsLost, "9,99142e+11": IDDigitsLost, "99915897574": IDLength, "0510460001234": IDLength, "123": IDLength,
		"05104600012O": IDLetters, "NCT-1001": IDLetters,
	} {
		var e *IDError
		if got, err := ParseID(in); !errors.As(err, &e) || e.Reason != want || got != (ID{}) || e.Error() == "" {
			t.Errorf("ParseID(%q) = %+v, %v; want %s", in, got, err, want)
		}
	}
}

func TestIDAgrees(t *testing.T) {
	t.Parallel()
	id, err := ParseID("051146000023")
	if err != nil {
		t.Fatal(err)
	}
	if !id.Agrees(Female, d(1946, 7)) || !id.Agrees("", Date{}) || !id.Agrees("", Date{Year: 1947, Estimated: true}) {
		t.Error("should agree")
	}
	if id.Agrees(Male, Date{}) || id.Agrees("", d(1947)) {
		t.Error("should not agree")
	}
	if id.Mask() != "051*******23" || id.Last4() != "0023" || MaskID("992399328") != "992****28" || MaskID("1234") != "****" || (ID{}).Last4() != "" {
		t.Error(id.Mask(), id.Last4(), MaskID("992399328"))
	}
	cmnd, _ := ParseID("992399328")
	if !cmnd.Agrees(Male, d(1900)) {
		t.Error("a CMND tells nothing")
	}
}
