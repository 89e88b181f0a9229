package vi

import "strings"

var digitWords = [...]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// NumberInWords spells n as it is read: "hai mươi mốt", "một trăm linh năm",
// "âm ba". Northern standard forms are used: linh, nghìn, tỷ.
func NumberInWords(n int64) string {
	if n == 0 {
		return digitWords[0]
	}
	u := uint64(n)
	if n < 0 {
		return "âm " + strings.Join(readBig(-u, false), " ") // -u is right for the least int64 too
	}
	return strings.Join(readBig(u, false), " ")
}

// DongInWords is the line "Bằng chữ" of receipts: "Hai mươi lăm triệu năm trăm
// nghìn đồng" (handbook §2.3).
func DongInWords(n int64) string { return Sentence(NumberInWords(n)) + " đồng" }

const billion = 1_000_000_000

// readBig reads n by billions: what stands above a tỷ is a number of its own
// ("hai nghìn tỷ"). inner asks for the hundreds of the first group to be spoken
// even when they are zero.
func readBig(n uint64, inner bool) []string {
	var out []string
	if n >= billion {
		out = append(readBig(n/billion, inner), "tỷ")
		n %= billion
		inner = true
	}
	for _, g := range []struct {
		size uint64
		name string
	}{{1_000_000, "triệu"}, {1_000, "nghìn"}, {1, ""}} {
		v := int(n / g.size % 1000)
		if v == 0 {
			continue
		}
		out = append(out, readTriple(v, inner)...)
		if g.name != "" {
			out = append(out, g.name)
		}
		inner = true
	}
	return out
}

// readTriple reads 1…999; full says that a higher group was read before.
func readTriple(v int, full bool) []string {
	hundreds, tens, units := v/100, v/10%10, v%10
	var out []string
	if hundreds > 0 || full {
		out = append(out, digitWords[hundreds], "trăm")
	}
	switch {
	case tens == 0 && units > 0 && len(out) > 0:
		out = append(out, "linh")
	case tens == 1:
		out = append(out, "mười")
	case tens > 1:
		out = append(out, digitWords[tens], "mươi")
	}
	switch {
	case units == 0:
	case units == 1 && tens > 1:
		out = append(out, "mốt")
	case units == 4 && tens > 1:
		out = append(out, "tư")
	case units == 5 && tens > 0:
		out = append(out, "lăm")
	default:
		out = append(out, digitWords[units])
	}
	return out
}
