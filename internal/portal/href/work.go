package href

import (
	"strconv"

	"wardportal/internal/authz"
)

// Pages of officers, the diary and branches.
const (
	DiaryAdd   = Diary + "/them"
	OfficerAdd = Officers + "/them"
	Terms      = Officers + "/nhiem-ky"
	BranchAdd  = Branches + "/them"
)

func id(n int64) string { return strconv.FormatInt(n, 10) }

// Entry is an entry of the diary.
func Entry(e authz.ActivityID) string { return Diary + "/" + id(int64(e)) }

// EntryDo is a page below an entry of the diary: "sua", "bo".
func EntryDo(e authz.ActivityID, act string) string { return Entry(e) + "/" + act }

// OfficersOf is who holds an office in one association.
func OfficersOf(a authz.AssociationID) string { return Officers + "?hoi=" + id(int64(a)) }

// OfficerEnd is where somebody leaves an office.
func OfficerEnd(a authz.AppointmentID) string { return Officers + "/" + id(int64(a)) + "/thoi" }

// Term is the form of a term of office.
func Term(t authz.TermID) string { return Terms + "/" + id(int64(t)) }

// Branch is the page of a branch.
func Branch(b authz.BranchID) string { return Branches + "/" + id(int64(b)) }

// BranchDo is a page below a branch: "ket-thuc", "so-lieu".
func BranchDo(b authz.BranchID, act string) string { return Branch(b) + "/" + act }

// BranchesOf lists the branches of one association.
func BranchesOf(a authz.AssociationID) string { return Branches + "?hoi=" + id(int64(a)) }

// Residents' letters: the public pages and the desk.
const (
	LettersSent   = Letters + "/da-gui"
	LettersLookUp = Letters + "/tra-cuu"
	WorkLetters   = Work + "/gop-y"
)

// Letter is a letter at the desk.
func Letter(l authz.LetterID) string { return WorkLetters + "/" + id(int64(l)) }
