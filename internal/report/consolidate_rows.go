package report

import "slices"

// IndicatorRow is one indicator over all associations.
type IndicatorRow struct {
	Indicator Indicator
	Cells     []Cell // one per report, in their order; "" cells where the row does not concern the kind
	Total     Cell   // over accepted reports
}

// IndicatorTable is associations × indicators, for the annex and the sheet "toàn bộ số liệu".
type IndicatorTable struct {
	Year    int
	Reports []AssociationReport
	Rows    []IndicatorRow
}

// Compare makes the table of all indicators that concern at least one of the reports. Totals take accepted reports only;
// funds, populations and distinct people have none, ratios are Σ numerator / Σ denominator over the same reports and have
// none where either side may not be added up.
func Compare(year int, reports []AssociationReport) IndicatorTable {
	t := IndicatorTable{Year: year}
	for _, r := range reports {
		r.Values = Fill(ForKind(r.Kind, year), r.Values)
		t.Reports = append(t.Reports, r)
	}
	for _, ind := range Registry {
		concerned := slices.ContainsFunc(t.Reports, func(r AssociationReport) bool { return ind.For(r.Kind) })
		if concerned && ind.InYear(year) {
			t.Rows = append(t.Rows, indicatorRow(ind, t.Reports))
		}
	}
	return t
}

func indicatorRow(ind Indicator, reports []AssociationReport) IndicatorRow {
	row := IndicatorRow{Indicator: ind}
	var taken []AssociationReport
	for _, r := range reports {
		cell := Cell{}
		if ind.For(r.Kind) {
			cell.Value = r.Values[ind.Code]
			if r.State.Received() {
				taken = append(taken, r)
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	row.Total = Aggregate(ind, taken)
	return row
}

// Aggregate is the ward's figure of one indicator over the given reports.
func Aggregate(ind Indicator, reports []AssociationReport) Cell {
	if ind.Semantics == Ratio {
		return aggregateRatio(ind, reports)
	}
	if !ind.Additive {
		return Cell{Apart: true}
	}
	return sumCell(sumOf(ind.Code, reports), nil)
}

func sumOf(code string, reports []AssociationReport) Total {
	terms := make([]Term, len(reports))
	for i, r := range reports {
		terms[i] = Term{r.Name, r.Values[code]}
	}
	return Sum(terms...)
}

// aggregateRatio adds numerators and denominators over the reports that have both: a report without one of them would
// lean on one side only.
func aggregateRatio(ind Indicator, reports []AssociationReport) Cell {
	codes := append(ind.Formula.Num.Codes(), ind.Formula.Den.Codes()...)
	for _, code := range codes {
		if part, ok := ByCode(code); !ok || !part.Additive {
			return Cell{Apart: true}
		}
	}
	var whole []AssociationReport
	var terms []Term
	for _, r := range reports {
		terms = append(terms, Term{r.Name, ratioPart(ind, r)})
		if Compute(ind, r.Values).Answered() {
			whole = append(whole, r)
		}
	}
	sums := make(map[string]Value, len(codes))
	for _, code := range codes {
		sums[code] = sumOf(code, whole).Value()
	}
	return Cell{Value: Compute(ind, sums), Note: Sum(terms...).Note("hội")}
}

// ratioPart stands for a report in the count of those that a ratio covers.
func ratioPart(ind Indicator, r AssociationReport) Value {
	if Compute(ind, r.Values).Answered() {
		return Num(1)
	}
	return Value{}
}
