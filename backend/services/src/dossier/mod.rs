//! Dossiers: taken in, acted upon, looked at, found.

mod act;
mod amend;
pub mod apology;
mod control;
mod draft;
mod duplicate;
mod effects;
mod hand_back;
mod handover_sheet;
mod history;
mod input;
mod intake;
mod intake_rows;
mod leg;
pub(crate) mod letter;
pub(crate) mod list;
mod lookup;
mod personal;
mod register;
mod result_mark;
mod return_receipt;
mod saved;
mod slip;
pub(crate) mod snapshot;
mod steps;
mod view;
mod visit;

pub use act::{Extra, Target, act, undo};
pub(crate) use act::{act_by_program, load, load_to_change, stale};
pub use amend::{amend, amendable};
pub use control::{Control, Hop, control_slip};
pub(crate) use control::{STEP_BASIS, ended_with};
pub use draft::{
    DRAFT_DAYS, Drafts, LONGEST_FORM, NewDraft, drop_draft, intake_draft, intake_drafts,
    keep_draft, rewrite_draft,
};
pub use duplicate::{Asked, Because, duplicates};
pub use hand_back::give_back;
pub use handover_sheet::{HandoverSheet, handover_sheet};
pub use history::{History, MOST_LINES, history};
pub use input::{
    Amendment, ComponentInput, FilerInput, IntakeMode, NewDossier, OwnerInput, SpotInput,
};
pub(crate) use intake::admit;
pub use intake::{Taken, accept, missing_components, supplement, take_in};
pub use leg::{Onward, onward, transfer};
pub use letter::{INSTRUMENT, Letter, Paper, Said, keep_paper, letter, paper};
pub use list::{Counts, ListQuery, Page, counts, find_page};
pub(crate) use list::{needle, page_of};
pub use lookup::{PublicView, look_up};
pub use personal::{Looks, Personal, personal_data, personal_data_views};
pub(crate) use personal::{VIEWED, looking};
pub use register::{Entry, MOST_NUMBERS, Register, RegisterLine, register, register_taken_out};
pub use result_mark::{CheckedResult, Standing, check_result, marked_result, result_mark};
pub use return_receipt::{ReturnReceipt, return_receipt};
pub use saved::{MOST_SAVED, drop_saved, save, saved};
pub use slip::{Slip, WhichSlip, reception_slip};
pub use view::{View, timeline, view, view_taken, view_through};
