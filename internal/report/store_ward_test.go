package report

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardportal/internal/association"
	"wardportal/internal/association/associationtest"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/fault"
)

func (w world) loadLast(t *testing.T, elders map[string]Value) {
	t.Helper()
	at := time.Date(2025, 12, 1, 3, 0, 0, 0, time.UTC)
	w.As(t, w.System, func(ctx context.Context, tx *db.Tx) error {
		return LoadYear(ctx, tx, History{Year: year - 1, CutOff: associationtest.Day(2025, 11, 15), Reports: []HistoryReport{{
			Association: w.Elders, Values: elders, Texts: map[Slot]string{{SectionDirection, 0}: "Giữ vững tổ chức hội."},
			NextTargets: map[string]Value{"GEN.MEM.NEW": Num(40)}, SubmittedAt: at, SubmittedName: "Nguyễn Văn Thạnh", AcceptedAt: at, AcceptedName: "Lê Thị Thu Hà",
		}}})
	})
}

func TestPastYearsFeedThisOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.loadLast(t, map[string]Value{"GEN.MEM.END": Num(618), "GEN.MEM.NEW": Num(38), "GEN.ORG.BCH_QUOTA": Num(5), "GEN.ORG.BCH": Num(4)})
	s := w.open(t, w.Chair, w.Elders)
	if s.Last["GEN.MEM.END"] != Num(618) || s.Last["GEN.ORG.BCH_VAC"] != Num(1) || s.Targets["GEN.MEM.NEW"] != Num(40) {
		t.Errorf("last %v, targets %v", s.Last, s.Targets)
	}
	if from := dayText(s.From); from != "16/11/2025" || dayText(s.To) != "15/11/2026" {
		t.Errorf("the period begins after the last accepted cut-off: %s to %s", from, dayText(s.To))
	}
	i := slices.IndexFunc(s.Narrative, func(n Narrative) bool { return n.Slot == (Slot{SectionDirection, 0}) })
	if s.Narrative[i].LastYear != "Giữ vững tổ chức hội." {
		t.Errorf("last year's words %+v", s.Narrative[i])
	}
	values := elders()
	values["GEN.MEM.BEGIN"], values["GEN.MEM.END"] = Num(620), Num(644)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: values})
	if s := w.open(t, w.Chair, w.Elders); !slices.ContainsFunc(s.Findings, func(f Finding) bool { return f.RuleID == "G2" }) {
		t.Errorf("the beginning is held against last year's end: %+v", s.Findings)
	}
	for name, who := range map[string]authz.Who{"official": w.Official, "chair": w.Chair} {
		err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { return LoadYear(ctx, tx, History{Year: 2020}) })
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s loads history: %v", name, err)
		}
	}
	if err := w.Try(t, w.System, func(ctx context.Context, tx *db.Tx) error { return LoadYear(ctx, tx, History{Year: year - 1}) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("a year twice: %v", err)
	}
}

func TestTextsAreMarkedWhenFiguresMove(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	box := Slot{SectionBuilding, 0}
	narrative := func() Narrative {
		s := w.open(t, w.Chair, w.Elders)
		return s.Narrative[slices.IndexFunc(s.Narrative, func(n Narrative) bool { return n.Slot == box })]
	}
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	n := narrative()
	if !strings.Contains(n.Proposal, "642 hội viên") || n.Changed {
		t.Fatalf("proposal %+v", n)
	}
	saved = w.must(t, w.Chair, Input{Association: w.Elders, Version: saved.Version, Texts: map[Slot]string{box: n.Proposal}})
	if n := narrative(); n.Changed || n.Text == "" {
		t.Errorf("fresh text is marked: %+v", n)
	}
	w.must(t, w.Chair, Input{Association: w.Elders, Version: saved.Version, Values: map[string]Value{"GEN.MEM.END": Num(650)}})
	if n := narrative(); !n.Changed {
		t.Errorf("a figure moved under the text: %+v", n)
	}
}

