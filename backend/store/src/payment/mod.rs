//! Where authorities collect, what is asked of payers, what banks tell, the money that came, what is
//! given for it, and how a day and a month of it are closed.

mod account;
mod closing;
mod money;
mod notification;
mod placement;
mod receipt;
mod refund;
mod request;
mod sheet;
mod statement;
mod treasury;
mod unknown;

pub use account::*;
pub use closing::*;
pub use money::*;
pub use notification::*;
pub use placement::*;
pub use receipt::*;
pub use refund::*;
pub use request::*;
pub use sheet::*;
pub use statement::*;
pub use treasury::*;
pub use unknown::*;

/// Narrows a boxed question to a scope; single ones by equality, which uses the index whole.
macro_rules! within {
    ($q:ident, $table:ident, $scope:expr) => {
        match ($scope.centres.as_slice(), $scope.authorities.as_slice()) {
            ([centre], []) => $q.filter($table::centre_id.eq(centre.clone())),
            ([], [authority]) => $q.filter($table::authority_id.eq(authority.clone())),
            (centres, authorities) => $q.filter(
                $table::centre_id
                    .eq_any(centres.to_vec())
                    .or($table::authority_id.eq_any(authorities.to_vec())),
            ),
        }
    };
}

/// Orders a boxed question by its ids next to an edge: the newest first, the reverse before an edge.
macro_rules! next_to {
    ($q:ident, $table:ident, $edge:expr) => {
        match $edge {
            Some((id, true)) => $q
                .filter($table::id.gt(id.to_owned()))
                .order($table::id.asc()),
            Some((id, false)) => $q
                .filter($table::id.lt(id.to_owned()))
                .order($table::id.desc()),
            None => $q.order($table::id.desc()),
        }
    };
}

/// An edge of a page: the id next to it, and whether the page lies before it.
pub type Edge<'a> = Option<(&'a str, bool)>;

fn in_order<T>(mut rows: Vec<T>, edge: Edge<'_>) -> Vec<T> {
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    rows
}

use {next_to, within};
