package report

import (
	"slices"

	"wardportal/internal/association"
)

// tynRows are handbook §4.7, with one row per place of imprisonment.
var tynRows = rows([]association.KindCode{association.TYN}, slices.Concat([]Indicator{
	{Code: "TYN.CT", Label: "Hội viên là tù chính trị", Short: "tù chính trị", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TYN.TB", Label: "Hội viên là tù binh", Short: "tù binh", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TYN.PHAP", Label: "Thời kỳ chống Pháp", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.MY", Label: "Thời kỳ chống Mỹ", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
}, prisonRows(), []Indicator{
	{Code: "TYN.NAM.1", Label: "Thời gian bị giam dưới 1 năm", Short: "bị giam dưới 1 năm", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.NAM.2", Label: "Thời gian bị giam từ 1 đến dưới 3 năm", Short: "bị giam từ 1 đến dưới 3 năm", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.NAM.3", Label: "Thời gian bị giam từ 3 đến dưới 5 năm", Short: "bị giam từ 3 đến dưới 5 năm", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.NAM.4", Label: "Thời gian bị giam từ 5 năm", Short: "bị giam từ 5 năm", Unit: "người", Section: SectionBuilding, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.TCHT", Label: "Hưởng trợ cấp hằng tháng", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TYN.TC1L", Label: "Hưởng trợ cấp một lần", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.TBINH", Label: "Hưởng chế độ như thương binh", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, SuppressSmall: true},
	{Code: "TYN.KNC", Label: "Đã nhận Kỷ niệm chương", Unit: "người", Section: SectionEmulation, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TYN.KNC_KY", Label: "Kỷ niệm chương trao trong kỳ", Unit: "người", Section: SectionEmulation, Semantics: Flow, Source: Roster, SuppressSmall: true},
	{Code: "TYN.CHUA", Label: "Chưa được công nhận, đang hoàn thiện hồ sơ", Unit: "người", Section: SectionCare, Semantics: Stock, Source: Roster, Core: true, SuppressSmall: true},
	{Code: "TYN.GDTT", Label: "Buổi nói chuyện truyền thống", Unit: "buổi", Section: SectionPropaganda, Semantics: Flow, Source: Activity, Core: true},
	{Code: "TYN.GDTT_ATT", Label: "Lượt dự nói chuyện truyền thống", Unit: "lượt", Section: SectionPropaganda, Semantics: Flow, Source: Activity},
	{Code: "TYN.THAM", Label: "Chuyến thăm lại Côn Đảo, Phú Quốc", Unit: "chuyến", Section: SectionMovements, Semantics: Flow, Source: Activity},
}))

// prisonRows makes one row per entry of the catalogue. A person may have been held in several places, so the rows add up
// to nothing.
func prisonRows() []Indicator {
	list := make([]Indicator, len(association.Prisons))
	for i, p := range association.Prisons {
		list[i] = Indicator{
			Code: PrisonCode(p.Code), Label: "Hội viên từng bị giam tại " + p.Name, Short: p.Name, Unit: "người",
			Section: SectionBuilding, Semantics: Stock, Source: Roster, apart: true, SuppressSmall: true,
		}
	}
	return list
}

// PrisonCode is the indicator that counts members once held at the place of association.Prisons.
func PrisonCode(prison string) string { return "TYN.NOI." + prison }
