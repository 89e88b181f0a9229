package sample

import (
	"context"
	"fmt"
	"time"

	"wardportal/internal/account"
	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/ward"
)

var theWard = ward.New{
	Code: WardCode, Name: "phường Chánh Lộ", City: "thành phố Quảng Ngãi", Province: "tỉnh Quảng Ngãi",
	Address: "số 00 đường Mẫu, phường Chánh Lộ, thành phố Quảng Ngãi, tỉnh Quảng Ngãi (mẫu)", Phone: "0255 000 0000", Email: "lienhe@chanhlo.example",
	Hours: "sáng thứ Hai đến thứ Sáu, 7:00 – 11:30", Responsible: "Chủ tịch Ủy ban nhân dân phường (mẫu)",
	About: `Phường Chánh Lộ nằm giữa thành phố Quảng Ngãi, có 8 tổ dân phố. Trên địa bàn phường có năm hội đặc thù đang hoạt động: Hội Người cao tuổi, Hội Khuyến học, Hội Nạn nhân chất độc da cam/dioxin, Hội Thanh niên xung phong và Hội Tù yêu nước.

Các hội tập hợp người dân ở từng tổ dân phố, chăm lo đời sống hội viên, động viên con em học tập, giữ gìn truyền thống và cùng phường làm nhiều việc có ích. Mỗi hội có Ban Chấp hành và các chi hội; cuối năm, phường tổ chức hội nghị tổng kết hoạt động của các hội và bàn phương hướng năm sau.

Trang này là nơi người dân theo dõi tin tức của các hội, tìm chi hội nơi mình ở và xem số liệu hoạt động.`,
	Demo: true,
}

// opened is the day on which the demo's books begin: early enough for four closed years.
var opened = time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)

// plan is how an association of the demo is made up.
type plan struct {
	kind, slug, name, short, about, history string
	quota                                   int
	branches                                []branchPlan
}

type branchPlan struct {
	name   string
	groups []int // numbers of the residential groups it covers
	place  string
	number bool // kept by number only
}

func perGroup(from, to int) []branchPlan {
	var list []branchPlan
	for n := from; n <= to; n++ {
		list = append(list, branchPlan{name: fmt.Sprintf("Chi hội %d", n), groups: []int{n}, place: "group"})
	}
	return list
}

var plans = []plan{
	{
		kind: "NCT", slug: "nguoi-cao-tuoi", name: "Hội Người cao tuổi", short: "Người cao tuổi", quota: 15,
		about:    "Chăm lo, mừng thọ, câu lạc bộ sức khỏe và văn nghệ.",
		history:  "Hội Người cao tuổi phường tập hợp người từ 60 tuổi trở lên ở tám tổ dân phố. Mỗi tổ dân phố có một chi hội. Hội thăm hỏi hội viên đau ốm, tổ chức mừng thọ đầu xuân, duy trì câu lạc bộ dưỡng sinh, văn nghệ và câu lạc bộ liên thế hệ tự giúp nhau.",
		branches: perGroup(1, 8),
	},
	{
		kind: "KHOC", slug: "khuyen-hoc", name: "Hội Khuyến học", short: "Khuyến học", quota: 13,
		about:   "Học bổng, gia đình học tập, quỹ khuyến học.",
		history: "Hội Khuyến học phường vận động quỹ khuyến học, trao học bổng cho học sinh vượt khó, khen thưởng học sinh giỏi và nhà giáo, xây dựng gia đình, dòng họ, cộng đồng học tập ở các tổ dân phố và trường học.",
		branches: append(perGroup(1, 8),
			branchPlan{name: "Chi hội Trường Tiểu học", place: "school", number: true},
			branchPlan{name: "Chi hội Trường Trung học cơ sở", place: "school", number: true},
			branchPlan{name: "Chi hội Trường Mầm non", place: "school", number: true}),
	},
	{
		kind: "DACAM", slug: "chat-doc-da-cam", name: "Hội Nạn nhân chất độc da cam/dioxin", short: "NN chất độc da cam", quota: 5,
		about:    "Thăm hỏi, hỗ trợ sinh kế, giúp làm hồ sơ.",
		history:  "Hội thăm hỏi, giúp đỡ nạn nhân chất độc da cam và gia đình, vận động quà dịp 10/8 và Tết, trao sinh kế, xe lăn, hướng dẫn làm hồ sơ hưởng chế độ.",
		branches: []branchPlan{{name: "Chi hội 1–4", groups: []int{1, 2, 3, 4}, place: "group"}, {name: "Chi hội 5–8", groups: []int{5, 6, 7, 8}, place: "group"}},
	},
	{
		kind: "TNXP", slug: "thanh-nien-xung-phong", name: "Hội Thanh niên xung phong", short: "Thanh niên xung phong", quota: 5,
		about:    "Nghĩa tình đồng đội, kể chuyện truyền thống cho lớp trẻ.",
		history:  "Hội tập hợp cựu thanh niên xung phong qua các thời kỳ, giúp nhau lúc khó khăn bằng quỹ nghĩa tình đồng đội, kể chuyện truyền thống cho học sinh và tham gia tìm kiếm đồng đội.",
		branches: []branchPlan{{name: "Chi hội 1–3", groups: []int{1, 2, 3}, place: "group"}, {name: "Chi hội 4–6", groups: []int{4, 5, 6}, place: "group"}, {name: "Chi hội 7–8", groups: []int{7, 8}, place: "group"}},
	},
	{
		kind: "TYN", slug: "tu-yeu-nuoc", name: "Hội Tù yêu nước", short: "Tù yêu nước", quota: 5,
		about:    "Gặp mặt truyền thống, thăm lại nơi giam giữ, giáo dục lòng yêu nước.",
		history:  "Hội là nơi gặp gỡ của những người từng bị địch bắt, tù đày trong kháng chiến. Hội tổ chức gặp mặt truyền thống, thăm hội viên đau ốm, nói chuyện với học sinh về những năm tháng không quên.",
		branches: []branchPlan{{name: "Chi hội 1–4", groups: []int{1, 2, 3, 4}, place: "group"}, {name: "Chi hội 5–8", groups: []int{5, 6, 7, 8}, place: "group"}},
	},
}

