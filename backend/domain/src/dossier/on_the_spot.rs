//! Received, decided and handed back in one go (R8): the same rows of the table, one after another.

use super::command::{Collector, Command};
use super::decide::{Context, Outcome, decide};
use super::snapshot::Dossier;
use super::state::{DecisionOutcome, DeliveryMethod, Desk, Role};
use crate::refusal::Refusal;

/// What is needed to do all at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTheSpot {
    /// Whether the named signer is a leader of the competent authority.
    pub signer_is_leader: bool,
    /// What the result says.
    pub summary: String,
    /// Its number.
    pub result_number: Option<String>,
    /// Who takes it away.
    pub collector: Collector,
}

/// Takes a draft through acceptance, process, the named leader's decision, result and hand-back, and
/// gives each step, in order, for the record: such dossiers need no form 01 unless asked for, but
/// must still be recorded (Decree 61/2018 Art 17.4).
///
/// # Errors
/// `on_the_spot_not_allowed` when the procedure does not allow it, `signer_not_leader`,
/// `role_not_allowed`, and those of the steps.
pub fn on_the_spot(
    draft: &Dossier,
    spot: &OnTheSpot,
    missing_components: Vec<String>,
    context: &Context<'_>,
) -> Result<Vec<Outcome>, Refusal> {
    if !draft.rule.on_the_spot {
        return Err(Refusal::new(
            "on_the_spot_not_allowed",
            "Thủ tục này không thuộc loại trả kết quả ngay.",
            "This procedure's result is not given on the spot.",
        )
        .by_law("Nghị định 61/2018/NĐ-CP, Điều 17.4"));
    }
    if !spot.signer_is_leader {
        let (vi, en) = (
            "Người ký phải là lãnh đạo của cơ quan có thẩm quyền.",
            "The signer must be a leader of the competent authority.",
        );
        return Err(Refusal::new("signer_not_leader", vi, en).field(
            "/on_the_spot/signer_user_id",
            "signer_not_leader",
            vi,
            en,
        ));
    }
    let mut steps = Vec::with_capacity(5);
    let mut accepted = decide(draft, &Command::Accept { missing_components }, context)?;
    accepted.papers.clear();
    // What follows is done by one officer in the roles of all, under the named leader's signature.
    let every = [
        Role::Reception,
        Role::Handler,
        Role::Leader,
        Role::ResultsDesk,
    ];
    let inner = Context {
        actor_roles: &every,
        ..*context
    };
    let given = decide(
        &accepted.dossier,
        &Command::HandOver {
            to: Desk::Handler,
            to_user: None,
        },
        &inner,
    )?;
    steps.push(accepted);
    let rest = [
        Command::Acknowledge {
            accepted: true,
            reason: None,
        },
        Command::Decide {
            outcome: DecisionOutcome::Grant,
            reason: None,
        },
        Command::Results {
            number: spot.result_number.clone(),
            issued_on: None,
            summary: spot.summary.clone(),
        },
        Command::Return {
            collector: spot.collector.clone(),
            method: DeliveryMethod::Counter,
            tracking_number: None,
        },
    ];
    let mut at = given.dossier;
    for command in &rest {
        let outcome = decide(&at, command, &inner)?;
        at = outcome.dossier.clone();
        steps.push(outcome);
    }
    Ok(steps)
}
