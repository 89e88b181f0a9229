package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xlsxReader reads SpreadsheetML (ECMA-376 part 1, 18).
type xlsxReader struct {
	in      *input
	p       *pack
	strings []sharedString
	styles  []*Style
	shift   float64 // days between 1900 and 1904 dates
	fonted  map[fontKey]*Style
}

type sharedString struct {
	text string
	font string // of most of a rich text; "" = the cell's
}

type fontKey struct {
	base *Style
	font string
}

type sheetRef struct {
	name, part string
	hidden     bool
}

func readXLSX(in *input) error {
	x := &xlsxReader{in: in, p: in.zip, fonted: map[fontKey]*Style{}}
	main := x.p.workbook()
	if main == "" {
		main = "xl/workbook.xml"
	}
	rel, err := x.p.relations(main)
	if err != nil {
		return err
	}
	refs, err := x.workbook(main, rel)
	if err != nil {
		return err
	}
	in.book.Macros = x.p.hasUnder("xl/vbaproject") || x.p.hasUnder("xl/macrosheets/")
	in.book.Links = x.p.hasUnder("xl/externallinks/") || x.p.has("xl/connections.xml")
	if err := x.readStyles(partOr(rel, "styles", "xl/styles.xml")); err != nil {
		return err
	}
	if err := x.readStrings(partOr(rel, "sharedStrings", "xl/sharedStrings.xml")); err != nil {
		return err
	}
	if len(refs) == 0 {
		return truncated(errors.New("no sheet"))
	}
	for _, ref := range refs {
		if err := x.readSheet(ref); err != nil {
			return err
		}
	}
	return nil
}

func partOr(rel relations, kind, def string) string {
	if t := rel.byType[kind]; t != "" {
		return t
	}
	return def
}

func (x *xlsxReader) workbook(part string, rel relations) ([]sheetRef, error) {
	var refs []sheetRef
	err := x.each(part, func(s *xmlScanner) error {
		switch s.local() {
		case "workbookPr":
			if s.on("date1904") {
				x.shift = 1462
			}
		case "sheet":
			id := ""
			for _, a := range s.attrs {
				if strings.HasSuffix(a.name, ":id") {
					id = string(a.value)
				}
			}
			// chart sheets and dialogs have no table; their parts lie in other folders
			if t := rel.byID[id]; t != "" && !strings.Contains(t, "chartsheets/") && !strings.Contains(t, "dialogsheets/") && !strings.Contains(t, "macrosheets/") {
				refs = append(refs, sheetRef{s.str("name"), t, strings.Contains(strings.ToLower(s.str("state")), "hidden")})
			}
		}
		return nil
	})
	return refs, err
}

// each calls f for every element that is opened in a part; a missing part has none.
func (x *xlsxReader) each(part string, f func(*xmlScanner) error) error {
	s, c, err := x.p.scanner(part)
	if err != nil || s == nil {
		return err
	}
	defer c.Close()
	for {
		kind, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && kind == xmlStart {
			err = f(s)
		}
		if err != nil {
			return x.p.partErr(err)
		}
	}
}

// readStyles keeps number formats, fonts and the cell formats that join them.
func (x *xlsxReader) readStyles(part string) error {
	formats, fonts, in := map[int]string{}, []Style{}, ""
	err := x.each(part, func(s *xmlScanner) error {
		switch name := s.local(); name {
		case "numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders", "cellStyles":
			in = name
		case "numFmt":
			if in == "numFmts" {
				formats[s.num("numFmtId", -1)] = s.str("formatCode")
			}
		case "font":
			if in == "fonts" {
				fonts = append(fonts, Style{})
			}
		case "name":
			if in == "fonts" && len(fonts) > 0 {
				fonts[len(fonts)-1].Font = s.str("val")
			}
		case "b":
			if in == "fonts" && len(fonts) > 0 {
				fonts[len(fonts)-1].Bold = s.attr("val") == nil || s.on("val")
			}
		case "xf":
			if in == "cellXfs" && len(x.styles) < 65_536 {
				x.styles = append(x.styles, newXF(s.num("numFmtId", 0), s.num("fontId", 0), formats, fonts))
			}
		}
		return nil
	})
	return err
}

func newXF(format, font int, formats map[int]string, fonts []Style) *Style {
	st := &Style{}
	if font >= 0 && font < len(fonts) {
		*st = fonts[font]
	}
	st.NumFmt = formats[format]
	if st.NumFmt == "" {
		st.NumFmt = builtin[format]
	}
	if st.NumFmt == "" {
		st.NumFmt = "General"
	}
	st.code = parseNumFmt(st.NumFmt)
	return st
}

// maxStrings bounds the one part of a workbook that stays in memory.
const maxStrings = 64 << 20

func (x *xlsxReader) readStrings(part string) error {
	if f := x.p.files[strings.ToLower(part)]; f != nil && f.UncompressedSize64 > maxStrings {
		return &Failure{Kind: Bomb, What: f.Name, Limit: maxStrings}
	}
	s, c, err := x.p.scanner(part)
	if err != nil || s == nil {
		return err
	}
	defer c.Close()
	for {
		kind, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return x.p.partErr(err)
		}
		if kind == xmlStart && s.local() == "si" {
			text, err := richText(s)
			if err != nil {
				return x.p.partErr(err)
			}
			x.strings = append(x.strings, text)
		}
	}
}

// richText reads <si> or <is>: plain <t>, or runs with fonts of their own; phonetic hints are left out.
func richText(s *xmlScanner) (sharedString, error) {
	var b strings.Builder
	var tally fontTally
	font, inText := "", false
	for depth := 1; ; {
		kind, err := s.next()
		if err != nil {
			return sharedString{}, noEOF(err)
		}
		switch kind {
		case xmlStart:
			switch s.local() {
			case "rPh", "phoneticPr":
				if err := s.skip(); err != nil {
					return sharedString{}, err
				}
				continue
			case "r":
				font = ""
			case "rFont":
				font = s.str("val")
			case "t":
				inText = true
			}
			depth++
		case xmlEnd:
			inText = false
			if depth--; depth == 0 {
				return sharedString{unescapeX(b.String()), tally.best()}, nil
			}
		case xmlText:
			if inText {
				b.Write(s.text)
				tally.add(font, utf8.RuneCount(s.text))
			}
		}
	}
}

// fontTally finds the font that covers most of a text.
type fontTally map[string]int

func (t *fontTally) add(font string, n int) {
	if font == "" && *t == nil {
		return
	}
	if *t == nil {
		*t = fontTally{}
	}
	(*t)[font] += n
}

func (t fontTally) best() string {
	best, most := "", 0
	for font, n := range t {
		if n > most || n == most && font < best {
			best, most = font, n
		}
	}
	return best
}

// unescapeX resolves _x000D_ and its like, by which SpreadsheetML writes characters that XML forbids.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '_' && i+6 < len(s) && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				if n != 0 {
					b.WriteRune(rune(n))
				}
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// withFont returns the style with another font, one object per pair.
func (x *xlsxReader) withFont(base *Style, font string) *Style {
	if font == "" || base != nil && base.Font == font {
		return base
	}
	key := fontKey{base, font}
	if st, ok := x.fonted[key]; ok {
		return st
	}
	st := &Style{NumFmt: "General"}
	if base != nil {
		*st = *base
	}
	st.Font = font
	x.fonted[key] = st
	return st
}
