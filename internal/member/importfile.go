package member

import (
	"context"
	"errors"
	"io"

	"wardportal/internal/fault"
	"wardportal/internal/sheet"
)

// FieldFile is the name of the upload field that complaints about a file point at.
const FieldFile = "tep"

// ReadRoster reads a roster file of any format. What is wrong with the file itself comes back as a fault with a sentence that
// says what to do.
func ReadRoster(ctx context.Context, r io.ReaderAt, size int64, o SheetOptions) (Draft, error) {
	book, err := sheet.Read(ctx, r, size, sheet.DefaultLimits())
	var bad *sheet.Failure
	switch {
	case errors.As(err, &bad):
		return Draft{}, refuseFile(bad)
	case err != nil:
		return Draft{}, err
	}
	d := ReadSheets(book, o)
	if len(d.Rows) == 0 && !d.hasTable() {
		return Draft{}, fault.At(FieldFile, "Không tìm thấy danh sách người trong tệp. Tệp cần có một dòng tiêu đề với cột “Họ và tên” và mỗi người một dòng.")
	}
	return d, nil
}

func (d Draft) hasTable() bool {
	for _, s := range d.Sheets {
		if s.Header > 0 {
			return true
		}
	}
	return false
}

// refuseFile says why a file cannot be read, and what to do.
func refuseFile(f *sheet.Failure) error {
	say := func(kind fault.Kind, words string) error {
		if kind == fault.TooLarge {
			return fault.Wrap(kind, words, f)
		}
		e := fault.At(FieldFile, words)
		e.Cause = f
		return e
	}
	switch f.Kind {
	case sheet.TooLarge:
		return say(fault.TooLarge, "Tệp quá lớn, hoặc có quá nhiều trang tính, dòng hay cột. Xin chia thành các tệp nhỏ, mỗi tệp không quá 100.000 dòng.")
	case sheet.Bomb:
		return say(fault.TooLarge, "Tệp này khi mở ra lớn bất thường nên không đọc. Xin mở bằng Excel và lưu lại thành tệp mới.")
	case sheet.Encrypted:
		return say(fault.Invalid, "Tệp có đặt mật khẩu. Xin mở bằng Excel, bỏ mật khẩu, lưu lại rồi chọn tệp đó.")
	case sheet.Truncated:
		return say(fault.Invalid, "Tệp bị hỏng hoặc tải lên chưa hết. Xin mở thử bằng Excel, lưu lại rồi chọn lại.")
	case sheet.NoConverter, sheet.NotRead:
		return say(fault.Invalid, "Máy chủ không đọc được kiểu tệp này. Xin mở bằng Excel, chọn “Lưu thành”, kiểu “Excel Workbook (.xlsx)”, rồi chọn tệp mới.")
	default:
		return say(fault.Invalid, "Đây không phải tệp bảng tính. Hãy chọn tệp Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV.")
	}
}
