package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a person's name in the two parts that forms and sheets use, "Họ và tên
// đệm" and "Tên". Both are as given, cleaned; a person with one word has only Given.
type Name struct{ FamilyMiddle, Given string }

// SplitName guesses the parts of a full name: the last word is the given name
// (handbook §8.4). The guess is shown to people and may be corrected.
func SplitName(full string) Name {
	full = Clean(full)
	if i := strings.LastIndexByte(full, ' '); i >= 0 {
		return Name{FamilyMiddle: full[:i], Given: full[i+1:]}
	}
	return Name{Given: full}
}

// Full is the name as written: family, middle, given.
func (n Name) Full() string {
	return Clean(n.FamilyMiddle + " " + n.Given)
}

// Parts cuts the name into family (the first word), middle and given.
func (n Name) Parts() (family, middle, given string) {
	family, middle, _ = strings.Cut(Clean(n.FamilyMiddle), " ")
	return family, middle, Clean(n.Given)
}

// maxName is the longest name that fits forms, columns and printed lists, in letters.
const maxName = 100

// NameReason says why a name cannot be one.
type NameReason string

// Reasons of [NameError].
const (
	NameEmpty     NameReason = "empty"
	NameNoLetters NameReason = "no-letters"
	NameTooLong   NameReason = "too-long"
)

// NameError is the refusal of a name; its text is for the person who typed it.
type NameError struct{ Reason NameReason }

func (e *NameError) Error() string {
	switch e.Reason {
	case NameEmpty:
		return "Hãy nhập họ và tên."
	case NameNoLetters:
		return "Họ và tên phải có chữ cái."
	default:
		return "Họ và tên dài quá 100 ký tự. Hãy kiểm tra lại."
	}
}

// ValidName refuses, with a [*NameError], what cannot be the name of a person.
// It is tolerant: rare names, initials and names of one word pass.
func ValidName(full string) error {
	full = Clean(full)
	switch {
	case full == "":
		return &NameError{NameEmpty}
	case !strings.ContainsFunc(full, unicode.IsLetter):
		return &NameError{NameNoLetters}
	case utf8.RuneCountInString(full) > maxName:
		return &NameError{NameTooLong}
	}
	return nil
}