func TestTheWardSummary(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.loadLast(t, map[string]Value{"GEN.MEM.END": Num(618)})
	saved := w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	w.must(t, w.Other, Input{Association: w.Study, Version: 1, Values: map[string]Value{"GEN.MEM.END": Num(1184), "GEN.FUND.CLOSE": Num(126_480_000)}})
	if err := w.submit(t, w.Chair, w.Elders, saved.Version, nil); err != nil {
		// G2: the books of last year agree with 618, so nothing is asked
		t.Fatal(err, fault.FieldsOf(err))
	}
	version := w.open(t, w.Official, w.Elders).Report.Version
	if err := w.act(t, w.Official, w.Elders, version, "", Accept); err != nil {
		t.Fatal(err)
	}
	summary := func(who authz.Who) (s WardSummary, err error) {
		err = w.Pool.Read(t.Context(), who, func(ctx context.Context, tx *db.Tx) (err error) { s, err = Summary(ctx, tx, year); return err })
		return s, err
	}
	s, err := summary(w.Leader)
	if err != nil {
		t.Fatal(err)
	}
	if s.Table.Total.Label != "Cộng 1/2 hội đã tiếp nhận" || s.Table.Total.Cells[4].Value != Num(642) || s.Table.Provisional == nil || s.Table.Provisional.Cells[4].Value != Num(642+1184) {
		t.Errorf("total %+v, provisional %+v", s.Table.Total, s.Table.Provisional)
	}
	if s.Last.Total.Cells[4].Value != Num(618) || s.Basis() != "số ước thực hiện, chốt đến 15/11/2026" {
		t.Errorf("last year %+v, %q", s.Last.Total, s.Basis())
	}
	for name, who := range map[string]authz.Who{"chair": w.Chair, "editor": w.Editor, "head": w.Head, "public": w.Public} {
		if _, err := summary(who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the summary: %v", name, err)
		}
	}
	save := func(who authz.Who, version int, text string) error {
		return w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			return SaveSummaryText(ctx, tx, year, SummaryText{Assessment: text, Version: version})
		})
	}
	if err := save(w.Official, 0, "Các hội hoạt động đều."); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"twice as new": save(w.Official, 0, "x"), "stale": save(w.Official, 5, "x")} {
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := save(w.Leader, 1, "x"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the leader writes: %v", err)
	}
	if err := save(w.Official, 1, "Các hội hoạt động đều, đạt kế hoạch."); err != nil {
		t.Fatal(err)
	}
	if s, _ := summary(w.Official); s.Text.Version != 2 || s.Text.Assessment != "Các hội hoạt động đều, đạt kế hoạch." {
		t.Errorf("text %+v", s.Text)
	}
}

func TestOverviewForEveryone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	b := w.board(t)
	if len(b.Lines) != 2 || b.Sent() != 0 || len(b.Unsent()) != 2 || b.Lines[0].Who != w.Chair.Name || b.Lines[0].Done != len(elders()) || len(b.Lines[0].Complete) != len(Matrix()) {
		t.Errorf("board %+v", b)
	}
	labels := map[SectionID]string{}
	for _, c := range b.Lines[0].Complete {
		labels[c.Section] = c.Label()
	}
	if labels[SectionBuilding] != "đang nhập" || labels[SectionFunds] != "chưa có" || labels[SectionDirection] != "chưa có" || labels[SectionPropaganda] != "" {
		t.Errorf("matrix %v", labels)
	}
	w.As(t, w.Chair, func(ctx context.Context, tx *db.Tx) error {
		own, err := Overview(ctx, tx, year)
		if err != nil || len(own.Lines) != 1 || own.Lines[0].Association.ID != w.Elders {
			t.Errorf("a chair sees %+v, %v", own.Lines, err)
		}
		return nil
	})
	for name, who := range map[string]authz.Who{"editor": w.Editor, "head": w.Head} {
		if err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error { _, err := Overview(ctx, tx, year); return err }); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	text := ReminderText(b.Lines[0], b.Campaign, Date(2026, 11, 22), "https://chanhlo.vn/quan-ly/bao-cao/2026/nguoi-cao-tuoi")
	for _, want := range []string{"Kính gửi Hội Người cao tuổi", "20/11/2026", "quá hạn 2 ngày", "chưa nộp", "https://"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %q", want, text)
		}
	}
	if all := ReminderForAll(b, Date(2026, 11, 18)); !strings.Contains(all, "đã nộp 0/2 hội") || !strings.Contains(all, "- Hội Khuyến học: hạn nộp 20/11/2026, còn 2 ngày") {
		t.Errorf("reminder %q", all)
	}
}

