package reportui

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/portal/href"
	"wardportal/internal/report"
	"wardportal/web/ui"
)

// campaignView is the form of a year's campaign.
type campaignView struct {
	Title, Action, Version, Save string
	Errors                       ui.Errors
	Year                         string
	Fixed                        bool // the year of an open campaign stays
	Dates                        []ui.Date
	AskBranches                  bool
	Note                         string
	Kinds                        []kindChoice
}

// kindChoice is the choice of rows of one kind.
type kindChoice struct {
	Field, Title, Count, Error string
	Sections                   []sectionChoice
}

type sectionChoice struct {
	Title string
	Rows  []ui.Option
	On    []string
}

type extendView struct {
	Title, Action, Now, Reason, Back string
	Errors                           ui.Errors
	Until                            ui.Date
}

func buildCampaign(c report.Campaign, kinds []association.Kind, errs ui.Errors) campaignView {
	v := campaignView{
		Title: "Mở đợt báo cáo", Action: href.ReportCampaigns, Save: "Mở đợt báo cáo", Errors: errs, Year: strconv.Itoa(c.Year),
		AskBranches: c.AskBranches, Note: c.Note,
	}
	if c.Version > 0 {
		v.Title, v.Action, v.Save, v.Fixed = "Sửa đợt báo cáo năm "+v.Year, href.ReportCampaign(c.Year), "Lưu thay đổi", true
		v.Version = strconv.Itoa(c.Version)
	}
	for _, d := range []struct {
		name, label, hint string
		day               time.Time
	}{
		{"opens", "Ngày mở nhập", "Từ ngày này các hội bắt đầu nhập.", c.Opens},
		{"cutoff", "Ngày chốt số liệu", "Số liệu tính đến hết ngày này. Thường là 15/11.", c.CutOff},
		{"deadline", "Hạn nộp", "Nộp sau ngày này ghi “nộp trễ”, nhưng vẫn nhận. Thường là 20/11.", c.Deadline},
		{"close", "Ngày khóa số liệu", "Hết ngày này thì không sửa được nữa. Thường là 31/12.", c.Close},
	} {
		v.Dates = append(v.Dates, dateBoxes(d.name, d.label, d.hint, errs, d.day))
	}
	for _, kind := range kinds {
		v.Kinds = append(v.Kinds, chooseRows(c, kind, errs))
	}
	return v
}

func dateBoxes(name, label, hint string, errs ui.Errors, day time.Time) ui.Date {
	d := ui.Date{Name: name, Label: label, Hint: hint, Error: errs.For(name)}
	if !day.IsZero() {
		d.Day, d.Month, d.Year = strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
	}
	return d
}

func chooseRows(c report.Campaign, kind association.Kind, errs ui.Errors) kindChoice {
	field := rowsField(kind.Code)
	choice := kindChoice{Field: field, Title: kind.Name, Error: errs.For(field)}
	chosen := 0
	list := report.ForKind(kind.Code, c.Year)
	for _, section := range report.Sections {
		part := sectionChoice{Title: section.Heading()}
		for _, ind := range report.InSection(list, section.ID) {
			part.Rows = append(part.Rows, ui.Option{Value: ind.Code, Label: ind.Label + " (" + ind.Unit + ")"})
			if c.Chosen(kind.Code, ind.Code) {
				part.On = append(part.On, ind.Code)
				chosen++
			}
		}
		if len(part.Rows) > 0 {
			choice.Sections = append(choice.Sections, part)
		}
	}
	choice.Count = fmt.Sprintf("đang chọn %d trong %d chỉ tiêu", chosen, len(list))
	return choice
}

func day(t time.Time) string { return t.Format("02/01/2006") }

func contains(list []string, s string) bool { return slices.Contains(list, s) }
