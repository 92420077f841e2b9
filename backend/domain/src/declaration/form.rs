//! Forms of declarations, as data that come with the program.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::refusal::Text;

crate::words::words! {
    /// What a field holds.
    FieldKind {
        /// One line.
        Text => "text",
        /// Several lines.
        LongText => "long_text",
        /// A day, `dd/mm/yyyy`; of birth also a year alone.
        Date => "date",
        /// A whole number.
        Number => "number",
        /// One of its options.
        Choice => "choice",
        /// A person's number: 12 digits, the 9 of an old CMND, a passport's.
        IdentityNumber => "identity_number",
    }
}

crate::words::words! {
    /// What of a citizen's card fills a field.
    CardPart {
        /// Name.
        FullName => "full_name",
        /// Number.
        IdentityNumber => "identity_number",
        /// Day of birth, or its year.
        BirthDate => "birth_date",
        /// Sex.
        Sex => "sex",
        /// Permanent residence.
        Address => "address",
        /// Day of issue.
        IssuedOn => "issued_on",
    }
}

/// The words of a form for the contract: what reads schemas does not see into the macro that spells them.
#[cfg(feature = "schema")]
#[allow(missing_docs, reason = "the words of the enumerations they mirror")]
pub mod words {
    /// What a field holds.
    #[derive(Debug, Clone, Copy, serde::Serialize, utoipa::ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum DeclarationFieldKind {
        Text,
        LongText,
        Date,
        Number,
        Choice,
        IdentityNumber,
    }

    /// What of a citizen's card fills a field.
    #[derive(Debug, Clone, Copy, serde::Serialize, utoipa::ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum DeclarationCardPart {
        FullName,
        IdentityNumber,
        BirthDate,
        Sex,
        Address,
        IssuedOn,
    }
}

/// An option to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeclarationOption))]
#[serde(deny_unknown_fields)]
pub struct FormOption {
    /// Its word in what is kept.
    pub value: String,
    /// How it reads.
    pub name: Text,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeclarationField))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its word within the section. Fields of people have the same words in all forms.
    pub key: String,
    /// How it reads.
    pub name: Text,
    /// What it holds.
    #[cfg_attr(feature = "schema", schema(value_type = words::DeclarationFieldKind))]
    pub kind: FieldKind,
    /// Without it the declaration is not whole.
    pub required: bool,
    /// Most characters.
    pub max_length: usize,
    /// What can be chosen.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub options: Vec<FormOption>,
    /// What of the card of the section's party fills it.
    #[cfg_attr(feature = "schema", schema(value_type = Option<words::DeclarationCardPart>))]
    pub card: Option<CardPart>,
    /// A day that has come: not after today.
    pub past: bool,
    /// The paper writes the day in words too.
    pub in_words: bool,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeclarationSection))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its word.
    pub key: String,
    /// How it reads.
    pub name: Text,
    /// Whom it describes, if somebody whose card can be scanned.
    pub party: Option<String>,
    /// Its fields, in order.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 40))]
    pub fields: Vec<Field>,
}

/// Somebody whom a declaration describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DeclarationParty))]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its word.
    pub key: String,
    /// How it reads.
    pub name: Text,
    /// Declares and signs.
    pub declarant: bool,
}

/// A form of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclarationForm {
    /// Its word, which stays when the form changes.
    #[cfg_attr(feature = "schema", schema(example = "birth"))]
    pub code: String,
    /// The form with its version: what was begun under it stays under it.
    #[cfg_attr(feature = "schema", schema(example = "KS.1"))]
    pub number: String,
    /// From which day it is used.
    pub valid_from: NaiveDate,
    /// What it follows, and what of it is to be checked.
    pub source: String,
    /// How it reads.
    pub title: Text,
    /// Whom it is addressed to.
    pub addressed_to: Text,
    /// With a dossier it is addressed to the dossier's authority.
    pub to_authority: bool,
    /// For which procedures.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 20))]
    pub procedures: Vec<String>,
    /// Whom it describes.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub parties: Vec<Party>,
    /// Its parts, in order.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 20))]
    pub sections: Vec<Section>,
    /// What its signature promises.
    pub pledge: Text,
    /// Copies of the result can be asked for.
    pub copies: bool,
    /// Who else signs the paper, where the case wants it.
    #[cfg_attr(feature = "schema", schema(max_items = 6))]
    pub others_sign: Vec<Text>,
}

