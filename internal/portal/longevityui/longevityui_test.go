package longevityui_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wardportal/internal/association"
	"wardportal/internal/authz"
	"wardportal/internal/db"
	"wardportal/internal/db/dbtest"
	"wardportal/internal/member"
	"wardportal/internal/portal/portaltest"
	"wardportal/internal/sample/sampletest"
	"wardportal/internal/vi"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

const list = "/quan-ly/hoi-vien/mung-tho"

// world is the sample ward with a few elders whose names are found again. Its day is 16/11/2026.
type world struct {
	*portaltest.Site
	nct, tyn   authz.AssociationID
	mine, next authz.BranchID // of the head chihoi3, and another
}

func start(t *testing.T) *world {
	t.Helper()
	s := sampletest.Start(t)
	w := &world{Site: s}
	w.nct = authz.AssociationID(s.Count(t, `select id from association where kind = 'NCT'`))
	w.tyn = authz.AssociationID(s.Count(t, `select id from association where kind = 'TYN'`))
	w.mine = authz.BranchID(s.Count(t, `select g.branch_id from account_grant g join account a on a.id = g.account_id where a.login = 'chihoi3' and g.association_id = $1`, w.nct))
	w.next = authz.BranchID(s.Count(t, `select min(id) from branch where association_id = $1 and id <> $2 and listed and closed_on is null`, w.nct, w.mine))
	w.load(t, w.mine, "Nguyễn Thị Quýt Bảy Mươi", "1957")
	w.load(t, w.next, "Trần Văn Quýt Tám Mươi", "15/07/1947")
	w.load(t, w.mine, "Lê Thị Quýt Trăm", "1924")
	w.load(t, w.mine, "Bùi Văn Quýt Tuổi Mụ", "1958")
	w.load(t, w.next, "=HYPERLINK Quýt", "")
	return w
}

func (w *world) load(t *testing.T, b authz.BranchID, name, birth string) {
	t.Helper()
	ward := authz.WardID(w.Count(t, `select ward_id from branch where id = $1`, b))
	born, err := vi.ParseDate(birth, 2026)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := member.NewKeys(portaltest.Secret)
	if err != nil {
		t.Fatal(err)
	}
	w.DB.As(t, authz.System(ward, "test"), func(ctx context.Context, tx *db.Tx) error {
		_, err := member.Load(ctx, tx, keys, []member.Loaded{{NewMember: member.NewMember{Association: w.nct, Branch: b, Fields: member.Fields{
			Name: vi.SplitName(name), Sex: member.Female, Birth: born.Date, Began: member.Listed, Class: member.Full, Address: "12 Phan Đình Phùng",
		}}}})
		return err
	})
}

func TestTheListOfTheYear(t *testing.T) {
	t.Parallel()
	w := start(t)
	b := sampletest.As(t, w.Site, "nct")
	b.Get(t, list).Want(t, 200, "Mừng thọ năm 2027", "Xuân Đinh Mùi 2027, mồng Một Tết là ngày 06/02/2027", "LỄ MỪNG THỌ", "Nguyễn Thị Quýt Bảy Mươi", "Trần Văn Quýt Tám Mươi",
		"15/07/1947", "103 tuổi", "Thiếu năm sinh", "=HYPERLINK Quýt", "Số người theo chi hội và độ tuổi", "Ký tên", "Tải đúng danh sách này").Never(t, "Bùi Văn Quýt Tuổi Mụ", "đồng")
	b.Get(t, list+"?cach=mu").Want(t, 200, "Bùi Văn Quýt Tuổi Mụ", "104 tuổi", "thêm 1").Never(t, "Quýt Bảy Mươi", "Quýt Tám Mươi")
	b.Get(t, list+"?nam=2028").Want(t, 200, "Mừng thọ năm 2028", "Bùi Văn Quýt Tuổi Mụ", "104 tuổi").Never(t, "Quýt Bảy Mươi")
	b.Get(t, list+"?nam=99999&cach=x&chi-hoi=%27").Want(t, 200, "Mừng thọ năm 2027", "Quýt Bảy Mươi")
	b.Get(t, fmt.Sprintf("%s?chi-hoi=%d", list, w.next)).Want(t, 200, "Quýt Tám Mươi").Never(t, "Quýt Bảy Mươi")
	b.Get(t, "/quan-ly/hoi-vien").Want(t, 200, "Danh sách mừng thọ")
}

