package sheet

import "strings"

// odsStyles are the styles of an OpenDocument file, reduced to fonts and number formats.
type odsStyles struct {
	faces        map[string]string   // font-face name → family
	formats      map[string]string   // data style name → format code
	cells, texts map[string]odsStyle // by style name
	base         odsStyle            // default style of cells
	hiddenTables map[string]bool
	made         map[string]*Style
	fonted       map[fontKey]*Style
}

type odsStyle struct {
	parent, format, font, weight string
}

func newODSStyles() *odsStyles {
	return &odsStyles{
		faces: map[string]string{}, formats: map[string]string{}, cells: map[string]odsStyle{}, texts: map[string]odsStyle{},
		hiddenTables: map[string]bool{}, made: map[string]*Style{}, fonted: map[fontKey]*Style{},
	}
}

// read consumes a section of style definitions.
func (o *odsStyles) read(s *xmlScanner) error {
	for {
		kind, err := s.next()
		if err != nil {
			return noEOF(err)
		}
		if kind == xmlEnd {
			return nil
		}
		if kind != xmlStart {
			continue
		}
		switch s.name {
		case "style:font-face":
			o.faces[s.str("style:name")] = strings.Trim(s.str("svg:font-family"), "'\"")
			err = s.skip()
		case "style:style", "style:default-style":
			err = o.style(s)
		case "number:date-style", "number:time-style", "number:number-style", "number:percentage-style",
			"number:currency-style", "number:text-style", "number:boolean-style":
			name := s.str("style:name")
			o.formats[name], err = odsFormat(s)
		default:
			err = s.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (o *odsStyles) style(s *xmlScanner) error {
	name, family, isDefault := s.str("style:name"), s.str("style:family"), s.name == "style:default-style"
	st := odsStyle{parent: s.str("style:parent-style-name"), format: s.str("style:data-style-name")}
	for depth := 1; depth > 0; {
		kind, err := s.next()
		if err != nil {
			return noEOF(err)
		}
		switch kind {
		case xmlEnd:
			depth--
		case xmlStart:
			depth++
			switch s.name {
			case "style:text-properties":
				if st.font = o.faces[s.str("style:font-name")]; st.font == "" {
					st.font = strings.Trim(s.str("fo:font-family"), "'\"")
				}
				st.weight = s.str("fo:font-weight")
			case "style:table-properties":
				if string(s.attr("table:display")) == "false" {
					o.hiddenTables[name] = true
				}
			}
		}
	}
	switch {
	case family == "table-cell" && isDefault:
		o.base = st
	case family == "table-cell":
		o.cells[name] = st
	case family == "text":
		o.texts[name] = st
	}
	return nil
}

// cell resolves a style and its parents; names that lead in a circle end.
func (o *odsStyles) cell(name string) *Style {
	if name == "" {
		name = "Default"
	}
	if st, ok := o.made[name]; ok {
		return st
	}
	var sum odsStyle
	for at, steps := name, 0; at != "" && steps < 20; steps++ {
		st := o.cells[at]
		sum.inherit(st)
		at = st.parent
	}
	sum.inherit(o.base)
	st := &Style{NumFmt: o.formats[sum.format], Font: sum.font, Bold: sum.weight == "bold" || sum.weight >= "600" && sum.weight <= "900"}
	if st.NumFmt == "" {
		st.NumFmt = "General"
	}
	st.code = parseNumFmt(st.NumFmt)
	o.made[name] = st
	return st
}

func (s *odsStyle) inherit(from odsStyle) {
	if s.format == "" {
		s.format = from.format
	}
	if s.font == "" {
		s.font = from.font
	}
	if s.weight == "" {
		s.weight = from.weight
	}
}

func (o *odsStyles) textFont(name string) string { return o.texts[name].font }

func (o *odsStyles) withFont(base *Style, font string) *Style {
	if font == "" || base.Font == font {
		return base
	}
	key := fontKey{base, font}
	if st, ok := o.fonted[key]; ok {
		return st
	}
	st := *base
	st.Font = font
	o.fonted[key] = &st
	return &st
}

// odsFormat turns a data style into Excel's notation, so that callers know one language of formats.
func odsFormat(s *xmlScanner) (string, error) {
	percent := s.name == "number:percentage-style"
	if s.name == "number:boolean-style" {
		return "General", s.skip()
	}
	var b strings.Builder
	for {
		kind, err := s.next()
		if err != nil {
			return "", noEOF(err)
		}
		if kind == xmlEnd {
			break
		}
		if kind != xmlStart {
			continue
		}
		if s.name == "number:text" || s.name == "number:currency-symbol" {
			text, err := innerText(s)
			if err != nil {
				return "", err
			}
			b.WriteString(literal(text, percent))
			continue
		}
		b.WriteString(odsFormatPart(s))
		if err := s.skip(); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// literal quotes what the notation would take for a pattern.
func literal(text string, percent bool) string {
	if percent && strings.TrimSpace(text) == "%" {
		return text
	}
	for _, c := range text {
		if !strings.ContainsRune(" /-:.()", c) {
			return `"` + strings.ReplaceAll(text, `"`, "") + `"`
		}
	}
	return text
}

func odsFormatPart(s *xmlScanner) string {
	long := string(s.attr("number:style")) == "long"
	pick := func(short, full string) string {
		if long {
			return full
		}
		return short
	}
	switch s.name {
	case "number:day":
		return pick("d", "dd")
	case "number:month":
		if string(s.attr("number:textual")) == "true" {
			return pick("mmm", "mmmm")
		}
		return pick("m", "mm")
	case "number:year":
		return pick("yy", "yyyy")
	case "number:day-of-week":
		return pick("ddd", "dddd")
	case "number:hours":
		return pick("h", "hh")
	case "number:minutes":
		return pick("m", "mm")
	case "number:seconds":
		return pick("s", "ss")
	case "number:am-pm":
		return "AM/PM"
	case "number:text-content":
		return "@"
	case "number:number", "number:scientific-number":
		return odsNumber(s)
	}
	return ""
}

func odsNumber(s *xmlScanner) string {
	if s.attr("number:decimal-places") == nil && s.attr("number:min-integer-digits") == nil {
		return "General"
	}
	whole := strings.Repeat("0", min(max(s.num("number:min-integer-digits", 0), 0), 30))
	if string(s.attr("number:grouping")) == "true" {
		whole = "#," + "###"[:3-min(len(whole), 3)] + whole
	} else if whole == "" {
		whole = "#"
	}
	if d := s.num("number:decimal-places", 0); d > 0 {
		fixed := s.num("number:min-decimal-places", d)
		d = min(d, 30)
		fixed = min(max(fixed, 0), d)
		whole += "." + strings.Repeat("0", fixed) + strings.Repeat("#", d-fixed)
	}
	if s.name == "number:scientific-number" {
		whole += "E+" + strings.Repeat("0", min(max(s.num("number:min-exponent-digits", 2), 1), 5))
	}
	return whole
}

// innerText is the text of the element last opened, up to its end.
func innerText(s *xmlScanner) (string, error) {
	var b strings.Builder
	for depth := 1; ; {
		kind, err := s.next()
		if err != nil {
			return "", noEOF(err)
		}
		switch kind {
		case xmlText:
			b.Write(s.text)
		case xmlStart:
			depth++
		case xmlEnd:
			if depth--; depth == 0 {
				return b.String(), nil
			}
		}
	}
}
