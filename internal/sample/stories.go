package sample

import (
	"time"

	"wardportal/internal/vi"
)

// stories are the demo's news, in the project's own words. The first reports the published facts of the conference
// (handbook §1); all others are made up.
var stories = []story{
	{
		at: time.Date(2023, 12, 4, 16, 54, 0, 0, vi.Location()), category: "tin-tuc", featured: true, byline: "NVN, MD", views: 150,
		title: "Hội nghị tổng kết hoạt động các Hội đặc thù năm 2023 và phương hướng nhiệm vụ năm 2024",
		lead:  "Củng cố tổ chức, sớm bổ sung ủy viên Ban Chấp hành và chi hội trưởng còn khuyết là việc được nhắc nhiều nhất tại hội nghị chiều 01/12.",
		body: `Chiều ngày 01/12/2023, UBND phường Chánh Lộ tổ chức Hội nghị tổng kết hoạt động các Hội đặc thù năm 2023 và phương hướng nhiệm vụ năm 2024.

Dự hội nghị có lãnh đạo các hội cấp thành phố; Phó Chủ tịch UBND phường; đại diện các ban ngành, hội đoàn thể; bí thư chi bộ 8 tổ dân phố cùng các ủy viên Ban Thường vụ, ủy viên Ban Chấp hành, chi hội trưởng và hội viên của năm hội: Hội Nạn nhân chất độc da cam/dioxin, Hội Người cao tuổi, Hội Khuyến học, Hội Thanh niên xung phong và Hội Tù yêu nước.

Các hội lần lượt báo cáo việc đã làm trong năm và dự kiến cho năm tới. Đại biểu các chi hội góp thêm kinh nghiệm giữ nền nếp sinh hoạt, thăm hỏi hội viên và vận động quỹ.

Phát biểu tại hội nghị, ông Nguyễn Công Trước, PCT Hội Khuyến học thành phố, ghi nhận kết quả của các hội trong năm và gợi ý một số việc nên tập trung.

Thay mặt UBND phường, bà Đoàn Thị Hoa Kiều, PCT UBND phường, đề nghị các hội sớm kiện toàn những chỗ còn khuyết trong Ban Chấp hành và chi hội trưởng; giữ vững và phát triển các câu lạc bộ, mô hình, phong trào; đưa chỉ tiêu của nghị quyết thành chương trình cụ thể; báo cáo về phường kịp thời./.`,
		pictures: []picture{
			{"hoi-truong", "Quang cảnh hội nghị.", "Tranh vẽ hội trường có phông đỏ, một người đứng phát biểu ở bục trước nhiều người ngồi dự."},
			{"phat-bieu-1", "Đồng chí Nguyễn Công Trước – PCT Hội Khuyến học thành phố phát biểu chỉ đạo tại Hội nghị", "Tranh vẽ một người đàn ông đứng phát biểu tại bục."},
			{"phat-bieu-2", "Đồng chí Đoàn Thị Hoa Kiều – PCT. UBND phường phát biểu chỉ đạo tại Hội nghị", "Tranh vẽ một người phụ nữ mặc áo dài đứng phát biểu tại bục."},
		},
	},
	{days: 2, category: "thong-bao", title: "Thông báo thời gian chốt số liệu và nộp báo cáo năm của các hội", byline: "VP",
		lead: "Các hội rà soát danh sách hội viên, sổ thu chi trước khi nộp báo cáo về phường.",
		body: "UBND phường đề nghị các hội đối chiếu danh sách hội viên với từng chi hội, ghi đủ các hoạt động đã làm vào sổ và nộp báo cáo năm đúng hạn.\n\nHội nào gặp khó khăn khi nhập số liệu có thể mang bản giấy đến phường, cán bộ theo dõi hội sẽ nhập thay."},
	{days: 6, category: "khuyen-hoc", slug: "khuyen-hoc", title: "45 suất học bổng đến với học sinh vượt khó", byline: "TV",
		lead: "Buổi trao học bổng diễn ra ấm cúng tại hội trường phường.",
		body: "Hội Khuyến học phường vừa trao 45 suất học bổng cho học sinh có hoàn cảnh khó khăn vươn lên học tốt.\n\nNguồn học bổng do các nhà hảo tâm và hội viên trong phường đóng góp từ đầu năm. Ban Chấp hành hội mong các em giữ nếp tự học và giúp bạn cùng tiến bộ."},
	{days: 12, category: "suc-khoe", slug: "nguoi-cao-tuoi", title: "Khám mắt cho người cao tuổi tại nhà văn hóa tổ dân phố 5", byline: "TV",
		lead:     "Hơn một trăm cụ được đo thị lực, tư vấn và hẹn lịch mổ khi cần.",
		body:     "Sáng thứ Bảy, Hội Người cao tuổi phường phối hợp với các bác sĩ tổ chức khám mắt miễn phí cho hội viên.\n\nCác cụ được đo thị lực, soi đáy mắt và nghe hướng dẫn cách giữ mắt. Chi hội cử người đưa đón những cụ đi lại khó khăn.",
		pictures: []picture{{"thien-an", "Núi Thiên Ấn bên sông Trà.", "Tranh vẽ núi Thiên Ấn và dòng sông."}}},
	{days: 20, category: "hoat-dong-hoi", slug: "thanh-nien-xung-phong", title: "Cựu thanh niên xung phong kể chuyện mở đường cho học sinh", byline: "HN",
		lead: "Những câu chuyện mở đường giữa bom đạn khiến cả sân trường lặng đi.",
		body: "Nhân tuần sinh hoạt truyền thống, Hội Thanh niên xung phong phường đến nói chuyện với học sinh khối trung học cơ sở.\n\nCác bác kể lại những ngày san lấp hố bom, gùi gạo, tải đạn. Nhiều em xin được đến thăm nhà các bác để nghe kể tiếp."},
	{days: 31, category: "hoat-dong-hoi", slug: "chat-doc-da-cam", title: "Trao bò giống và xe lăn cho gia đình hội viên", byline: "HN",
		lead: "Món quà thiết thực giúp các gia đình có thêm kế sinh nhai.",
		body: "Hội Nạn nhân chất độc da cam/dioxin phường vừa trao hỗ trợ sinh kế và xe lăn cho một số gia đình hội viên.\n\nHội cử người theo dõi, hướng dẫn chăm sóc bò giống và giúp làm thủ tục bảo hiểm khi cần."},
	{days: 45, category: "guong-sang", slug: "nguoi-cao-tuoi", title: "Câu lạc bộ liên thế hệ: già trẻ cùng vui, cùng giúp nhau", byline: "TV",
		lead: "Mỗi tháng một buổi, câu lạc bộ ở tổ dân phố 3 chưa khi nào vắng người.",
		body: "Câu lạc bộ liên thế hệ tự giúp nhau ở tổ dân phố 3 sinh hoạt đều đặn nhiều năm nay.\n\nNgười khỏe giúp người yếu, người trẻ giúp người già đi khám bệnh, đọc báo, làm giấy tờ. Quỹ của câu lạc bộ cho thành viên vay vốn nuôi gà, trồng rau."},
	{days: 58, category: "hoat-dong-hoi", slug: "tu-yeu-nuoc", title: "Gặp mặt truyền thống Hội Tù yêu nước", byline: "HN",
		lead: "Những người bạn tù năm xưa nắm tay nhau, nhắc lại chuyện cũ.",
		body: "Hội Tù yêu nước phường tổ chức gặp mặt truyền thống, thăm hỏi những hội viên cao tuổi, sức yếu.\n\nTại buổi gặp mặt, các bác thống nhất tiếp tục nói chuyện truyền thống tại các trường học và cùng nhau thăm lại những nơi từng bị giam giữ."},
	{days: 75, category: "khuyen-hoc", slug: "khuyen-hoc", title: "Phát động nuôi heo đất khuyến học năm học mới", byline: "TV",
		lead: "Mỗi gia đình một chú heo đất, cuối năm học cùng mở.",
		body: "Hội Khuyến học phường phát động các chi hội, gia đình nuôi heo đất để góp quỹ giúp học sinh khó khăn.\n\nNăm học trước, các chi hội đã đóng góp được nhiều suất quà sách vở, xe đạp cho các em."},
	{days: 96, category: "thong-bao", slug: "chat-doc-da-cam", title: "Lịch trao quà dịp 10/8 cho nạn nhân chất độc da cam", byline: "VP",
		lead: "Quà được trao tại nhà văn hóa các tổ dân phố và mang đến tận nhà cho người yếu.",
		body: "Nhân Ngày vì nạn nhân chất độc da cam 10/8, hội phối hợp với các tổ dân phố trao quà cho gia đình nạn nhân.\n\nGia đình nào không đến được, chi hội trưởng sẽ mang quà đến nhà."},
	{days: 120, category: "hoat-dong-hoi", slug: "thanh-nien-xung-phong", title: "Thăm đồng đội nhân ngày truyền thống 15/7", byline: "HN",
		lead: "Đoàn đến thăm từng nhà, tặng sổ tiết kiệm cho hội viên khó khăn.",
		body: "Nhân Ngày truyền thống lực lượng Thanh niên xung phong, Ban Chấp hành hội đến thăm các hội viên đau yếu và tặng sổ tiết kiệm từ quỹ nghĩa tình đồng đội."},
	{days: 165, category: "hoat-dong-hoi", slug: "nguoi-cao-tuoi", title: "Giao lưu dưỡng sinh, văn nghệ người cao tuổi", byline: "TV",
		lead: "Tám chi hội cùng tham gia, sân nhà văn hóa rộn tiếng cười.",
		body: "Buổi giao lưu có các bài dưỡng sinh, dân vũ và những làn điệu dân ca do chính các cụ biểu diễn.\n\nĐây là dịp để hội viên các chi hội gặp gỡ, động viên nhau sống vui, sống khỏe."},
	{days: 230, category: "guong-sang", slug: "khuyen-hoc", title: "Dòng họ hiếu học ở tổ dân phố 2", byline: "TV",
		lead: "Ba đời giữ nếp mỗi đầu xuân mừng tuổi con cháu bằng sách.",
		body: "Đầu mỗi năm mới, ban khuyến học của dòng họ họp mặt, biểu dương con cháu học tốt và giúp những em còn khó khăn.\n\nNếp ấy giữ được nhiều năm nay, các gia đình trong tổ dân phố cùng học theo."},
	{days: 290, category: "thong-bao", slug: "nguoi-cao-tuoi", title: "Tổ chức mừng thọ đầu xuân cho các cụ từ 70 tuổi", byline: "VP",
		lead: "Các chi hội rà soát danh sách, gửi về hội trước rằm tháng Chạp.",
		body: "Hội Người cao tuổi phường đề nghị các chi hội rà soát các cụ tròn 70, 75, 80, 85, 90, 95 và từ 100 tuổi trở lên để tổ chức mừng thọ.\n\nCụ nào sức yếu không đến dự lễ, phường và hội sẽ đến mừng tại nhà."},
}
