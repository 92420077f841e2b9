//! Accounts: who needs a second factor, what comes before work, people on a sheet.

mod sheet;

pub use sheet::{MOST_PEOPLE, PersonOnSheet, RoleOnSheet, is_username, read_people};

use crate::dossier::Role;

crate::words::words! {
    /// Who must sign in with a second factor.
    SecondFactor {
        /// Whoever wants to.
        Optional => "optional",
        /// Leaders, directors and administrators.
        Leaders => "leaders",
        /// Everyone.
        Everyone => "everyone",
    }
}

impl SecondFactor {
    /// Whether it binds somebody of this role.
    #[must_use]
    pub const fn binds(self, role: Role) -> bool {
        match self {
            Self::Optional => false,
            Self::Leaders => matches!(role, Role::Leader | Role::Director | Role::Admin),
            Self::Everyone => true,
        }
    }
}

crate::words::words! {
    /// What must be done before anything else with a sign-in.
    Pending {
        /// A password of one's own in place of the first one.
        Password => "password",
        /// The second factor, set up.
        SecondFactor => "second_factor",
    }
}
