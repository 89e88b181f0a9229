package href

// Import is a roster file that was brought: its plan, or what became of it.
func Import(run int64) string { return MemberImport + "/" + id(run) }

// ImportDo is a page below a roster file: "cot", "ghi", "hoan-tac", "dong-can-xem.xlsx", …
func ImportDo(run int64, act string) string { return Import(run) + "/" + act }

// ImportRow is the form of one row of a roster file.
func ImportRow(run int64, place int) string { return Import(run) + "/dong/" + id(int64(place)) }
