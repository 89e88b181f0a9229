package ui

import "github.com/a-h/templ"

// attrs of <html>: the reader switches.
func (r Reader) attrs() templ.OrderedAttributes {
	var out templ.OrderedAttributes
	if s := r.sizeAttr(); s != "" {
		out = append(out, attr("data-size", s))
	}
	if r.Contrast {
		out = append(out, attr("data-contrast", "high"))
	}
	return out
}

func attr(key string, value any) templ.KeyValue[string, any] {
	return templ.KeyValue[string, any]{Key: key, Value: value}
}

// list collects attributes and leaves out the empty ones.
type list struct{ templ.OrderedAttributes }

func (l *list) add(key, value string) {
	if value != "" {
		l.OrderedAttributes = append(l.OrderedAttributes, attr(key, value))
	}
}

func (l *list) flag(key string, on bool) {
	if on {
		l.OrderedAttributes = append(l.OrderedAttributes, attr(key, true))
	}
}

func (l *list) more(extra templ.Attributes) templ.OrderedAttributes {
	for _, kv := range extra.Items() {
		l.OrderedAttributes = append(l.OrderedAttributes, attr(kv.Key, kv.Value))
	}
	return l.OrderedAttributes
}

func current(on bool) templ.OrderedAttributes {
	if on {
		return templ.OrderedAttributes{attr("aria-current", "page")}
	}
	return nil
}

// currentTrue marks the chosen one of a set that is not the page itself: a section, a filter.
func currentTrue(on bool) templ.OrderedAttributes {
	if on {
		return templ.OrderedAttributes{attr("aria-current", "true")}
	}
	return nil
}

func describe(id, hint, err, note string) templ.OrderedAttributes {
	var l list
	l.add("aria-describedby", describedBy(id, hint, err, note))
	return l.OrderedAttributes
}

func invalid(on bool) templ.OrderedAttributes {
	if on {
		return templ.OrderedAttributes{attr("aria-invalid", "true")}
	}
	return nil
}

// attrs are the attributes that text fields and text areas share.
func (in Input) attrs() templ.OrderedAttributes {
	var l list
	l.add("autocomplete", in.autocomplete())
	l.add("inputmode", in.InputMode)
	if !in.Spell {
		l.add("spellcheck", "false")
	}
	if in.MaxLength > 0 {
		l.add("maxlength", itoa(in.MaxLength))
	}
	return in.rest(l)
}

func (in Input) rest(l list) templ.OrderedAttributes {
	l.flag("readonly", in.ReadOnly)
	l.add("aria-describedby", describedBy(FieldID(in.Name), in.Hint, in.Error, in.Note))
	if in.Error != "" {
		l.add("aria-invalid", "true")
	}
	return l.more(in.Attrs)
}

func (in Input) numberAttrs() templ.OrderedAttributes {
	if in.InputMode == "" {
		in.InputMode = "numeric"
	}
	// A cell has neither hint nor note of its own.
	in.Hint, in.Note = "", ""
	return in.attrs()
}

func (in Input) passwordAttrs() templ.OrderedAttributes {
	var l list
	if in.Autocomplete == "" {
		in.Autocomplete = "current-password"
	}
	in.Note = ""
	l.add("autocomplete", in.Autocomplete)
	l.add("autocapitalize", "none")
	l.add("spellcheck", "false")
	return in.rest(l)
}

func (in Input) fileAttrs() templ.OrderedAttributes {
	var l list
	in.Note = ""
	l.add("accept", in.Accept)
	return in.rest(l)
}

func (c Choice) attrs() templ.OrderedAttributes {
	var l list
	l.add("aria-describedby", describedBy(FieldID(c.Name), c.Hint, c.Error, ""))
	if c.Error != "" {
		l.add("aria-invalid", "true")
	}
	return l.more(c.Attrs)
}

func optionAttrs(c Choice, i int) templ.OrderedAttributes {
	var l list
	if c.Options[i].Hint != "" {
		l.add("aria-describedby", optionID(c.Name, i)+"-hint")
	}
	return l.more(c.Attrs)
}

// groupID keeps the ids of a date's hint and error apart from those of its boxes.
func (d Date) groupID() string { return FieldID(d.Name) }

func (a Action) attrs() templ.OrderedAttributes {
	var l list
	l.add("name", a.Name)
	if a.Name != "" {
		l.OrderedAttributes = append(l.OrderedAttributes, attr("value", a.Value))
	}
	l.add("formaction", a.To)
	return l.more(a.Attrs)
}

func (o FormOptions) class() string {
	if o.Class == "" {
		return "p-form"
	}
	return "p-form " + o.Class
}

func (o FormOptions) attrs() templ.OrderedAttributes {
	var l list
	l.add("id", o.ID)
	if o.Upload {
		l.add("enctype", "multipart/form-data")
	}
	l.add("data-autosave", o.Autosave)
	return l.OrderedAttributes
}
