package ui

// Tone is the meaning behind a colour. A tone never stands alone: words say it, an icon repeats it.
type Tone string

// The tones of tags, insets, statuses and messages.
const (
	Info Tone = ""     // blue, neutral news
	Good Tone = "good" // green: done, accepted, matches
	Warn Tone = "warn" // amber: needs care, can go on
	Bad  Tone = "bad"  // red: wrong, late, blocked
	Grey Tone = "grey" // nothing to do
)

// class gives the text colour class of an icon or a status.
func (t Tone) class() string {
	switch t {
	case Good, Warn, Bad:
		return " p-" + string(t)
	}
	return ""
}

// tag gives govuk's colour modifier of a tag.
func (t Tone) tag() string {
	switch t {
	case Good:
		return " govuk-tag--green"
	case Warn:
		return " govuk-tag--yellow"
	case Bad:
		return " govuk-tag--red"
	case Grey:
		return " govuk-tag--grey"
	}
	return ""
}

// inset gives the modifier of an inset box.
func (t Tone) inset() string {
	switch t {
	case Info:
		return " p-inset--info"
	case Good, Warn, Bad:
		return " p-inset--" + string(t)
	}
	return ""
}

// icon is the picture that goes with a tone when the caller names none.
func (t Tone) icon() string {
	switch t {
	case Good:
		return "check"
	case Warn:
		return "warning"
	case Bad:
		return "wrong"
	case Grey:
		return "none"
	}
	return "info"
}