func TestWhoSeesWhom(t *testing.T) {
	t.Parallel()
	w := start(t)
	head := sampletest.As(t, w.Site, "chihoi3")
	head.Get(t, list).Want(t, 200, "Quýt Bảy Mươi", "Quýt Trăm").Never(t, "Quýt Tám Mươi", "=HYPERLINK")
	head.Get(t, fmt.Sprintf("%s?chi-hoi=%d", list, w.next)).Want(t, 200).Never(t, "Quýt Tám Mươi")
	official := sampletest.As(t, w.Site, "canbo")
	official.Get(t, list).Want(t, 200, "Quýt Bảy Mươi", "Quýt Tám Mươi")
	official.Get(t, fmt.Sprintf("%s?hoi=%d", list, w.nct)).Want(t, 200, "Quýt Bảy Mươi")
	official.Get(t, fmt.Sprintf("%s?hoi=%d", list, w.tyn)).Want(t, http.StatusNotFound)
	official.Get(t, list+"?hoi=999999").Want(t, http.StatusNotFound)
	other := sampletest.As(t, w.Site, "tuyeunuoc")
	for _, path := range []string{list, fmt.Sprintf("%s?hoi=%d", list, w.nct), list + ".xlsx", fmt.Sprintf("%s.xlsx?hoi=%d", list, w.nct)} {
		other.Get(t, path).Want(t, http.StatusNotFound).Never(t, "Quýt")
	}
	other.Get(t, "/quan-ly/hoi-vien").Want(t, 200).Never(t, "Danh sách mừng thọ")
	leader := sampletest.As(t, w.Site, "lanhdao")
	leader.Get(t, list).Want(t, 200, "Quýt Bảy Mươi").Never(t, "Tải đúng danh sách này")
	leader.Get(t, list+".xlsx").Want(t, http.StatusForbidden)
}

func TestWorkbookIsWhatIsShown(t *testing.T) {
	t.Parallel()
	w := start(t)
	b := sampletest.As(t, w.Site, "nct")
	people, unknown := w.sheets(t, b, "")
	for _, want := range []string{"DANH SÁCH MỪNG THỌ NĂM 2027", "LỄ MỪNG THỌ", "Nguyễn Thị Quýt Bảy|Mươi|Nữ|1957|1957|70|", "|15/07/1947|1947|80|", "Lê Thị Quýt|Trăm|Nữ|1924|1924|103|", "|12 Phan Đình Phùng", "Ký tên", "người./.", "Xuất bởi"} {
		if !strings.Contains(people, want) {
			t.Errorf("the list does not say %q:\n%s", want, people)
		}
	}
	if !strings.Contains(unknown, "=HYPERLINK|Quýt|Nữ|") || strings.Contains(people, "=HYPERLINK") {
		t.Errorf("those of unknown age:\n%s", unknown)
	}
	part, _ := w.sheets(t, b, fmt.Sprintf("?cach=mu&chi-hoi=%d", w.mine))
	if !strings.Contains(part, "Quýt Tuổi|Mụ|Nữ|1958|1958|70|") || strings.Contains(part, "Quýt Tám") {
		t.Errorf("one branch by custom:\n%s", part)
	}
	if n := w.Count(t, `select count(*) from audit_log where action = 'member.export' and object = 'longevity' and association_id = $1 and reason = 'Tải danh sách mừng thọ năm 2027'`, w.nct); n != 2 {
		t.Errorf("%d exports in the audit log, want 2", n)
	}
}

// sheets gives the list and those of unknown age as text; no cell may be a formula.
func (w *world) sheets(t *testing.T, b *portaltest.Browser, query string) (people, unknown string) {
	t.Helper()
	page := b.Get(t, list+".xlsx"+query).Want(t, 200)
	book, err := excelize.OpenReader(bytes.NewReader([]byte(page.Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	text := map[int]string{}
	for n, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			text[n] += strings.Join(row, "|") + "\n"
			for j := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if f, _ := book.GetCellFormula(name, cell); f != "" {
					t.Errorf("%s became a formula %q", cell, f)
				}
			}
		}
	}
	return text[0], text[1]
}

// A ward may come to have two associations of elders, after wards were merged; the official chooses.
func TestOfficialChoosesTheAssociation(t *testing.T) {
	t.Parallel()
	w := start(t)
	ward := authz.WardID(w.Count(t, `select ward_id from association where id = $1`, w.nct))
	var second authz.AssociationID
	w.DB.As(t, authz.System(ward, "test"), func(ctx context.Context, tx *db.Tx) (err error) {
		second, err = association.Create(ctx, tx, association.New{Kind: "NCT", Slug: "nguoi-cao-tuoi-cu", Name: "Hội Người cao tuổi Nghĩa Lộ", Sort: 9, OpenedOn: dbtest.Instant.AddDate(-1, 0, 0)})
		return err
	})
	official := sampletest.As(t, w.Site, "canbo")
	official.Get(t, fmt.Sprintf("%s?hoi=%d", list, second)).Want(t, 200, "Hội Người cao tuổi Nghĩa Lộ", "không có ai đến tuổi mừng thọ").Never(t, "Quýt", "Tải đúng danh sách này")
}
