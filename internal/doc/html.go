package doc

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// HTML writes the document as a fragment for the print preview: an article of class "vb" without inline style,
// to be dressed by the portal's style sheet. Classes: vb-dau (head: vb-trai, vb-phai), vb-duoi (number and
// date), vb-gach (short rule), vb-ten (type and subject), vb-kinh-gui, vb-can-cu, vb-muc-1 … vb-muc-4,
// vb-giua, vb-phai-dong, vb-sat, vb-bang (table), vb-ky (signatures), vb-noi-nhan, vb-phu-luc, vb-ngang.
func HTML(w io.Writer, d Document) error {
	p := prepare(d)
	h := &htmlWriter{}
	h.open(`<article class="vb" lang="vi">`)
	h.letterhead(p)
	h.opening(p)
	h.blocks(p.Body)
	h.ending(p)
	for i, a := range p.Annexes {
		class := "vb-phu-luc"
		if a.Landscape {
			class += " vb-ngang"
		}
		h.open(`<section class="` + class + `">`)
		h.tag("h2", "vb-ten", append([]string{p.annexNames[i]}, a.Title)...)
		h.tag("p", "vb-giua", a.Note)
		h.blocks(a.Body)
		h.open(`</section>`)
	}
	h.tag("p", "vb-in", p.PrintNote)
	h.open(`</article>`)
	if _, err := io.WriteString(w, h.b.String()); err != nil {
		return fmt.Errorf("doc: html: %w", err)
	}
	return nil
}

type htmlWriter struct{ b strings.Builder }

func (h *htmlWriter) open(markup string) { h.b.WriteString(markup) }

func lineBreaks(lines []string) string {
	var kept []string
	for _, l := range lines {
		if l != "" {
			kept = append(kept, strings.ReplaceAll(html.EscapeString(l), "\n", "<br>"))
		}
	}
	return strings.Join(kept, "<br>")
}

// tag writes an element with lines of text; nothing when there is no text.
func (h *htmlWriter) tag(name, class string, lines ...string) {
	text := lineBreaks(lines)
	if text == "" {
		return
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	h.b.WriteString("<" + name + class + ">" + text + "</" + name + ">")
}

func (h *htmlWriter) letterhead(p prepared) {
	l := p.Letterhead
	if l.Superior == "" && l.Issuer == "" {
		return
	}
	h.open(`<header class="vb-dau"><div class="vb-trai">`)
	h.tag("p", "", p.superior...)
	issuer := p.issuer
	if p.issuerStar {
		h.tag("p", "vb-dam", issuer...)
		h.tag("p", "", "*")
	} else {
		h.tag("p", "vb-dam vb-gach", issuer...)
	}
	h.tag("p", "vb-so", l.Number)
	h.tag("p", "vb-ve-viec", l.About)
	h.tag("p", "vb-khung", p.Circulation)
	h.open(`</div><div class="vb-phai">`)
	h.tag("p", "vb-dam", nation)
	h.tag("p", "vb-dam vb-gach-het", motto)
	h.tag("p", "vb-ngay", l.Place)
	h.open(`</div></header>`)
}

func (h *htmlWriter) opening(p prepared) {
	h.tag("h1", "vb-ten", append([]string{p.Kind}, p.subject...)...)
	if len(p.Addressees) > 0 {
		if len(p.Addressees) == 1 {
			h.tag("p", "vb-kinh-gui vb-giua", "Kính gửi: "+p.Addressees[0])
		} else {
			h.tag("p", "vb-kinh-gui", append([]string{"Kính gửi:"}, p.Addressees...)...)
		}
	}
	for _, s := range p.Bases {
		h.tag("p", "vb-can-cu", s)
	}
}

func (h *htmlWriter) blocks(list []Block) {
	for _, b := range list {
		switch b := b.(type) {
		case Heading:
			level := min(max(b.Level, 1), 4)
			h.tag(fmt.Sprintf("h%d", level+1), fmt.Sprintf("vb-muc-%d", level), b.Text)
		case Paragraph:
			h.paragraph(b)
		case Table:
			h.table(b)
		}
	}
}

func (h *htmlWriter) paragraph(p Paragraph) {
	classes := map[Align]string{Center: ` class="vb-giua"`, Right: ` class="vb-phai-dong"`}
	class := classes[p.Align]
	if class == "" && p.Flush {
		class = ` class="vb-sat"`
	}
	h.open("<p" + class + ">")
	for _, r := range p.Runs {
		text := lineBreaks([]string{r.Text})
		if r.Italic {
			text = "<i>" + text + "</i>"
		}
		if r.Bold {
			text = "<b>" + text + "</b>"
		}
		h.open(text)
	}
	h.open("</p>")
}

func (h *htmlWriter) table(t Table) {
	cells, rows := t.headCells()
	h.open(`<table class="vb-bang"><thead>`)
	for row := range rows {
		h.open("<tr>")
		for _, c := range cells {
			if c.row == row {
				scope := "col"
				if c.w > 1 {
					scope = "colgroup"
				}
				h.open(fmt.Sprintf(`<th scope="%s" colspan="%d" rowspan="%d">%s</th>`, scope, c.w, c.h, lineBreaks([]string{c.text})))
			}
		}
		h.open("</tr>")
	}
	h.open("</thead><tbody>")
	for _, r := range t.Rows {
		h.open("<tr>")
		if r.Wide {
			h.open(fmt.Sprintf(`<th scope="rowgroup" colspan="%d">%s</th>`, len(t.Columns), lineBreaks([]string{r.cell(0)})))
		} else {
			for i, c := range t.Columns {
				h.cell(r.cell(i), c.Align, r.Bold)
			}
		}
		h.open("</tr>")
	}
	h.open("</tbody></table>")
}

func (h *htmlWriter) cell(text string, a Align, bold bool) {
	class := map[Align]string{Center: "vb-giua", Right: "vb-phai-dong"}[a]
	if bold {
		class = strings.TrimSpace(class + " vb-dam")
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	h.open("<td" + class + ">" + lineBreaks([]string{text}) + "</td>")
}

func (h *htmlWriter) ending(p prepared) {
	if len(p.Signatures) == 0 && len(p.Recipients) == 0 {
		return
	}
	h.open(`<footer class="vb-ky">`)
	if len(p.Recipients) > 0 {
		h.open(`<div class="vb-noi-nhan">`)
		h.tag("p", "", append([]string{"Nơi nhận:"}, p.Recipients...)...)
		h.open(`</div>`)
	}
	for _, s := range p.Signatures {
		h.open(`<div class="vb-chu-ky">`)
		h.tag("p", "vb-dam", s.Lines...)
		h.tag("p", "vb-dam vb-nguoi-ky", s.Name)
		h.open(`</div>`)
	}
	h.open(`</footer>`)
}
