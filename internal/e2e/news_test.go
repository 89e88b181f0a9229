package e2e

import (
	"context"
	"net/http"
	"testing"

	"wardportal/internal/portal/portaltest"
)

// newsIsWrittenAndRead is the newsroom: the editor writes with a photo, a second person publishes, a resident reads, and
// what is withdrawn is gone at once.
func newsIsWrittenAndRead(t *testing.T, chrome context.Context, site *portaltest.Site) {
	const title = "Các cụ chi hội 3 tập dưỡng sinh mỗi sáng"
	editor := comes(t, chrome, site, "bien-tap").signsIn("bientap")
	editor.press("Tin tức", "Việc cần làm").press("Viết bài")
	editor.fill("Phần mở đầu", "Hơn ba mươi cụ tập đều ở sân nhà văn hóa.").press("Lưu bài").is(http.StatusUnprocessableEntity)
	if got := editor.value("Phần mở đầu"); got != "Hơn ba mươi cụ tập đều ở sân nhà văn hóa." {
		t.Errorf("the lead is lost: %q", got)
	}
	editor.fill("Tiêu đề", title).fill("Nội dung", "Mỗi sáng từ 5 giờ, các cụ ra sân.\n\n## Lịch tập\n\n- thứ Hai đến thứ Sáu\n- nghỉ ngày mưa to\n\n[ảnh 1]").
		tick("Tin tức", "Chuyên mục").fill("Tên viết tắt người viết", "TV").
		attach("Chọn ảnh", paperPhoto(t)).fill("Chú thích ảnh", "Các cụ tập ở sân nhà văn hóa.", "Thêm một ảnh").fill("Tả ảnh cho người không nhìn thấy", "Nhiều cụ đứng thành hàng, tay giơ ngang.", "Thêm một ảnh")
	editor.press("Lưu bài").is(http.StatusOK).sees("Đã lưu bài", title, "Lịch tập", "Các cụ tập ở sân nhà văn hóa.")
	work := editor.path()

	resident := comes(t, chrome, site, "nguoi-doc")
	resident.opens("/tin-tuc").misses(title)
	editor.press("Gửi duyệt").sees("Đã gửi bài")
	editor.misses("Đăng bài")
	resident.opens("/tin-tuc").misses(title)

	official := comes(t, chrome, site, "can-bo-duyet").signsIn("canbo")
	official.press("Tin tức", "Việc cần làm").press(title).at(work)
	official.tap("Trả lại bài").fill("Cần sửa gì", "Thêm giờ tập buổi chiều").press("Trả lại cho người viết").sees("Đã trả lại bài cho người viết")
	editor.opens(work).sees("Thêm giờ tập buổi chiều").press("Sửa bài").fill("Phần mở đầu", "Hơn ba mươi cụ tập đều sáng và chiều.").press("Lưu bài").press("Gửi duyệt")
	official.opens(work).press("Đăng bài").sees("Đã đăng bài. Người dân đọc được ngay.")

	resident.opens("/tin-tuc").press(title).is(http.StatusOK).sees("sáng và chiều", "Các cụ tập ở sân nhà văn hóa.", "TV")
	resident.picturesShow(1)
	article := resident.path()
	official.opens(work).tap("Gỡ bài").fill("Lý do gỡ bài", "Nhầm giờ tập").press("Gỡ bài", "Lý do gỡ bài").sees("Đã gỡ bài")
	resident.opens(article).is(http.StatusNotFound).misses("sáng và chiều")
	resident.opens("/tin-tuc").misses(title)
}
