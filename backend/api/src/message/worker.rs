//! The workers of a server: one makes messages from the outbox, one for each channel hands them to its
//! gateway. Several servers may run them side by side.

use std::sync::Arc;
use std::time::Duration;

use motcua_domain::message::{Channel, MessageState};
use motcua_gateway::{Messenger, Outgoing};
use motcua_services::message::{self as service, Surroundings};
use motcua_services::{Result as ServiceResult, Services};

use crate::manners::Problem;
use crate::state::AppState;

/// How often it is looked whether there is something to do.
const PAUSE: Duration = Duration::from_millis(500);
/// Messages claimed at once.
const AT_ONCE: i64 = 10;
/// Every how many looks the figures are counted.
const FIGURES_EVERY: u32 = 30;

/// Starts the workers of this server.
pub fn start(state: &AppState) {
    for channel in Channel::ALL {
        match state.gateways.of(*channel) {
            Some(gateway) => {
                actix_web::rt::spawn(send(state.clone(), gateway.clone()));
            }
            None => tracing::warn!(
                %channel,
                "no gateway is configured: messages are held until one is"
            ),
        }
    }
    actix_web::rt::spawn(plan(state.clone()));
}

/// Waits for the next look; false when the server stops.
async fn next(state: &AppState) -> bool {
    let mut closing = state.closing.subscribe();
    tokio::select! {
        () = tokio::time::sleep(PAUSE) => true,
        _ = closing.wait_for(|closed| *closed) => false,
    }
}

fn warn(done: &Result<(), Problem>, what: &str) {
    if let Err(problem) = done {
        tracing::warn!(code = problem.code(), "{what}");
    }
}

/// Makes messages.
async fn plan(state: AppState) {
    let mut prepared = false;
    let mut looks: u32 = 0;
    loop {
        let (services, around) = (state.services.clone(), state.around.clone());
        let count = looks.is_multiple_of(FIGURES_EVERY);
        let done = state
            .block(move || {
                if !prepared {
                    services.prepare_messages(&around)?;
                }
                services.plan_messages(&around)?;
                if count {
                    figures(&services)?;
                }
                Ok(())
            })
            .await;
        prepared |= done.is_ok();
        looks = looks.wrapping_add(1);
        warn(&done, "messages cannot be made");
        if !next(&state).await {
            return;
        }
    }
}

fn figures(services: &Services) -> ServiceResult<()> {
    let waiting = services.read(service::standing)?;
    let age = waiting
        .oldest
        .map_or(0, |at| (services.now() - at).num_seconds().max(0));
    #[allow(clippy::cast_precision_loss, reason = "a gauge is a float")]
    {
        metrics::gauge!("messages_waiting").set(waiting.count as f64);
        metrics::gauge!("messages_oldest_waiting_seconds").set(age as f64);
    }
    Ok(())
}

/// Hands messages of one channel to its gateway.
async fn send(state: AppState, gateway: Arc<dyn Messenger>) {
    loop {
        let (services, gateway) = (state.services.clone(), gateway.clone());
        let closing = state.closing.subscribe();
        let done = state
            .block(move || {
                while !*closing.borrow() && round(&services, gateway.as_ref(), &closing)? > 0 {}
                Ok(())
            })
            .await;
        warn(&done, "messages cannot be sent");
        if !next(&state).await {
            return;
        }
    }
}

/// Claims some messages, hands them over one after the other and records each; how many were claimed.
fn round(
    services: &Services,
    gateway: &dyn Messenger,
    closing: &tokio::sync::watch::Receiver<bool>,
) -> ServiceResult<usize> {
    let channel = gateway.channel();
    let claimed = services.claim_messages(channel, gateway.is_idempotent(), AT_ONCE)?;
    for message in &claimed {
        // What was not begun is claimed by another once the claim has lapsed.
        if *closing.borrow() || !services.begin_message(message)? {
            continue;
        }
        let handed = gateway.send(&Outgoing {
            key: message.key.clone(),
            to: message.row.recipient.clone(),
            subject: message.row.subject.clone(),
            body: message.row.body.clone(),
        });
        let sent = services.record_message(message, handed, rand::random_range(0..=1_000))?;
        metrics::counter!(
            "messages_total",
            "channel" => channel.as_str(),
            "state" => sent.state.as_str()
        )
        .increment(1);
        if !matches!(sent.state, MessageState::Sent | MessageState::Delivered) {
            tracing::warn!(
                %channel,
                message = message.row.id.as_str(),
                state = sent.state.as_str(),
                code = sent.code.unwrap_or_default(),
                "a message did not go"
            );
        }
    }
    Ok(claimed.len())
}

/// What messages depend on of a server's surroundings.
#[must_use]
pub fn surroundings(state: &AppState, look_up: Option<String>) -> Surroundings {
    Surroundings {
        mail: state.gateways.mail.is_some(),
        sms: state.gateways.sms.is_some(),
        look_up,
        base: state.public_url.as_deref().map(ToOwned::to_owned),
    }
}
