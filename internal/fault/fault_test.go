package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"wardportal/internal/fault"
)

// The text of a fault reaches the log: it names fields and causes, never what a person typed into them (ASVS 16.2.5).
func TestLogTextNamesFieldsNotWhatWasTyped(t *testing.T) {
	t.Parallel()
	err := fault.At("phone", "Số 0905 123 456 đã có người dùng.")
	if text := err.Error(); strings.Contains(text, "0905") || !strings.Contains(text, "[phone]") {
		t.Errorf("log text %q", text)
	}
	wrapped := fault.Wrap(fault.Unavailable, "Hệ thống đang bận.", errors.New("dial tcp: refused"))
	if text := wrapped.Error(); !strings.Contains(text, "refused") || !strings.Contains(text, "unavailable") {
		t.Errorf("the cause is lost for the log: %q", text)
	}
}

func TestKindSurvivesWrapping(t *testing.T) {
	t.Parallel()
	for _, e := range []*fault.Error{fault.Missing(), fault.Denied(), fault.Stale(), fault.At("name", "Nhập tên."), fault.New(fault.TooMany, "Đợi.")} {
		far := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", e))
		if fault.KindOf(far) != e.Kind || !fault.Is(far, e.Kind) || fault.MessageOf(far) != e.Message {
			t.Errorf("%s lost its kind or sentence behind two wrappings", e.Kind)
		}
	}
	plain := errors.New("x")
	if fault.KindOf(plain) != fault.Internal || fault.Is(plain, fault.Internal) || fault.MessageOf(plain) != "" || fault.FieldsOf(plain) != nil {
		t.Error("an error that is no fault must be internal, and say nothing to people")
	}
	if k := fault.Kind(99).String(); k != "kind(99)" {
		t.Errorf("unknown kind prints %q", k)
	}
	if fault.Unavailable.String() != "unavailable" || fault.Internal.String() != "internal" {
		t.Error("names of kinds have moved")
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	var p fault.Problems
	if p.Err() != nil {
		t.Fatal("no complaint is no error")
	}
	p.Add("birth", "Ngày 31/02 không có.")
	p.Add("birth", "Năm sinh chưa hợp lý.")
	p.Add("", "Thiếu thông tin.")
	p.Add("", "Còn thiếu nữa.")
	if err := p.Merge(fault.At("phone", "Số điện thoại chưa đúng.")); err != nil {
		t.Fatal(err)
	}
	if err := p.Merge(fault.New(fault.Invalid, "Hai người trùng nhau.")); err != nil {
		t.Fatal(err)
	}
	if err := p.Merge(nil); err != nil {
		t.Fatal(err)
	}
	if err := p.Merge(fault.Missing()); !fault.Is(err, fault.NotFound) {
		t.Errorf("another kind must come back, got %v", err)
	}
	fields := fault.FieldsOf(p.Err())
	if len(fields) != 5 || fields[0].Message != "Ngày 31/02 không có." {
		t.Errorf("complaints %v: the first about a field wins, those about the whole form all stay", fields)
	}
	if !p.Has("phone") || p.Has("name") {
		t.Error("Has does not tell complained fields from others")
	}
	if !fault.Is(p.Err(), fault.Invalid) {
		t.Error("complaints are Invalid")
	}
}