func TestOnlyReceivedFiguresArePublic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.loadLast(t, map[string]Value{"GEN.MEM.END": Num(618), "GEN.MEM.NEW": Num(3), "GEN.MEM.DEAD": Num(17), "GEN.MEM.PARTY": Num(80), "GEN.FUND.CLOSE": Num(48_350_000)})
	w.must(t, w.Chair, Input{Association: w.Elders, Version: 1, Values: elders()})
	var list []PublicFigure
	if err := w.Pool.Read(t.Context(), w.Public, func(ctx context.Context, tx *db.Tx) (err error) { list, err = Published(ctx, tx); return err }); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range list {
		got = append(got, f.Code+" "+f.Text())
	}
	if want := []string{"GEN.MEM.NEW dưới 5", "GEN.MEM.END 618"}; !slices.Equal(got, want) {
		t.Errorf("public %q", got)
	}
	for _, code := range PublicCodes {
		ind, ok := ByCode(code)
		if !ok || ind.SuppressSmall || ind.Computed() || ind.Source == Funds {
			t.Errorf("%s must not be public", code)
		}
	}
	if n := w.Count(t, `select count(*) from unnest($1::text[]) c where position(c in pg_get_functiondef('report_published'::regproc)) = 0`, PublicCodes); n != 0 {
		t.Errorf("%d public rows that the database does not give out", n)
	}
	if n := w.Count(t, `select array_length(string_to_array(substring(pg_get_functiondef('report_published'::regproc) from '''\{(.*)\}'''), ','), 1)`); n != len(PublicCodes) {
		t.Errorf("the database gives out %d rows, the program knows %d", n, len(PublicCodes))
	}
}

// What the ward's table says is what adding up the stored rows by hand says, whatever was typed and whoever was accepted.
func TestTotalsAreTheSumOfWhatWasAccepted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	codes := []string{"GEN.MEM.BEGIN", "GEN.MEM.END", "GEN.CARE.SICK", "GEN.CARE.GIFT_AMT", "GEN.ORG.BRANCH", "GEN.FUND.CLOSE"}
	rapid.Check(t, func(r *rapid.T) {
		w.As(t, w.System, func(ctx context.Context, tx *db.Tx) error {
			for _, a := range []association.ID{w.Elders, w.Study} {
				if err := scatter(ctx, tx, r, a, codes); err != nil {
					return err
				}
			}
			want, err := bruteForce(ctx, tx)
			if err != nil {
				return err
			}
			s, err := Summary(ctx, tx, year)
			if err != nil {
				return err
			}
			for _, row := range s.Indicators.Rows {
				n, _ := row.Total.Value.Int()
				switch code := row.Indicator.Code; {
				case !slices.Contains(codes, code):
				case code == "GEN.FUND.CLOSE":
					if !row.Total.Apart {
						r.Fatalf("funds were added up: %v", row.Total)
					}
				case n != want[code]:
					r.Fatalf("%s: %d, by hand %d", code, n, want[code])
				}
			}
			return nil
		})
	})
}

// scatter puts a report into any state with any answers.
func scatter(ctx context.Context, tx *db.Tx, r *rapid.T, a association.ID, codes []string) error {
	id, err := db.Value[ID](ctx, tx, `update report set state = $2 where association_id = $1 returning id`, a, rapid.SampledFrom(States).Draw(r, "state"))
	if err != nil {
		return err
	}
	answers, numbers := make([]string, len(codes)), make([]*int64, len(codes))
	for i, code := range codes {
		answers[i], numbers[i] = rapid.SampledFrom([]Value{
			{}, Say(Nothing), Say(NoData), Say(NotApplicable), Num(0), Num(rapid.Int64Range(1, 1_000_000).Draw(r, "n")),
		}).Draw(r, code).Columns()
	}
	_, err = tx.Exec(ctx, `
		insert into report_value (ward_id, association_id, report_id, code, answer, number, version)
		select $1, $2, $3, u.code, u.answer, u.number, 1 from unnest($4::text[], $5::text[], $6::bigint[]) as u (code, answer, number)
		on conflict (report_id, code) do update set answer = excluded.answer, number = excluded.number`, tx.Who().Ward, a, id, codes, answers, numbers)
	return err
}

