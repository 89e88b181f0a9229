// Package association owns the ward's associations and their branches: what kinds exist, who stands above whom,
// and the lineage that remains when units merge, split or take a new name. Of which kinds there are, this package
// holds the registry (kinds.go): every generic page, import and report iterates it.
//
// # Glossary
//
// Code and comments use the English word, screens the Vietnamese one. Nothing else is used for the same thing.
//
//	ward                      phường
//	residential group         tổ dân phố (TDP)
//	association               hội (hội đặc thù; now "hội do Đảng, Nhà nước giao nhiệm vụ")
//	association kind          loại hội: Người cao tuổi, Khuyến học, … (a registry entry, not a person's choice)
//	superior                  hội cấp trên, cơ quan chủ quản
//	branch                    chi hội
//	group of a branch         tổ hội
//	counted branch            chi hội chỉ quản lý theo số lượng (no roster; dated counts with a source)
//	person                    người
//	member, membership        hội viên, tư cách hội viên: one person in one association, dated
//	admission                 kết nạp mới; arrival: chuyển đến; listed before: đã là hội viên từ trước
//	departure                 chuyển đi, xin ra, xóa tên, khai trừ; slip of the hand: nhập nhầm
//	profile field             trường hồ sơ chuyên biệt, per kind (handbook §3.2)
//	body                      ban: Ban Chấp hành (BCH), Ban Thường vụ (BTV), Ban Kiểm tra
//	office, officer           chức danh, cán bộ hội
//	seat, quota               chỗ trong ban, số lượng theo nghị quyết
//	vacancy                   chỗ còn khuyết
//	term                      nhiệm kỳ
//	appointment               bầu, bầu bổ sung, chỉ định, giao phụ trách
//	branch head               chi hội trưởng (CHT)
//	activity diary            sổ hoạt động
//	books                     sổ (roster, officers, meetings, diary, funds); "theo sổ" = computed from them
//	indicator                 chỉ tiêu số liệu, a row of the report form
//	target                    chỉ tiêu kế hoạch năm
//	figure, value             số liệu
//	campaign                  đợt báo cáo
//	cut-off, deadline, close  ngày chốt số liệu, hạn nộp, khóa số liệu
//	report, ward summary      báo cáo, bảng tổng hợp các hội
//	typed on behalf           nhập thay (từ bản giấy)
//	consolidation             tổng hợp
//	memberships, people       lượt hội viên, số người (không trùng)
//	fund                      quỹ hội
//	longevity celebration     mừng thọ
//	patriotic prisoner        người tù yêu nước; victim: nạn nhân chất độc da cam/dioxin
//	former youth volunteer    cựu thanh niên xung phong (TNXP)
//	study promotion           khuyến học; title: danh hiệu học tập
//	minutes, resolution       biên bản, nghị quyết
//	lineage                   quan hệ kế thừa (nhập, tách, đổi tên)
package association
