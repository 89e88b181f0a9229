package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"wardportal/internal/activity"
	"wardportal/internal/authz"
	"wardportal/internal/db"
)

// habit is something an association does every year: in which months, how much at a time.
type habit struct {
	kind     string
	months   []time.Month
	quantity [2]int // from, to
	people   [2]int
	each     int64 // đồng per unit; 0 = no money
	whom     activity.ForWhom
	source   activity.Source
	branch   bool // done by a branch in turn
}

var everyQuarter = []time.Month{2, 5, 8, 10}

var habits = map[string][]habit{
	"NCT": {
		{kind: "tham_om", months: []time.Month{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, quantity: [2]int{2, 5}, each: 200_000, whom: "member", source: "quy_hoi", branch: true},
		{kind: "phung_vieng", months: everyQuarter, quantity: [2]int{3, 5}, each: 300_000, whom: "household", source: "quy_hoi"},
		{kind: "tang_qua", months: []time.Month{1, 6, 10}, quantity: [2]int{30, 55}, each: 300_000, whom: "member", source: "van_dong"},
		{kind: "mung_tho_70", months: []time.Month{2}, quantity: [2]int{28, 40}, each: 200_000, whom: "member", source: "ngan_sach"},
		{kind: "mung_tho_80", months: []time.Month{2}, quantity: [2]int{14, 24}, each: 300_000, whom: "member", source: "ngan_sach"},
		{kind: "mung_tho_90", months: []time.Month{2}, quantity: [2]int{4, 9}, each: 500_000, whom: "member", source: "ngan_sach"},
		{kind: "kham_mat", months: []time.Month{9}, quantity: [2]int{80, 140}, whom: "member", source: "van_dong"},
		{kind: "tuyen_truyen", months: everyQuarter, quantity: [2]int{1, 2}, people: [2]int{90, 180}},
		{kind: "tap_huan", months: []time.Month{4}, quantity: [2]int{1, 1}, people: [2]int{16, 22}},
		{kind: "guong_sang_dang_ky", months: []time.Month{1}, quantity: [2]int{70, 90}},
		{kind: "guong_sang_dat", months: []time.Month{10}, quantity: [2]int{50, 66}},
		{kind: "van_the", months: []time.Month{6, 10}, quantity: [2]int{1, 2}, people: [2]int{60, 120}},
	},
	"KHOC": {
		{kind: "hoc_bong", months: []time.Month{9, 11}, quantity: [2]int{40, 60}, each: 1_000_000, whom: "non_member", source: "van_dong"},
		{kind: "thuong_hoc_sinh", months: []time.Month{6, 8}, quantity: [2]int{90, 160}, each: 200_000, whom: "non_member", source: "quy_hoi"},
		{kind: "thuong_nha_giao", months: []time.Month{11}, quantity: [2]int{8, 15}, each: 500_000, whom: "non_member", source: "quy_hoi"},
		{kind: "ho_tro_hoc_sinh", months: []time.Month{8}, quantity: [2]int{20, 35}, each: 800_000, whom: "non_member", source: "van_dong"},
		{kind: "heo_dat", months: []time.Month{10}, quantity: [2]int{150, 220}, each: 120_000, whom: "household", source: "van_dong"},
		{kind: "lop_hoc_cong_dong", months: everyQuarter, quantity: [2]int{2, 4}, people: [2]int{90, 200}},
		{kind: "tuyen_truyen", months: everyQuarter, quantity: [2]int{1, 3}, people: [2]int{80, 160}},
		{kind: "tham_om", months: everyQuarter, quantity: [2]int{2, 4}, each: 200_000, whom: "member", source: "quy_hoi"},
	},
	"DACAM": {
		{kind: "qua_10_8", months: []time.Month{8}, quantity: [2]int{48, 62}, each: 400_000, whom: "member", source: "van_dong"},
		{kind: "tang_qua", months: []time.Month{1}, quantity: [2]int{50, 66}, each: 500_000, whom: "member", source: "van_dong"},
		{kind: "tham_om", months: everyQuarter, quantity: [2]int{2, 5}, each: 300_000, whom: "member", source: "quy_hoi"},
		{kind: "sinh_ke", months: []time.Month{5}, quantity: [2]int{2, 4}, each: 15_000_000, whom: "household", source: "van_dong"},
		{kind: "xe_lan", months: []time.Month{4}, quantity: [2]int{2, 5}, whom: "member", source: "van_dong"},
		{kind: "ho_so", months: everyQuarter, quantity: [2]int{1, 3}},
		{kind: "hoc_bong_dacam", months: []time.Month{9}, quantity: [2]int{6, 10}, each: 1_000_000, whom: "non_member", source: "van_dong"},
	},
	"TNXP": {
		{kind: "tham_om", months: everyQuarter, quantity: [2]int{1, 4}, each: 300_000, whom: "member", source: "quy_hoi"},
		{kind: "tang_qua", months: []time.Month{1, 7}, quantity: [2]int{15, 25}, each: 400_000, whom: "member", source: "van_dong"},
		{kind: "truyen_thong_tnxp", months: []time.Month{3, 7, 11}, quantity: [2]int{1, 2}, people: [2]int{150, 320}},
		{kind: "so_tiet_kiem", months: []time.Month{7}, quantity: [2]int{1, 2}, each: 5_000_000, whom: "member", source: "van_dong"},
		{kind: "ve_nguon", months: []time.Month{7}, quantity: [2]int{1, 1}, people: [2]int{20, 35}},
	},
	"TYN": {
		{kind: "tham_om", months: everyQuarter, quantity: [2]int{2, 4}, each: 300_000, whom: "member", source: "quy_hoi"},
		{kind: "phung_vieng", months: []time.Month{6, 10}, quantity: [2]int{1, 2}, each: 500_000, whom: "household", source: "quy_hoi"},
		{kind: "tang_qua", months: []time.Month{1, 7}, quantity: [2]int{30, 45}, each: 500_000, whom: "member", source: "ngan_sach"},
		{kind: "truyen_thong_tyn", months: []time.Month{3, 4, 12}, quantity: [2]int{1, 2}, people: [2]int{180, 300}},
	},
}

// addDiary writes the diaries and purses of every year up to today.
func (b *builder) addDiary(ctx context.Context, tx *db.Tx) error {
	r := rand.New(rand.NewPCG(6, 6))
	for _, p := range plans {
		made := b.associations[p.slug]
		for year := firstYear; year <= tx.Today().Year(); year++ {
			for _, h := range habits[p.kind] {
				if err := b.keepHabit(ctx, tx, r, made, h, year); err != nil {
					return fmt.Errorf("%s %s %d: %w", p.kind, h.kind, year, err)
				}
			}
		}
		if err := b.addPurse(ctx, tx, r, made); err != nil {
			return fmt.Errorf("%s purse: %w", p.kind, err)
		}
		if err := addClubs(ctx, tx, made); err != nil {
			return fmt.Errorf("%s clubs: %w", p.kind, err)
		}
	}
	return nil
}

func (b *builder) keepHabit(ctx context.Context, tx *db.Tx, r *rand.Rand, made *built, h habit, year int) error {
	for i, month := range h.months {
		on := date(year, month, 3+r.IntN(24))
		if on.After(tx.Today()) {
			continue
		}
		d := activity.Details{HappenedOn: on, Kind: h.kind, Quantity: between(r, h.quantity), People: between(r, h.people), Source: h.source, ForWhom: h.whom}
		if b.opts.Small {
			d.Quantity = max(1, d.Quantity/6)
		}
		d.Amount = int64(d.Quantity) * h.each
		if h.branch {
			d.Branch = authz.BranchID(made.branches[i%len(made.branches)])
		}
		if _, err := activity.Add(ctx, tx, made.id, d); err != nil {
			return err
		}
	}
	return nil
}

// addPurse keeps the association's own purse: fees in spring, gifts raised in summer, spending in between, never below zero.
func (b *builder) addPurse(ctx context.Context, tx *db.Tx, r *rand.Rand, made *built) error {
	size := int64(len(made.members)) * 24_000
	if err := fund(ctx, tx, made, "QUY", date(firstYear, 1, 2), activity.Opening, size/1000*1000+4_000_000, ""); err != nil {
		return err
	}
	for year := firstYear; year <= tx.Today().Year(); year++ {
		fee := size / 1000 * 1000
		raised := (8_000_000 + int64(r.IntN(12))*1_000_000)
		for _, line := range []struct {
			on     time.Time
			what   activity.Category
			amount int64
			note   string
		}{
			{date(year, 3, 15), activity.Fees, max(fee, 500_000), "Hội phí các chi hội nộp"},
			{date(year, 5, 20), activity.Mobilised, raised, "Các nhà hảo tâm ủng hộ"},
			{date(year, 6, 5), activity.Budget, 10_000_000, "Phường hỗ trợ hoạt động"},
			{date(year, 6, 25), activity.Spent, (fee + raised) / 2 / 1000 * 1000, "Thăm hỏi, phúng viếng, quà 6 tháng đầu năm"},
			{date(year, 10, 25), activity.Spent, 9_000_000 + (fee+raised)/3/1000*1000, "Thăm hỏi, quà, hoạt động 6 tháng cuối năm"},
		} {
			if line.on.After(tx.Today()) {
				continue
			}
			if err := fund(ctx, tx, made, "QUY", line.on, line.what, line.amount, line.note); err != nil {
				return err
			}
		}
	}
	return nil
}

func fund(ctx context.Context, tx *db.Tx, made *built, code string, on time.Time, what activity.Category, amount int64, note string) error {
	_, err := activity.AddFundEntry(ctx, tx, made.id, activity.NewFundEntry{Fund: code, HappenedOn: on, Category: what, Amount: amount, Note: note})
	return err
}

func addClubs(ctx context.Context, tx *db.Tx, made *built) error {
	clubs := map[string][]activity.NewClub{
		"NCT": {
			{Name: "CLB liên thế hệ tự giúp nhau tổ dân phố 3", Kind: "lien_the_he", Members: 55, StartsOn: date(2019, 5, 19)},
			{Name: "CLB dưỡng sinh tổ dân phố 5", Kind: "van_hoa", Members: 32, StartsOn: date(2016, 6, 6)},
			{Name: "CLB thơ ca Sông Trà", Kind: "van_hoa", Members: 24, StartsOn: date(2018, 10, 1)},
		},
		"KHOC": {{Name: "Mô hình “Heo đất khuyến học”", Kind: "mo_hinh", Members: 180, StartsOn: date(2017, 9, 5)}},
		"TNXP": {{Name: "CLB Nghĩa tình đồng đội", Kind: "clb", Members: 30, StartsOn: date(2015, 7, 15)}},
	}
	for _, c := range clubs[made.plan.kind] {
		if _, err := activity.AddClub(ctx, tx, made.id, c); err != nil {
			return err
		}
	}
	return nil
}

func between(r *rand.Rand, span [2]int) int {
	if span[1] <= span[0] {
		return span[0]
	}
	return span[0] + r.IntN(span[1]-span[0]+1)
}
