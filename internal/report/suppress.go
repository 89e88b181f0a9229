package report

// SmallCell is the bound below which a public count could point at a person (product.md §2.9).
const SmallCell = 5

// Suppress decides which counts of a public breakdown are hidden: those from 1 to 4, and, when exactly one is hidden and
// a total stands beside them, the next smallest too, from which the hidden one could be worked out. With shownTotal false
// only the small ones are hidden. The result is parallel to counts; negative counts do not occur.
func Suppress(counts []int64, shownTotal bool) []bool {
	hidden := make([]bool, len(counts))
	var sum int64
	n := 0
	for i, c := range counts {
		if c > 0 && c < SmallCell {
			hidden[i] = true
			sum += c
			n++
		}
	}
	// Even several hidden cells tell too much when together they are still small.
	for shownTotal && n > 0 && (n == 1 || sum < SmallCell) {
		next := -1
		for i, c := range counts {
			if !hidden[i] && c > 0 && (next < 0 || c < counts[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		hidden[next] = true
		sum += counts[next]
		n++
	}
	return hidden
}

// PublicText shows a figure in public or exported tables: small cells of rows that ask for it become "<5".
func PublicText(ind Indicator, v Value) string {
	if n, ok := v.Int(); ok && ind.SuppressSmall && n > 0 && n < SmallCell {
		return "<5"
	}
	return v.String()
}
