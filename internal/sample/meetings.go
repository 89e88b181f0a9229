package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/meeting"
	"wardportal/internal/vi"
)

// addMeetings holds the meetings of every year: branches meet twice, committees four times, the ward reviews the year in
// December. A few to come stand in the public calendar.
func (b *builder) addMeetings(ctx context.Context, tx *db.Tx) error {
	r := rand.New(rand.NewPCG(8, 8))
	for _, p := range plans {
		made := b.associations[p.slug]
		for year := firstYear; year <= tx.Today().Year(); year++ {
			if err := b.yearOfMeetings(ctx, tx, r, made, year); err != nil {
				return fmt.Errorf("%s %d: %w", p.kind, year, err)
			}
		}
	}
	if err := b.reviewConference(ctx, tx); err != nil {
		return err
	}
	return b.comingMeetings(ctx, tx)
}

func (b *builder) yearOfMeetings(ctx context.Context, tx *db.Tx, r *rand.Rand, made *built, year int) error {
	for _, month := range []time.Month{3, 6, 9, 12} {
		in := meeting.Details{Association: made.id, Kind: "bch", StartsAt: local(year, month, 8+r.IntN(8), 14), Place: "Phòng họp UBND phường"}
		if err := held(ctx, tx, in, made.plan.quota-1-r.IntN(2), r.IntN(2)); err != nil {
			return err
		}
	}
	for i, branch := range made.branches {
		if made.plan.branches[i].number {
			continue
		}
		for _, month := range []time.Month{4, 10} {
			in := meeting.Details{
				Association: made.id, Branch: branch, Kind: "sinh_hoat", StartsAt: local(year, month, 5+r.IntN(20), 7),
				Place: "Nhà văn hóa tổ dân phố " + fmt.Sprint(made.plan.branches[i].groups[0]),
			}
			present := len(made.members) / len(made.branches) / 2
			if err := held(ctx, tx, in, max(3, present-r.IntN(4)), 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// held enters a meeting that has taken place, with who came; one that lies ahead is left out.
func held(ctx context.Context, tx *db.Tx, in meeting.Details, present, excused int) error {
	end := in.StartsAt.Add(2 * time.Hour)
	if end.After(tx.Now()) {
		return nil
	}
	id, err := meeting.Schedule(ctx, tx, in)
	if err != nil {
		return err
	}
	if err := meeting.Move(ctx, tx, id, 1, meeting.Invited, ""); err != nil {
		return err
	}
	return meeting.Close(ctx, tx, id, 2, meeting.Attendance{EndsAt: end, Present: present, Excused: excused})
}

// reviewConference is the published one of 01/12/2023 (handbook §1).
func (b *builder) reviewConference(ctx context.Context, tx *db.Tx) error {
	return held(ctx, tx, meeting.Details{
		Kind: "tong_ket", Title: "Hội nghị tổng kết hoạt động các Hội đặc thù năm 2023 và phương hướng nhiệm vụ năm 2024",
		StartsAt: local(2023, 12, 1, 14), Place: "Hội trường UBND phường Chánh Lộ", Public: true, Associations: b.all(),
	}, 86, 0)
}

// comingMeetings stand in the public calendar, counted from the day of the load.
func (b *builder) comingMeetings(ctx context.Context, tx *db.Tx) error {
	today := tx.Now().In(vi.Location())
	for _, c := range []struct {
		slug, kind, title, place string
		days, hour               int
	}{
		{"nguoi-cao-tuoi", "khac", "Sinh hoạt câu lạc bộ liên thế hệ", "Nhà văn hóa tổ dân phố 3", 6, 7},
		{"khuyen-hoc", "bch", "Họp Ban Chấp hành Hội Khuyến học", "Hội trường phường", 12, 14},
		{"", "tong_ket", fmt.Sprintf("Hội nghị tổng kết hoạt động các hội đặc thù năm %d", today.Year()), "Hội trường phường", 20, 14},
	} {
		in := meeting.Details{Kind: c.kind, Title: c.title, Place: c.place, Public: true,
			StartsAt: local(today.Year(), today.Month(), today.Day()+c.days, c.hour)}
		if made, ok := b.associations[c.slug]; ok {
			in.Association = made.id
		} else {
			in.Associations = b.all()
		}
		id, err := meeting.Schedule(ctx, tx, in)
		if err != nil {
			return err
		}
		if err := meeting.Move(ctx, tx, id, 1, meeting.Invited, ""); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) all() []association.ID {
	var ids []authz.AssociationID
	for _, p := range plans {
		ids = append(ids, b.associations[p.slug].id)
	}
	return ids
}

func local(y int, m time.Month, d, hour int) time.Time {
	return time.Date(y, m, d, hour, 0, 0, 0, vi.Location())
}