func (b *builder) addGroups(ctx context.Context, tx *db.Tx) error {
	for n := 1; n <= 8; n++ {
		id, err := ward.AddGroup(ctx, tx, n, fmt.Sprintf("Tổ dân phố %d", n), opened)
		if err != nil {
			return err
		}
		b.groups = append(b.groups, id)
	}
	return nil
}

func (b *builder) addAssociations(ctx context.Context, tx *db.Tx) error {
	b.associations = map[string]*built{}
	for i, p := range plans {
		kind, ok := association.ByCode(association.KindCode(p.kind))
		if !ok {
			return fmt.Errorf("no kind %s", p.kind)
		}
		id, err := association.Create(ctx, tx, association.New{
			Kind: p.kind, Slug: p.slug, Name: p.name, ShortName: p.short, About: p.about, History: p.history,
			Symbol: kind.DefaultSymbol, Sort: i + 1, BchQuota: p.quota, OpenedOn: opened,
		})
		if err != nil {
			return err
		}
		made := &built{id: id, plan: p}
		for j, branch := range p.branches {
			groups := make([]authz.GroupID, 0, len(branch.groups))
			for _, n := range branch.groups {
				groups = append(groups, b.groups[n-1])
			}
			branchID, err := association.AddBranch(ctx, tx, association.NewBranch{
				Association: id, Name: branch.name, Sort: j + 1, NumberOnly: branch.number, Place: branch.place, Groups: groups, OpenedOn: opened,
			})
			if err != nil {
				return err
			}
			made.branches = append(made.branches, branchID)
		}
		b.associations[p.slug] = made
	}
	return nil
}

// addAccounts opens the demo accounts of product.md §4.
func (b *builder) addAccounts(ctx context.Context, tx *db.Tx) error {
	of := func(role authz.Role, slug string, branch int) authz.Grant {
		g := authz.Grant{Role: role}
		if slug != "" {
			g.Association = b.associations[slug].id
		}
		if branch > 0 {
			g.Branch = b.associations[slug].branches[branch-1]
		}
		return g
	}
	for _, a := range []struct {
		login, title, name string
		grant              authz.Grant
	}{
		{"quantri", "Ông", "Nguyễn Quản Trị", of(authz.Admin, "", 0)},
		{"canbo", "Bà", "Trần Thị Minh Nguyệt", of(authz.Official, "", 0)},
		{"lanhdao", "Ông", "Lê Quang Hải", of(authz.Leader, "", 0)},
		{"bientap", "Bà", "Phạm Thị Thu Vân", of(authz.Editor, "", 0)},
		{"nct", "Ông", "Trần Văn Thuận", of(authz.Chair, "nguoi-cao-tuoi", 0)},
		{"khuyenhoc", "Bà", "Huỳnh Thị Hồng", of(authz.Chair, "khuyen-hoc", 0)},
		{"dacam", "Ông", "Võ Đình Tâm", of(authz.Chair, "chat-doc-da-cam", 0)},
		{"tnxp", "Ông", "Bùi Hữu Nghĩa", of(authz.Chair, "thanh-nien-xung-phong", 0)},
		{"tuyeunuoc", "Ông", "Phan Trọng Bình", of(authz.Chair, "tu-yeu-nuoc", 0)},
		{"chihoi3", "Bà", "Đặng Thị Sương", of(authz.BranchHead, "nguoi-cao-tuoi", 3)},
	} {
		id, err := account.Create(ctx, tx, account.New{Login: a.login, Name: a.name, Title: a.title, PasswordHash: b.hash, Demo: true})
		if err != nil {
			return err
		}
		if err := account.Give(ctx, tx, account.NewGrant{Account: id, Grant: a.grant, StartsOn: opened}); err != nil {
			return err
		}
	}
	return nil
}
