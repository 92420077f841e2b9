//! The words of a dossier's life. Business state, payment, delivery and the paper's place are
//! separate axes and never merged (DOMAIN §2.1).

use crate::words::words;

words! {
    /// Business state of a dossier.
    State {
        /// Nháp: not filed yet, never synchronised.
        Draft => "draft",
        /// Mới đăng ký, chờ tiếp nhận.
        Submitted => "submitted",
        /// Một cửa yêu cầu bổ sung trước khi tiếp nhận.
        IntakeSupplementRequested => "intake_supplement_requested",
        /// Được tiếp nhận.
        Accepted => "accepted",
        /// Không được tiếp nhận.
        RefusedAtIntake => "refused_at_intake",
        /// Đang xử lý.
        Processing => "processing",
        /// Yêu cầu bổ sung sau thẩm định; the clock is stopped.
        SupplementRequested => "supplement_requested",
        /// Yêu cầu thực hiện nghĩa vụ tài chính; the clock is stopped.
        PaymentRequired => "payment_required",
        /// Tạm dừng xử lý; the clock is stopped.
        OnHold => "on_hold",
        /// Công dân rút hồ sơ.
        Withdrawn => "withdrawn",
        /// Dừng xử lý.
        Stopped => "stopped",
        /// Chuyển cơ quan khác có thẩm quyền.
        Transferred => "transferred",
        /// Đã xử lý xong, chờ trả.
        Completed => "completed",
        /// Đã trả kết quả.
        Returned => "returned",
    }
}

impl State {
    /// The status 1–10 of the national portal (TrangThaiHoSo). A draft is not synchronised; should
    /// anyone ask, it is 1. What was transferred is still being processed elsewhere: 4.
    #[must_use]
    pub const fn national_status(self) -> u8 {
        match self {
            Self::Draft | Self::Submitted => 1,
            Self::Accepted => 2,
            Self::RefusedAtIntake => 3,
            Self::Processing | Self::Transferred => 4,
            Self::IntakeSupplementRequested | Self::SupplementRequested => 5,
            Self::PaymentRequired => 6,
            Self::Withdrawn => 7,
            Self::OnHold | Self::Stopped => 8,
            Self::Completed => 9,
            Self::Returned => 10,
        }
    }

    /// Whether the clock of an accepted dossier runs in this state. Consultation and internal
    /// transfer never stop it.
    #[must_use]
    pub const fn clock_runs(self) -> bool {
        matches!(self, Self::Accepted | Self::Processing)
    }

    /// Whether the clock is stopped and will go on.
    #[must_use]
    pub const fn is_paused(self) -> bool {
        matches!(
            self,
            Self::SupplementRequested | Self::PaymentRequired | Self::OnHold
        )
    }

    /// Whether nothing is left to do; only a correction (T23) can follow.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::RefusedAtIntake
                | Self::Withdrawn
                | Self::Stopped
                | Self::Transferred
                | Self::Returned
        )
    }

    /// The state in Vietnamese, as an officer reads it.
    #[must_use]
    pub const fn label_vi(self) -> &'static str {
        match self {
            Self::Draft => "Bản nháp",
            Self::Submitted => "Chờ tiếp nhận",
            Self::IntakeSupplementRequested => "Chờ bổ sung trước khi tiếp nhận",
            Self::Accepted => "Đã tiếp nhận",
            Self::RefusedAtIntake => "Từ chối tiếp nhận",
            Self::Processing => "Đang giải quyết",
            Self::SupplementRequested => "Chờ bổ sung hồ sơ",
            Self::PaymentRequired => "Chờ thực hiện nghĩa vụ tài chính",
            Self::OnHold => "Tạm dừng giải quyết",
            Self::Withdrawn => "Đã rút hồ sơ",
            Self::Stopped => "Dừng giải quyết",
            Self::Transferred => "Đã chuyển cơ quan khác",
            Self::Completed => "Đã có kết quả",
            Self::Returned => "Đã trả kết quả",
        }
    }

    /// The state in English.
    #[must_use]
    pub const fn label_en(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Submitted => "Waiting to be received",
            Self::IntakeSupplementRequested => "Supplement wanted before reception",
            Self::Accepted => "Received",
            Self::RefusedAtIntake => "Refused at reception",
            Self::Processing => "In progress",
            Self::SupplementRequested => "Supplement wanted",
            Self::PaymentRequired => "Payment wanted",
            Self::OnHold => "On hold",
            Self::Withdrawn => "Withdrawn",
            Self::Stopped => "Stopped",
            Self::Transferred => "Transferred to another authority",
            Self::Completed => "Result ready",
            Self::Returned => "Result handed back",
        }
    }
}

words! {
    /// Where inside its state a dossier stands.
    SubState {
        /// Chờ ý kiến phối hợp; the clock runs (R11).
        AwaitingConsultation => "awaiting_consultation",
        /// Chờ lãnh đạo ký.
        AwaitingSignature => "awaiting_signature",
        /// Đã quyết định, chờ phát hành kết quả.
        Decided => "decided",
        /// Công dân đã bổ sung đủ.
        SupplementReceived => "supplement_received",
        /// Công dân đề nghị rút, chờ lãnh đạo xác nhận.
        WithdrawalRequested => "withdrawal_requested",
        /// Kết quả đã trả đang được đính chính (T23).
        Correcting => "correcting",
        /// Kết quả đã đính chính.
        Corrected => "corrected",
    }
}

words! {
    /// Whose hands the dossier is in.
    Desk {
        /// Bộ phận tiếp nhận.
        Reception => "reception",
        /// Công chức thụ lý.
        Handler => "handler",
        /// Lãnh đạo phê duyệt.
        Leader => "leader",
        /// Bộ phận trả kết quả.
        ResultsDesk => "results_desk",
        /// Người dân.
        Citizen => "citizen",
        /// Lưu trữ.
        Archive => "archive",
    }
}

