//! What people say of the centre: suggestions, complaints and, apart from them, denunciations; and the
//! obstacles that officers report upward.

pub mod denunciation;
mod desk;
mod figures;
mod filing;
pub mod obstacle;
mod public;

pub use desk::{Doing, Item, Items, MOST_STEPS, act, item, items, personal_data, shown};
pub use figures::{MOST_ATTITUDES, handled, upheld_attitudes};
pub(crate) use filing::prose;
pub use filing::{Filed, Filer, Filing, receive};
pub use public::{Found, file, look_up, published, rate};

use motcua_domain::feedback::{SECRET_LENGTH, normal_secret, written_secret};
use motcua_domain::text::fold_vi;
use motcua_store::{CentreId, Db, UserId, account, centre};
use sha2::{Digest, Sha256};

use crate::deadline::centre_unknown;
use crate::error::Result;

/// The most colleagues whose names a text is looked through for.
const MOST_COLLEAGUES: i64 = 1_000;

/// A new secret, and what is kept of it: a digest.
fn new_secret() -> (String, String) {
    let told = written_secret(&rand::random::<[u8; SECRET_LENGTH]>());
    let kept = digest(&told);
    (told, kept)
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(normal_secret(secret).as_bytes()))
}

/// The centre asked for, or the first: a ward's own server has only one.
fn centre_of(db: &mut Db, wanted: Option<&CentreId>) -> Result<centre::CentreRow> {
    let found = match wanted {
        Some(id) => centre::centre(db, id)?,
        None => centre::centres_page(db, None, 1)?.into_iter().next(),
    };
    Ok(found.ok_or_else(centre_unknown)?)
}

/// Whoever works at a centre and is named in these texts: they must not read what is said of them.
fn named_in(db: &mut Db, centre: &CentreId, texts: &[&str]) -> Result<Vec<UserId>> {
    let said: Vec<String> = texts.iter().map(|t| fold_vi(t)).collect();
    let people = account::colleagues_page(db, std::slice::from_ref(centre), None, MOST_COLLEAGUES)?;
    Ok(people
        .into_iter()
        .filter(|p| {
            let name = fold_vi(&p.full_name);
            !name.is_empty() && said.iter().any(|text| text.contains(&name))
        })
        .map(|p| p.id)
        .collect())
}
