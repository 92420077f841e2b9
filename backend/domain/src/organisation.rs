//! Where a centre receives: its own house, branches, reception points (Decree 118/2025 Art 7.2.b).

crate::words::words! {
    /// What a place is, besides the centre's own house.
    PointKind {
        /// Chi nhánh.
        Branch => "branch",
        /// Điểm tiếp nhận và trả kết quả.
        Point => "point",
    }
}
