package report

import (
	"fmt"
	"slices"

	"wardportal/internal/association"
	"wardportal/internal/vi"
)

const (
	movementRule = "G1"
	fundRule     = "G7"
	memAdjust    = "GEN.MEM.ADJ"
)

// rules holds every rule that speaks about figures alone, in the order of handbook §4.8, then §4.3–4.7.
// G4 and G9–G11 hold for every row and stand in rule_rows.go; G13 is the workflow's.
var rules = slices.Concat(generalRules, pairRules(), nctRules, dacamRules, khocRules, tnxpRules, tynRules, prisonRules())

// rule builds one entry; its expressions may use "X.*" over the registry.
func rule(id string, severity Severity, left string, op Op, right, message string, kinds ...association.KindCode) Rule {
	codes := make([]string, len(Registry))
	for i, ind := range Registry {
		codes[i] = ind.Code
	}
	return Rule{
		ID: id, Kinds: kinds, Left: mustExpr(left, codes...), Op: op, Right: mustExpr(right, codes...),
		Severity: severity, Message: message,
	}
}

func ledger(r Rule) Rule {
	r.Ledger = true
	return r
}

var generalRules = []Rule{
	ledger(rule(movementRule, Block,
		"GEN.MEM.BEGIN + GEN.MEM.NEW + GEN.MEM.IN + GEN.MEM.ADJ? - GEN.MEM.OUT - GEN.MEM.DEAD - GEN.MEM.LEFT", Equal, "GEN.MEM.END",
		"Hội viên chưa khớp: tính ra {left}, ô cuối kỳ ghi {right}, chênh {gap} người. Ông/bà xem lại từng số, hoặc đưa phần chênh vào “Điều chỉnh do rà soát”.")),
	rule("G2", Warn, "GEN.MEM.BEGIN", Equal, "prev(GEN.MEM.END)",
		"Hội viên đầu kỳ {left} khác số cuối kỳ năm {last} là {right}. Ông/bà ghi rõ vì sao."),
	rule("G2.QUY", Warn, "GEN.FUND.OPEN", Equal, "prev(GEN.FUND.CLOSE)",
		"Tồn quỹ đầu kỳ {left} đồng khác số cuối kỳ năm {last} là {right} đồng. Ông/bà ghi rõ vì sao."),
	rule("G3.NU", Block, "GEN.MEM.FEMALE", AtMost, "GEN.MEM.END", "Hội viên nữ {left} nhiều hơn tổng số hội viên {right}."),
	rule("G3.DANG", Block, "GEN.MEM.PARTY", AtMost, "GEN.MEM.END", "Đảng viên {left} nhiều hơn tổng số hội viên {right}."),
	rule("G3.THE", Block, "GEN.MEM.CARD", AtMost, "GEN.MEM.END", "Hội viên được cấp thẻ {left} nhiều hơn tổng số hội viên {right}."),
	rule("G3.NGHEO", Block, "GEN.MEM.POOR + GEN.MEM.NPOOR", AtMost, "GEN.MEM.END",
		"Hội viên hộ nghèo và cận nghèo cộng lại {left}, nhiều hơn tổng số hội viên {right}."),
	rule("G5.BTV", Block, "GEN.ORG.BTV", AtMost, "GEN.ORG.BCH",
		"Ban Thường vụ có {left} người, nhiều hơn Ban Chấp hành có {right}. Ủy viên Ban Thường vụ cũng là ủy viên Ban Chấp hành."),
	rule("G5.BCH", Block, "GEN.ORG.BCH", AtMost, "GEN.ORG.BCH_QUOTA",
		"Ban Chấp hành hiện có {left} người, nhiều hơn số theo nghị quyết là {right}."),
	rule("G5.CHT", Block, "GEN.ORG.CHT_VAC", AtMost, "GEN.ORG.BRANCH", "Chi hội khuyết chi hội trưởng {left}, nhiều hơn số chi hội {right}."),
	rule("G5.TDP", Block, "GEN.ORG.TDP_COV", AtMost, "GEN.ORG.TDP", "Tổ dân phố có chi hội {left}, nhiều hơn số tổ dân phố trên địa bàn {right}."),
	ledger(rule(fundRule, Block,
		"GEN.FUND.OPEN + GEN.FUND.FEE + GEN.FUND.MOB + GEN.FUND.BUD + GEN.FUND.OTH - GEN.FUND.OUT", Equal, "GEN.FUND.CLOSE",
		"Quỹ chưa khớp: tính ra {left} đồng, ô tồn cuối kỳ ghi {right} đồng, chênh {gap} đồng.")),
	rule("G8", Block, "GEN.CLS.*", AtMost, "GEN.ORG.BRANCH", "Số chi hội được xếp loại {left} nhiều hơn số chi hội {right}."),
	rule("G12", Info, "GEN.CARE.FUN", AtMost, "GEN.MEM.DEAD",
		"Phúng viếng {left} trường hợp, hội viên qua đời {right}. Đúng nếu có viếng cả cha mẹ, vợ chồng của hội viên."),
	rule("TD.TT", Warn, "GEN.EMU.COL.*", AtMost, "GEN.EMU.COL", "Tập thể được khen theo từng cấp cộng lại {left}, nhiều hơn tổng {right}."),
	rule("TD.CN", Warn, "GEN.EMU.IND.*", AtMost, "GEN.EMU.IND", "Cá nhân được khen theo từng cấp cộng lại {left}, nhiều hơn tổng {right}."),
}