impl Desk {
    /// The role that sits at this desk; nobody sits at the citizen's or in the archive.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Reception => Some(Role::Reception),
            Self::Handler => Some(Role::Handler),
            Self::Leader => Some(Role::Leader),
            Self::ResultsDesk => Some(Role::ResultsDesk),
            Self::Citizen | Self::Archive => None,
        }
    }
}

words! {
    /// What a person may be in the centre. `system` and `citizen` are nobody's account roles.
    Role {
        /// Cán bộ tiếp nhận.
        Reception => "reception",
        /// Công chức thụ lý.
        Handler => "handler",
        /// Lãnh đạo phê duyệt.
        Leader => "leader",
        /// Thu ngân.
        Cashier => "cashier",
        /// Cán bộ trả kết quả.
        ResultsDesk => "results_desk",
        /// Giám đốc trung tâm.
        Director => "director",
        /// Thanh tra, kiểm tra.
        Inspector => "inspector",
        /// Quản trị.
        Admin => "admin",
        /// Jobs of the program itself.
        System => "system",
        /// Người nộp hồ sơ.
        Citizen => "citizen",
    }
}

words! {
    /// How a dossier was filed (DOMAIN §1.5 R4).
    Channel {
        /// Trực tiếp tại quầy.
        Counter => "counter",
        /// Trực tuyến.
        Online => "online",
        /// Bưu chính công ích.
        Post => "post",
        /// Tại nhà.
        Home => "home",
        /// Ki-ốt thông minh: changes how, never who is competent.
        Kiosk => "kiosk",
    }
}

impl Channel {
    /// Whether an officer takes the dossier in hand at once; otherwise it waits as `submitted`.
    #[must_use]
    pub const fn is_face_to_face(self) -> bool {
        matches!(self, Self::Counter | Self::Post | Self::Home)
    }
}

words! {
    /// The money's side of a dossier.
    PaymentState {
        /// Fees are settled outside this program.
        NotTracked => "not_tracked",
        /// Nothing to pay.
        NotRequired => "not_required",
        /// Chưa thanh toán.
        Due => "due",
        /// Chờ thanh toán: asked for, not confirmed.
        Pending => "pending",
        /// Đã thanh toán.
        Paid => "paid",
        /// Đối tượng miễn phí.
        Exempt => "exempt",
        /// Đã hoàn phí.
        Refunded => "refunded",
        /// Hủy.
        Cancelled => "cancelled",
    }
}

impl PaymentState {
    /// Whether money is still owed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Due | Self::Pending)
    }
}

words! {
    /// Where the result is on its way to the citizen.
    DeliveryState {
        /// No result yet.
        NotReady => "not_ready",
        /// At the results desk.
        Ready => "ready",
        /// With the post or a messenger.
        InTransit => "in_transit",
        /// Handed over.
        Delivered => "delivered",
    }
}

words! {
    /// How a result reaches the citizen.
    DeliveryMethod {
        /// Tại quầy.
        Counter => "counter",
        /// Bưu chính công ích.
        Post => "post",
        /// Tại nhà.
        Home => "home",
        /// Điện tử.
        Electronic => "electronic",
    }
}

words! {
    /// Where the paper dossier lies (ViTriDeHoSo).
    PaperLocation {
        /// There is no paper.
        None => "none",
        /// At the reception.
        Reception => "reception",
        /// Between two desks, given and not yet acknowledged.
        InTransit => "in_transit",
        /// With the handler.
        Handler => "handler",
        /// With the leader.
        Leader => "leader",
        /// At the results desk.
        ResultsDesk => "results_desk",
        /// Back with the citizen.
        Citizen => "citizen",
        /// With another authority.
        OtherAuthority => "other_authority",
        /// In the archive.
        Archive => "archive",
    }
}

impl From<Desk> for PaperLocation {
    fn from(desk: Desk) -> Self {
        match desk {
            Desk::Reception => Self::Reception,
            Desk::Handler => Self::Handler,
            Desk::Leader => Self::Leader,
            Desk::ResultsDesk => Self::ResultsDesk,
            Desk::Citizen => Self::Citizen,
            Desk::Archive => Self::Archive,
        }
    }
}

words! {
    /// Why a clock stands still.
    PauseKind {
        /// Waiting for papers (T11).
        Supplement => "supplement",
        /// Waiting for money (T14).
        Payment => "payment",
        /// Held by a leader (T17).
        Hold => "hold",
    }
}

words! {
    /// What a complete supplement does to the due date (DOMAIN §2.3).
    SupplementMode {
        /// From the start (default; Decree 61/2018 Art 19.4).
        Reset => "reset",
        /// Moved by the time waited (sector rules).
        Resume => "resume",
    }
}

words! {
    /// What the leader decided.
    DecisionOutcome {
        /// Đồng ý giải quyết.
        Grant => "grant",
        /// Từ chối: also a result, with its reason (R13).
        Refuse => "refuse",
    }
}

words! {
    /// Who collects the result.
    Relation {
        /// Chủ hồ sơ.
        Owner => "owner",
        /// Người nộp hồ sơ.
        Filer => "filer",
        /// Người được ủy quyền: brings a written authorisation (R17).
        Representative => "representative",
    }
}

words! {
    /// The official forms of Circular 03/2025/TT-VPCP, Appendix I.
    Form {
        /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
        F01 => "01",
        /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
        F02 => "02",
        /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
        F03 => "03",
        /// Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
        F04 => "04",
        /// Thông báo dừng giải quyết hồ sơ.
        F05 => "05",
        /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
        F06 => "06",
        /// Sổ theo dõi hồ sơ.
        F07 => "07",
    }
}
