//! What people say of the centre: suggestions, complaints, and, apart from them, denunciations; and the
//! obstacles that officers report upward.

pub mod denunciation;
pub mod desk;
pub mod obstacle;
pub mod public;

use motcua_domain::feedback::Limit;
use motcua_services::feedback::Filer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words;

/// Who files: the law asks for all three.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackFilerIn {
    /// Full name, or what an organisation is called.
    #[schema(min_length = 1, max_length = 200, example = "Nguyễn Văn An")]
    pub full_name: String,
    /// Address.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Số 12 phố Trần Hưng Đạo, Hà Nội"
    )]
    pub address: String,
    /// Telephone.
    #[schema(min_length = 1, max_length = 20, example = "0912345678")]
    pub phone: String,
}

impl From<&FeedbackFilerIn> for Filer {
    fn from(filer: &FeedbackFilerIn) -> Self {
        Self {
            full_name: filer.full_name.clone(),
            address: filer.address.clone(),
            phone: filer.phone.clone(),
        }
    }
}

/// A time the law gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct LegalLimit {
    /// How many.
    pub amount: u32,
    /// Of what.
    #[schema(value_type = words::Unit)]
    pub unit: &'static str,
    /// Where it stands.
    pub source: String,
    /// How sure the figure is.
    #[schema(value_type = words::Certainty)]
    pub certainty: &'static str,
}

impl From<Limit> for LegalLimit {
    fn from(limit: Limit) -> Self {
        Self {
            amount: limit.amount,
            unit: limit.unit.as_str(),
            source: limit.source,
            certainty: limit.certainty.as_str(),
        }
    }
}

/// The secret that opens an answer, told once.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilingReceipt {
    /// Code.
    #[schema(example = "H26.14.100-PA26-0001")]
    pub code: String,
    /// The secret; it is kept nowhere and cannot be told again.
    #[schema(example = "K7QM-2XWD-9RTF")]
    pub secret: String,
}
