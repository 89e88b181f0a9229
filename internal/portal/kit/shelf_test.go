package kit_test

import (
	"net/http"
	"testing"
	"time"

	"wardportal/internal/sample/sampletest"
)

func TestAKeptPageGoesWithTheNextWrite(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	s.Kit.KeepPages = time.Hour
	b := s.Nobody()
	before := b.Get(t, "/gioi-thieu").Want(t, http.StatusOK)
	s.Owner(t, `update article set title = 'Tiêu đề vừa đổi' where title like 'Hội nghị%'`)
	kept := b.Get(t, "/").Want(t, http.StatusOK)
	again := b.Get(t, "/").Want(t, http.StatusOK)
	if kept.Body != again.Body {
		t.Error("two showings of a kept page differ")
	}
	s.Owner(t, `update article set title = 'Tiêu đề đổi lần nữa' where title like 'Tiêu đề%'`)
	b.Get(t, "/").Want(t, http.StatusOK, "Tiêu đề vừa đổi") // past the program: kept until its time is over
	// A write of the program itself empties the shelf.
	sampletest.As(t, s, "nct").Post(t, "/quan-ly/tai-khoan/phien", map[string][]string{"phien": {"999999"}})
	b.Get(t, "/").Want(t, http.StatusOK, "Tiêu đề đổi lần nữa")
	if tag := before.Header.Get("ETag"); tag == "" {
		t.Error("a public page has no entity tag")
	}
}

func TestReaderSwitchesHavePagesOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := sampletest.Start(t)
	s.Kit.KeepPages = time.Hour
	plain := s.Nobody()
	plain.Get(t, "/").Want(t, http.StatusOK)
	large := s.Nobody()
	large.Post(t, "/co-chu", map[string][]string{"co": {"26"}, "tp": {"1"}, "ve": {"/"}})
	page := large.Get(t, "/").Want(t, http.StatusOK)
	if len(page.Find("html", "data-size", "26")) != 1 || len(page.Find("html", "data-contrast", "high")) != 1 {
		t.Error("the reader's large text got lost on the shelf")
	}
	if back := plain.Get(t, "/"); len(back.Find("html", "data-size", "26")) != 0 {
		t.Error("somebody else's large text came from the shelf")
	}
}
