package publicui

import (
	"net/http"

	"wardportal/internal/association"
	"wardportal/internal/db"
	"wardportal/internal/meeting"
	"wardportal/internal/member"
	"wardportal/internal/news"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
	"wardportal/web/ui"
)

type homeView struct {
	SiteName     string
	Lead         *leadView
	Associations []associationCard
	Latest       []newsLine
	Meetings     []meetingLine
	Figures      []ui.Figure
	FiguresNote  string
}

type leadView struct {
	URL, Category, Title, Lead, ISO, When, Views string
	Photo                                        *ui.Picture
}

func (p pages) home(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	ctx := r.Context()
	facts := p.kit.FactsOf(ctx)
	front, err := news.Home(ctx, tx, 4)
	if err != nil {
		return kit.Reply{}, err
	}
	counts, err := readCounts(ctx, tx, 0)
	if err != nil {
		return kit.Reply{}, err
	}
	_, people, err := member.PeopleAt(ctx, tx, tx.Today())
	if err != nil {
		return kit.Reply{}, err
	}
	upcoming, err := meeting.Upcoming(ctx, tx, 3)
	if err != nil {
		return kit.Reply{}, err
	}
	v := homeView{
		SiteName: "Cổng thông tin các hội đặc thù " + facts.Ward.Name, Associations: associationCards(facts.Associations, counts),
		Latest: newsLines(front.Latest), Meetings: meetingLines(upcoming, facts),
		Figures:     wardFigures(len(facts.Associations), len(counts.branches), people),
		FiguresNote: "Theo danh sách hội viên đến " + vi.ShortDate(tx.Today()) + ". Một người có thể tham gia nhiều hội nhưng chỉ tính một lần.",
	}
	page := kit.PublicPage{Title: "Trang chủ", Active: href.Home, Path: href.Home,
		Description: "Tin tức, thông báo, số liệu và liên hệ của các hội đặc thù " + facts.Ward.Name + "."}
	if front.Lead != nil {
		v.Lead = lead(*front.Lead)
		if front.Lead.PhotoID != 0 {
			page.Image, page.ImageAlt = href.Photo(front.Lead.PhotoID, 1200), front.Lead.PhotoAlt
		}
	}
	return kit.Public(page, homeBody(v)), nil
}

func lead(r news.Row) *leadView {
	return &leadView{URL: href.Article(r.Slug), Category: news.CategoryName(r.Category), Title: r.Title, Lead: r.Lead,
		ISO: isoTime(r.PublishedAt), When: vi.ShortDateTime(r.PublishedAt), Views: viewWords(r.ViewCount),
		Photo: leadPicture(r, "(min-width: 48em) 42rem, 100vw")}
}

// wardFigures leaves out what is nought: an empty ward boasts of nothing.
func wardFigures(associations, branches, people int) []ui.Figure {
	var out []ui.Figure
	add := func(n int, label string) {
		if n > 0 {
			out = append(out, ui.Figure{Value: vi.Int(n), Label: label})
		}
	}
	add(associations, "hội")
	add(branches, "chi hội")
	if people >= smallest {
		add(people, "người tham gia ít nhất một hội")
	}
	return out
}

type associationCard struct {
	Kind, Name, URL, About string
	Figures                []ui.Figure
}

func associationCards(list []association.Association, c counts) []associationCard {
	cards := make([]associationCard, 0, len(list))
	for _, a := range list {
		card := associationCard{Kind: a.Kind, Name: a.Name, URL: href.Association(a.Slug), About: a.About}
		if len(paragraphs(a.About)) > 0 {
			card.About = shorten(paragraphs(a.About)[0], 140)
		}
		if n, ok := c.total(a.ID); ok {
			card.Figures = append(card.Figures, ui.Figure{Value: vi.Int(n), Label: "hội viên"})
		}
		if n := len(c.of(a.ID)); n > 0 {
			card.Figures = append(card.Figures, ui.Figure{Value: vi.Int(n), Label: "chi hội"})
		}
		cards = append(cards, card)
	}
	return cards
}