// bruteForce adds up the stored rows of received reports in plain SQL.
func bruteForce(ctx context.Context, tx *db.Tx) (map[string]int64, error) {
	rows, err := db.All[struct {
		Code string
		N    int64
	}](ctx, tx, `
		select v.code, sum(v.number)::bigint as n from report_value v join report r on r.id = v.report_id
		where v.answer = 'number' and r.state in ('accepted', 'consolidated') group by v.code`)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.Code] = r.N
	}
	return out, err
}

func TestCampaign(t *testing.T) {
	t.Parallel()
	w := world{associationtest.New(t)}
	for name, who := range map[string]authz.Who{"chair": w.Chair, "leader": w.Leader, "editor": w.Editor} {
		if err := w.Try(t, who, func(ctx context.Context, tx *db.Tx) error {
			_, err := OpenCampaign(ctx, tx, DefaultCampaign(year))
			return err
		}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s opens a campaign: %v", name, err)
		}
	}
	open := func(change func(*Campaign)) error {
		c := DefaultCampaign(year)
		change(&c)
		return w.Try(t, w.Official, func(ctx context.Context, tx *db.Tx) error { _, err := OpenCampaign(ctx, tx, c); return err })
	}
	for name, change := range map[string]func(*Campaign){
		"no dates":            func(c *Campaign) { c.CutOff = time.Time{} },
		"close before due":    func(c *Campaign) { c.Close = associationtest.Day(2026, 11, 1) },
		"a row of a stranger": func(c *Campaign) { c.Rows[association.NCT] = []string{"KHOC.HB"} },
		"year":                func(c *Campaign) { c.Year = 1850 },
	} {
		if err := open(change); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := w.open(t, w.Chair, w.Elders); s.Exists() {
		t.Error("there is no campaign yet")
	}
	if err := open(func(c *Campaign) { c.Rows[association.NCT] = []string{"GEN.MEM.END", "GEN.MEM.BEGIN", "NCT.KT"} }); err != nil {
		t.Fatal(err)
	}
	if err := open(func(*Campaign) {}); !fault.Is(err, fault.Invalid) || fault.FieldsOf(err)[0].Name != "year" {
		t.Errorf("a year twice: %v", err)
	}
	s := w.open(t, w.Chair, w.Elders)
	if got := codesOf(s.Campaign.ChosenRows(s.Kind)); !slices.Equal(got, []string{"GEN.MEM.BEGIN", "GEN.MEM.END", "NCT.KT"}) || len(s.Rows) < 60 {
		t.Errorf("chosen %v of %d", got, len(s.Rows))
	}
	c := DefaultCampaign(year)
	c.Version, c.Deadline = 1, associationtest.Day(2026, 11, 25)
	change := func() error {
		return w.Try(t, w.Official, func(ctx context.Context, tx *db.Tx) error { return ChangeCampaign(ctx, tx, year, c) })
	}
	if err := change(); err != nil {
		t.Fatal(err)
	}
	if err := change(); !fault.Is(err, fault.Conflict) {
		t.Errorf("stale: %v", err)
	}
	w.As(t, w.Official, func(ctx context.Context, tx *db.Tx) error {
		line, err := CampaignTimeline(ctx, tx, year)
		if err != nil || len(line) != 2 || !strings.Contains(line[0].Sentence, "hạn nộp từ 20/11/2026 thành 25/11/2026") || !strings.Contains(line[0].Sentence, "chỉ tiêu chính của Hội NCT") {
			t.Errorf("timeline %+v, %v", line, err)
		}
		all, err := Campaigns(ctx, tx)
		if err != nil || len(all) != 1 || all[0].Phase(tx.Now()) != "Đang mở nhập, hạn nộp 25/11/2026" {
			t.Errorf("campaigns %+v, %v", all, err)
		}
		return nil
	})
	w.As(t, w.Public, func(ctx context.Context, tx *db.Tx) error {
		if all, err := Campaigns(ctx, tx); len(all) != 0 || err != nil {
			t.Errorf("residents see campaigns: %v %v", all, err)
		}
		return nil
	})
}