impl DeclarationForm {
    /// The field under a key `section/field`, with its section.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<(&Section, &Field)> {
        let (section, field) = key.split_once('/')?;
        let section = self.sections.iter().find(|s| s.key == section)?;
        let field = section.fields.iter().find(|f| f.key == field)?;
        Some((section, field))
    }

    /// The party with this key.
    #[must_use]
    pub fn party(&self, key: &str) -> Option<&Party> {
        self.parties.iter().find(|p| p.key == key)
    }

    /// The fields of all sections that describe a party, each with its key.
    pub fn fields_of<'a>(
        &'a self,
        party: &'a str,
    ) -> impl Iterator<Item = (String, &'a Field)> + 'a {
        self.sections
            .iter()
            .filter(move |s| s.party.as_deref() == Some(party))
            .flat_map(|s| s.fields.iter().map(move |f| (key(s, f), f)))
    }

    /// Those who declare and sign, in order.
    pub fn declarants(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|p| p.declarant)
    }

    /// The key under which a part of somebody's card stands, if the form asks for it.
    #[must_use]
    pub fn key_of(&self, party: &str, part: CardPart) -> Option<String> {
        self.fields_of(party)
            .find(|(_, f)| f.card == Some(part))
            .map(|(key, _)| key)
    }
}

/// The key of a field: `section/field`.
pub(super) fn key(section: &Section, field: &Field) -> String {
    format!("{}/{}", section.key, field.key)
}

/// The forms that come with the program. A changed form is another number beside the old one, which stays: what
/// was signed under it must read for ever.
const BUILT_IN: [&str; 10] = [
    include_str!("../../data/declarations/birth.json"),
    include_str!("../../data/declarations/death.json"),
    include_str!("../../data/declarations/marriage.json"),
    include_str!("../../data/declarations/marital_status.json"),
    include_str!("../../data/declarations/civil_status_extract.json"),
    include_str!("../../data/declarations/guardianship.json"),
    include_str!("../../data/declarations/permanent_residence.json"),
    include_str!("../../data/declarations/temporary_residence.json"),
    include_str!("../../data/declarations/certified_signature.json"),
    include_str!("../../data/declarations/household_business.json"),
];

static FORMS: LazyLock<Result<Vec<DeclarationForm>, String>> = LazyLock::new(|| {
    BUILT_IN
        .into_iter()
        .map(|text| serde_json::from_str(text).map_err(|e| e.to_string()))
        .collect()
});

/// The forms that come with the program.
///
/// # Errors
/// When the data that was built in cannot be read.
pub fn shipped() -> Result<&'static [DeclarationForm], String> {
    FORMS.as_deref().map_err(Clone::clone)
}

/// The forms that are used on a day, each in its newest version then.
///
/// # Errors
/// As [`shipped`].
pub fn in_force(on: NaiveDate) -> Result<Vec<&'static DeclarationForm>, String> {
    let mut found: Vec<&'static DeclarationForm> = Vec::new();
    for form in shipped()?.iter().filter(|f| f.valid_from <= on) {
        match found.iter_mut().find(|f| f.code == form.code) {
            Some(older) if older.valid_from < form.valid_from => *older = form,
            Some(_) => {}
            None => found.push(form),
        }
    }
    Ok(found)
}

/// The form of this code and number.
///
/// # Errors
/// As [`shipped`].
pub fn numbered(code: &str, number: &str) -> Result<Option<&'static DeclarationForm>, String> {
    Ok(shipped()?
        .iter()
        .find(|f| f.code == code && f.number == number))
}
