//! The first version of every template, as a ward would write it.

use super::{Channel, Language, Told};

/// Subject and sentence in Vietnamese, then in English.
const fn texts(told: Told) -> [&'static str; 4] {
    match told {
        Told::Submitted => [
            "Đã nhận hồ sơ gửi đến, số {code}",
            "Hồ sơ số {code} đã được gửi đến Trung tâm và đang chờ kiểm tra. Kết quả kiểm tra sẽ được báo cho Ông/Bà.",
            "Your submission {code} has arrived",
            "Your submission {code} has arrived and is being checked. You will be told the outcome.",
        ],
        Told::Accepted => [
            "Đã tiếp nhận hồ sơ {code}",
            "Hồ sơ {code} đã được tiếp nhận, hẹn trả kết quả lúc {due}.",
            "Your dossier {code} has been accepted",
            "Your dossier {code} has been accepted. The result is due at {due}.",
        ],
        Told::IntakeSupplementRequested => [
            "Hồ sơ {code} cần bổ sung trước khi tiếp nhận",
            "Hồ sơ {code} chưa đủ để tiếp nhận. Mời Ông/Bà xem phiếu yêu cầu bổ sung và bổ sung trước {supply_by}.",
            "Your submission {code} is not complete",
            "Your submission {code} cannot be accepted yet. Please see the request and supply what is missing before {supply_by}.",
        ],
        Told::IntakeSupplemented => [
            "Đã nhận phần bổ sung của hồ sơ {code}",
            "Trung tâm đã nhận phần bổ sung của hồ sơ {code} và đang kiểm tra lại.",
            "What was missing from {code} has arrived",
            "What you supplied for {code} has arrived and is being checked.",
        ],
        Told::RefusedAtIntake => [
            "Hồ sơ {code} không được tiếp nhận",
            "Hồ sơ {code} không được tiếp nhận. Lý do ghi trên phiếu từ chối; xin liên hệ Trung tâm để được hướng dẫn.",
            "Your submission {code} was not accepted",
            "Your submission {code} was not accepted. The notice says why; please ask the centre what to do next.",
        ],
        Told::Processing => [
            "Hồ sơ {code} đang được giải quyết",
            "Hồ sơ {code} đã được chuyển đến {authority} và đang được giải quyết, hẹn trả kết quả lúc {due}.",
            "Your dossier {code} is being processed",
            "Your dossier {code} has reached the competent authority and is being processed. The result is due at {due}.",
        ],
        Told::SupplementRequested => [
            "Hồ sơ {code} cần bổ sung giấy tờ",
            "Hồ sơ {code} cần bổ sung giấy tờ để được giải quyết tiếp. Mời Ông/Bà xem phiếu yêu cầu bổ sung và bổ sung trước {supply_by}.",
            "Your dossier {code} needs further papers",
            "Your dossier {code} needs further papers. Please see the request and supply them before {supply_by}.",
        ],
        Told::Supplemented => [
            "Đã nhận giấy tờ bổ sung của hồ sơ {code}",
            "Đã nhận giấy tờ bổ sung của hồ sơ {code}, hẹn trả kết quả lúc {due}.",
            "Further papers for {code} have arrived",
            "Your further papers for {code} have arrived. The result is due at {due}.",
        ],
        Told::PaymentRequested => [
            "Hồ sơ {code} cần nộp phí, lệ phí",
            "Hồ sơ {code} cần nộp {amount} để được giải quyết tiếp. Mời Ông/Bà nộp tại quầy thu của Trung tâm.",
            "A payment is due for your dossier {code}",
            "{amount} is to be paid for your dossier {code} before work goes on. Please pay at the centre's cash desk.",
        ],
        Told::PaymentSettled => [
            "Đã ghi nhận nộp phí, lệ phí của hồ sơ {code}",
            "Đã ghi nhận việc nộp phí, lệ phí của hồ sơ {code}, hẹn trả kết quả lúc {due}.",
            "The payment for {code} has been recorded",
            "The payment for your dossier {code} has been recorded. The result is due at {due}.",
        ],
        Told::Withdrawn => [
            "Hồ sơ {code} đã được rút",
            "Hồ sơ {code} đã được rút theo yêu cầu. Mời Ông/Bà liên hệ Trung tâm để nhận lại giấy tờ.",
            "Your dossier {code} has been withdrawn",
            "Your dossier {code} has been withdrawn as asked. Please ask the centre for your papers.",
        ],
        Told::WithdrawalDeclined => [
            "Chưa chấp nhận yêu cầu rút hồ sơ {code}",
            "Yêu cầu rút hồ sơ {code} không được chấp nhận; hồ sơ được giải quyết tiếp.",
            "The withdrawal of {code} was declined",
            "The withdrawal of your dossier {code} was declined; work on it goes on.",
        ],
        Told::Stopped => [
            "Hồ sơ {code} đã dừng giải quyết",
            "Hồ sơ {code} đã dừng giải quyết. Lý do ghi trên thông báo; mời Ông/Bà liên hệ Trung tâm để nhận lại giấy tờ.",
            "Work on your dossier {code} has been stopped",
            "Work on your dossier {code} has been stopped. The notice says why; please ask the centre for your papers.",
        ],
        Told::Held => [
            "Hồ sơ {code} tạm dừng giải quyết",
            "Hồ sơ {code} tạm dừng giải quyết, lý do ghi trên thông báo. Trung tâm sẽ báo khi hồ sơ được giải quyết tiếp.",
            "Your dossier {code} is on hold",
            "Your dossier {code} is on hold; the notice says why. You will be told when work goes on.",
        ],
        Told::Resumed => [
            "Hồ sơ {code} được giải quyết tiếp",
            "Hồ sơ {code} được giải quyết tiếp, hẹn trả kết quả lúc {due}.",
            "Work on your dossier {code} goes on",
            "Work on your dossier {code} goes on. The result is due at {due}.",
        ],
        Told::Transferred => [
            "Hồ sơ {code} đã được chuyển",
            "Hồ sơ {code} đã được chuyển đến cơ quan có thẩm quyền để giải quyết.",
            "Your dossier {code} has been passed on",
            "Your dossier {code} has been passed on to the competent authority.",
        ],
        Told::DueDateExtended => [
            "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
            "{authority} xin lỗi Ông/Bà: kết quả hồ sơ {code} hẹn lúc {due_before} chưa thể trả đúng hạn và được hẹn lại lúc {due}.",
            "Apology and a new date for your dossier {code}",
            "We apologise: the result of your dossier {code}, promised for {due_before}, will be late. The new date is {due}.",
        ],
        Told::DueDateRolled => [
            "Đổi ngày trả kết quả hồ sơ {code}",
            "Do lịch làm việc thay đổi, thời điểm trả kết quả hồ sơ {code} chuyển từ {due_before} sang {due}.",
            "The date of your dossier {code} has changed",
            "Because the working calendar changed, the result of your dossier {code} moves from {due_before} to {due}.",
        ],
        Told::Completed => [
            "Hồ sơ {code} đã có kết quả",
            "Hồ sơ {code} đã có kết quả. {collect}",
            "The result of your dossier {code} is ready",
            "The result of your dossier {code} is ready. {collect}",
        ],
        Told::Returned => [
            "Đã trả kết quả hồ sơ {code}",
            "Kết quả hồ sơ {code} đã được trả. Nếu có sai sót, xin báo ngay cho Trung tâm. Mời Ông/Bà cho ý kiến về việc phục vụ (không ghi tên, một lần): {survey}",
            "The result of your dossier {code} was handed over",
            "The result of your dossier {code} was handed over. Should anything be wrong, please tell the centre at once. How were you served? Answer once, without your name: {survey}",
        ],
        Told::ResultCorrected => [
            "Kết quả hồ sơ {code} đã được đính chính",
            "Kết quả hồ sơ {code} đã được đính chính. {collect}",
            "The result of your dossier {code} was corrected",
            "The result of your dossier {code} was corrected. {collect}",
        ],
        Told::Undone => [
            "Đính chính thông báo về hồ sơ {code}",
            "Thông báo gần nhất về hồ sơ {code} được gửi do nhầm lẫn và không còn giá trị. Trung tâm xin lỗi Ông/Bà.",
            "Correction about your dossier {code}",
            "Our last message about your dossier {code} was sent by mistake and does not hold. We apologise.",
        ],
    }
}

