package ui

import (
	"strings"

	"github.com/a-h/templ"
)

// FieldError is one thing to mend: the field's name as posted and the sentence the reader gets.
// An empty Field is an error of the form as a whole; the summary shows it without a link.
type FieldError struct {
	Field   string
	Message string
}

// Errors are the errors of one form, in the order of its fields.
type Errors []FieldError

// For gives the sentence for a field, or "".
func (es Errors) For(field string) string {
	for _, e := range es {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

// FieldID is the id of a field's control: "f-" and the name with everything unusual turned to "-".
// Every part derives its ids from it, so an error summary finds its field without being told where it is.
func FieldID(name string) string {
	return "f-" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, name)
}

// Input is a one-line field, a text area, a password, a file or a cell of a number grid.
type Input struct {
	Name  string
	Label string
	Hint  string
	Error string
	Value string

	Type         string // "text" (default), "tel", "email", "search", "url"
	Width        string // characters: "2" "3" "4" "5" "10" "20" "30"; empty = as wide as the form
	Rows         int    // of a Textarea; 0 = 4
	MaxLength    int    // 0 = none; the server decides anyway
	Autocomplete string // "off" by default in the workplace's forms about other people
	InputMode    string // "numeric", "decimal", "tel", …
	Accept       string // of a FileUpload
	Spell        bool   // spell checking; off by default, names and numbers are no prose
	LabelSize    string // "s", "m", "l": a label that is a heading
	HideLabel    bool   // the label is read out but not seen
	ReadOnly     bool
	Note         string           // below the control: "Hiểu là năm 1946, đúng không?"
	Attrs        templ.Attributes // anything else on the control
}

// Option is one choice of a Select, Radios or Checkboxes.
type Option struct {
	Value    string
	Label    string
	Hint     string
	Disabled bool
}

// Choice is a question with given answers.
type Choice struct {
	Name      string
	Label     string // the legend
	Hint      string
	Error     string
	Value     string   // chosen value of a Select or Radios
	Values    []string // chosen values of Checkboxes
	Options   []Option
	Inline    bool   // radios side by side from tablets up
	LabelSize string // "s", "m", "l"
	HideLabel bool
	Attrs     templ.Attributes // on the select, or on each input
}

// Check is a single box to tick. It posts Value ("1" when empty).
type Check struct {
	Name    string
	Label   string
	Hint    string
	Error   string
	Value   string
	Checked bool
}

// Date asks for a day that may be known by its year only. It posts Name+"-ngay", Name+"-thang", Name+"-nam".
type Date struct {
	Name      string
	Label     string
	Hint      string
	Error     string
	BadPart   string // "ngay", "thang" or "nam": the box to mend; empty = all three, focus on the first
	Day       string
	Month     string
	Year      string
	Note      string // below the boxes
	LabelSize string
}

// FormOptions describe a <form method="post">.
type FormOptions struct {
	Action   string
	ID       string
	Upload   bool   // multipart, for files
	Autosave string // address the script posts the fields to on blur and every 20 s; empty = no autosave
	Class    string // besides p-form
}

// ActionKind is how a button looks.
type ActionKind string

// The kinds of Action. One Primary a screen.
const (
	Primary   ActionKind = ""
	Secondary ActionKind = "secondary"
	Danger    ActionKind = "warning" // outlined in red, opens a confirm page
	Plain     ActionKind = "plain"   // looks like a link
)

// Action is a button of a form, or, with URL, a link that looks like one (Plain: like any link).
type Action struct {
	Label  string
	Hidden string // words only for screen readers, after the label: "Sửa" + " ngày sinh"
	Kind   ActionKind
	URL    string
	Name   string // the button's name and value are posted with the form
	Value  string
	Icon   string
	To     string           // formaction: posts to another address than the form's
	Attrs  templ.Attributes // anything else, such as form="id"
}

func (a Action) class() string {
	switch {
	case a.Kind == Plain && a.URL != "":
		return "govuk-link govuk-body p-flush"
	case a.Kind == Plain:
		return "p-plain"
	case a.Kind == Primary:
		return "govuk-button"
	}
	return "govuk-button govuk-button--" + string(a.Kind)
}

// describedBy lists the ids of what explains a control; "" when there is nothing.
func describedBy(id, hint, err, note string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, id+"-g")
	}
	if err != "" {
		ids = append(ids, id+"-e")
	}
	if note != "" {
		ids = append(ids, id+"-n")
	}
	return strings.Join(ids, " ")
}

// groupClass is the wrapper of a field; it carries the red bar when the field has an error.
func groupClass(err, extra string) string {
	c := "govuk-form-group"
	if err != "" {
		c += " govuk-form-group--error"
	}
	return c + extra
}

func labelClass(base, size string, hide bool) string {
	switch {
	case hide:
		return base + " govuk-visually-hidden"
	case size != "":
		return base + " " + base + "--" + size
	}
	return base
}

func (in Input) typ() string {
	if in.Type == "" {
		return "text"
	}
	return in.Type
}

func (in Input) class(base, extra string) string {
	c := base + extra
	if in.Error != "" {
		c += " " + base + "--error"
	}
	if in.Width != "" {
		c += " govuk-input--width-" + in.Width
	}
	return c
}

func (in Input) rows() int {
	if in.Rows == 0 {
		return 4
	}
	return in.Rows
}

func (in Input) autocomplete() string {
	if in.Autocomplete == "" {
		return "off"
	}
	return in.Autocomplete
}

func (c Choice) chosen(value string) bool {
	for _, v := range c.Values {
		if v == value {
			return true
		}
	}
	return false
}

// optionID numbers the inputs of a group; the first one has the field's own id.
func optionID(name string, i int) string {
	if i == 0 {
		return FieldID(name)
	}
	return FieldID(name) + "-" + itoa(i+1)
}

// partID is the id of one box of a date. The box to mend gets the field's own id, so that the error
// summary leads to it without a script.
func (d Date) partID(part string) string {
	if d.BadPart == part || d.BadPart == "" && part == "ngay" {
		return FieldID(d.Name)
	}
	return FieldID(d.Name + "-" + part)
}

func (d Date) partClass(part string) string {
	c := "govuk-input govuk-date-input__input govuk-input--width-2"
	if part == "nam" {
		c = "govuk-input govuk-date-input__input govuk-input--width-4"
	}
	if d.partBad(part) {
		c += " govuk-input--error"
	}
	return c
}

func (d Date) partBad(part string) bool {
	return d.Error != "" && (d.BadPart == "" || d.BadPart == part)
}

func (c Check) value() string {
	if c.Value == "" {
		return "1"
	}
	return c.Value
}

// FormKey is the hidden field of every Form: a random key that lets the server recognise a second submit.
const FormKey = "_khoa"