// pair is a number of things and what they cost, with the worth of one that is plausible (G6).
type pair struct {
	count, amount string
	low, high     int64
	kinds         []association.KindCode
}

// Bounds are handbook §4.8 G6, except for houses: sixty to a hundred million is their usual price.
const (
	unitLow, unitHigh   = 20_000, 50_000_000
	houseLow, houseHigh = 1_000_000, 500_000_000
)

var pairs = []pair{
	{"GEN.CARE.SICK", "GEN.CARE.SICK_AMT", unitLow, unitHigh, nil},
	{"GEN.CARE.FUN", "GEN.CARE.FUN_AMT", unitLow, unitHigh, nil},
	{"GEN.CARE.GIFT", "GEN.CARE.GIFT_AMT", unitLow, unitHigh, nil},
	{"GEN.CARE.HOUSE_NEW + GEN.CARE.HOUSE_FIX", "GEN.CARE.HOUSE_AMT", houseLow, houseHigh, nil},
	{"GEN.CARE.LOAN", "GEN.CARE.LOAN_AMT", unitLow, unitHigh, nil},
	{"NCT.MT.TOTAL", "NCT.MT.AMT", unitLow, unitHigh, []association.KindCode{association.NCT}},
	{"DACAM.GIFT10_8", "DACAM.GIFT10_8_AMT", unitLow, unitHigh, []association.KindCode{association.DACAM}},
	{"DACAM.SK", "DACAM.SK_AMT", unitLow, unitHigh, []association.KindCode{association.DACAM}},
	{"DACAM.HB", "DACAM.HB_AMT", unitLow, unitHigh, []association.KindCode{association.DACAM}},
	{"KHOC.HEO", "KHOC.HEO_AMT", unitLow, unitHigh, []association.KindCode{association.KHOC}},
	{"KHOC.HB", "KHOC.HB_AMT", unitLow, unitHigh, []association.KindCode{association.KHOC}},
	{"KHOC.THUONG_HS", "KHOC.THUONG_HS_AMT", unitLow, unitHigh, []association.KindCode{association.KHOC}},
	{"KHOC.HOTRO", "KHOC.HOTRO_AMT", unitLow, unitHigh, []association.KindCode{association.KHOC}},
	{"TNXP.STK", "TNXP.STK_AMT", unitLow, unitHigh, []association.KindCode{association.TNXP}},
}

// pairRules turns each pair into three rules: both zero or neither, not too cheap, not too dear.
func pairRules() []Rule {
	var list []Rule
	for _, p := range pairs {
		amount, _ := ByCode(p.amount)
		both := rule("G6", Warn, p.count, BothOrNone, p.amount,
			amount.Label+": số lượng {left} nhưng số tiền {right} đồng, một bên bằng 0 còn bên kia thì không. Ông/bà xem lại hoặc giải thích.", p.kinds...)
		least := rule("G6.MIN", Warn, p.amount, AtLeast, times(p.low, p.count),
			fmt.Sprintf("%s: tính ra bình quân chưa đến %s đồng. Ông/bà xem lại số tiền và số lượng.", amount.Label, vi.Int(p.low)), p.kinds...)
		most := rule("G6.MAX", Warn, p.amount, AtMost, times(p.high, p.count),
			fmt.Sprintf("%s: tính ra bình quân trên %s đồng. Ông/bà xem lại số tiền và số lượng.", amount.Label, vi.Int(p.high)), p.kinds...)
		least.NonZero, most.NonZero = true, true
		list = append(list, both, least, most)
	}
	return list
}

// times writes factor × each operand of a sum.
func times(factor int64, sum string) string {
	e := mustExpr(sum)
	for i := range e.Terms {
		e.Terms[i].Coef *= factor
	}
	return e.String()
}
