//! What somebody who files for another may do, and until when.

use chrono::NaiveDate;

use crate::refusal::Refusal;

crate::words::words! {
    /// What an authorisation covers.
    AuthorisationScope {
        /// Filing, and what belongs to it.
        Submit => "submit",
        /// Collecting the result.
        Collect => "collect",
        /// Both.
        Both => "both",
    }
}

/// Whether the filer may collect the result on a day by the authorisation that was shown at intake.
/// None of the two said: nothing limits it.
///
/// # Errors
/// `authorisation_scope`, `authorisation_expired` (Decree 61/2018 Art 6.2.b).
pub fn filer_may_collect(
    scope: Option<AuthorisationScope>,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    const LAW: &str = "Nghị định 61/2018/NĐ-CP, Điều 6.2.b";
    if scope == Some(AuthorisationScope::Submit) {
        return Err(Refusal::new(
            "authorisation_scope",
            "Giấy ủy quyền chỉ để nộp hồ sơ, không để nhận kết quả.",
            "The authorisation is for filing only, not for collecting the result.",
        )
        .by_law(LAW));
    }
    if until.is_some_and(|d| d < today) {
        return Err(Refusal::new(
            "authorisation_expired",
            "Giấy ủy quyền đã hết hạn.",
            "The authorisation has run out.",
        )
        .by_law(LAW));
    }
    Ok(())
}