/// Subject and body of the first version of a template; a short message has no subject.
#[must_use]
pub fn first_version(told: Told, channel: Channel, language: Language) -> (String, String) {
    let [vi_subject, vi, en_subject, en] = texts(told);
    match (channel, language) {
        (Channel::Sms, Language::Vi) => (
            String::new(),
            format!("{{centre}}: {vi} Tra cứu: {{look_up}}"),
        ),
        (Channel::Sms, Language::En) => (
            String::new(),
            format!("{{centre}}: {en} Look it up: {{look_up}}"),
        ),
        (Channel::Mail, Language::Vi) => (
            vi_subject.to_owned(),
            format!(
                "Kính gửi Ông/Bà,\n\n{vi}\n\nMã hồ sơ: {{code}}\nThủ tục: {{procedure}}\n\
                 Cơ quan giải quyết: {{authority}}\n\nTra cứu tình trạng hồ sơ: {{look_up}}\n\n\
                 Trân trọng,\n{{centre}}\n\nThư này được gửi tự động, xin không trả lời."
            ),
        ),
        (Channel::Mail, Language::En) => (
            en_subject.to_owned(),
            format!(
                "Dear Sir or Madam,\n\n{en}\n\nDossier: {{code}}\nProcedure: {{procedure}}\n\
                 Authority: {{authority}}\n\nWhere to look it up: {{look_up}}\n\n\
                 Yours sincerely,\n{{centre}}\n\nThis message was sent by a program; please do not reply."
            ),
        ),
    }
}
