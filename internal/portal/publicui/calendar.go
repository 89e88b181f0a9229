package publicui

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"wardportal/internal/db"
	"wardportal/internal/meeting"
	"wardportal/internal/portal/href"
	"wardportal/internal/portal/kit"
	"wardportal/internal/vi"
)

const calendarLength = 100

// meetingLine is an announced meeting.
type meetingLine struct {
	ISO, Day, Month, Title, Where string
}

type calendarView struct {
	Lines []meetingLine
}

func meetingLines(list []meeting.Meeting, facts kit.Facts) []meetingLine {
	lines := make([]meetingLine, 0, len(list))
	for _, m := range list {
		at := m.StartsAt.In(vi.Location())
		where := []string{vi.ClockTime(at)}
		if m.Place != "" {
			where = append(where, m.Place)
		}
		if m.AssociationID != nil {
			if a, ok := facts.Association(*m.AssociationID); ok {
				where = append(where, a.Name)
			}
		}
		lines = append(lines, meetingLine{ISO: isoTime(at), Day: at.Format("02"), Month: fmt.Sprintf("tháng %d", at.Month()), Title: m.Title, Where: strings.Join(where, ", ")})
	}
	return lines
}

func (p pages) calendar(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	list, err := meeting.Upcoming(r.Context(), tx, calendarLength)
	if err != nil {
		return kit.Reply{}, err
	}
	facts := p.kit.FactsOf(r.Context())
	return kit.Public(kit.PublicPage{Title: "Lịch họp và sinh hoạt", Active: href.Calendar, Path: href.Calendar,
		Description: "Các cuộc họp, sinh hoạt sắp tới của các hội đặc thù " + facts.Ward.Name + "."}, calendarBody(calendarView{Lines: meetingLines(list, facts)})), nil
}

// calendarFile is the same list for the calendar of a phone (RFC 5545).
func (p pages) calendarFile(r *http.Request, tx *db.Tx) (kit.Reply, error) {
	list, err := meeting.Upcoming(r.Context(), tx, calendarLength)
	if err != nil {
		return kit.Reply{}, err
	}
	return kit.Inline("text/calendar; charset=utf-8", writes(icalendar(list, p.kit.BaseURL.Hostname(), p.kit.FactsOf(r.Context()).Ward.Name, tx.Now()))), nil
}

// icalendar writes the meetings; times are UTC, so no time zone has to be described. A meeting without an end lasts two hours.
func icalendar(list []meeting.Meeting, host, ward string, now time.Time) string {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(foldLine(name+":"+value) + "\r\n") }
	stamp := func(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Cong thong tin cac hoi dac thu//VI")
	line("X-WR-CALNAME", escapeICS("Lịch các hội "+ward))
	for _, m := range list {
		end := m.StartsAt.Add(2 * time.Hour)
		if m.EndsAt != nil {
			end = *m.EndsAt
		}
		line("BEGIN", "VEVENT")
		line("UID", fmt.Sprintf("hop-%d@%s", m.ID, host))
		line("SEQUENCE", fmt.Sprint(m.Version))
		line("DTSTAMP", stamp(now))
		line("DTSTART", stamp(m.StartsAt))
		line("DTEND", stamp(end))
		line("SUMMARY", escapeICS(m.Title))
		if m.Place != "" {
			line("LOCATION", escapeICS(m.Place))
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.String()
}

var icsEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

func escapeICS(s string) string { return icsEscaper.Replace(s) }

// foldLine breaks a line after at most 75 octets, never inside a letter; the next begins with a blank.
func foldLine(s string) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		size := len(string(r))
		if n+size > 75 {
			b.WriteString("\r\n ")
			n = 1
		}
		b.WriteRune(r)
		n += size
	}
	return b.String()
}
