//! The same key and the same request get the same answer, from the same transaction.

use motcua_domain::refusal::Refusal;
use motcua_store::idempotency::{self, Kept};
use motcua_store::{Db, Ts};

use crate::context::Services;
use crate::error::Result;

/// An answer as it was, or will be, sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON object of headers: `etag`, `location`.
    pub headers: String,
    /// The body.
    pub body: String,
    /// True when it was kept from an earlier request.
    pub replayed: bool,
}

/// A key as sent, with whose it is and what it was sent with.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// The owner of the key: a user's id, or what stands for an anonymous caller.
    pub owner: &'a str,
    /// The key.
    pub key: &'a str,
    /// SHA-256 over everything that makes two requests equal.
    pub fingerprint: &'a str,
}

impl Services {
    /// Runs `work` in one write transaction, unless its key was answered before.
    ///
    /// # Errors
    /// `idempotency_key_reused` when the key came with another request; what `work` returned, and
    /// then the key is not kept.
    pub fn once(
        &self,
        key: Option<Key<'_>>,
        mut work: impl FnMut(&mut Db) -> Result<Answer>,
    ) -> Result<Answer> {
        self.write(|db| {
            let Some(k) = &key else {
                return work(db);
            };
            if let Some(kept) = idempotency::find(db, k.owner, k.key)? {
                if kept.fingerprint != k.fingerprint {
                    return Err(Refusal::new(
                        "idempotency_key_reused",
                        "Khóa Idempotency-Key này đã được dùng cho một yêu cầu khác.",
                        "This Idempotency-Key was used for another request.",
                    )
                    .into());
                }
                return Ok(Answer {
                    status: u16::try_from(kept.status).unwrap_or(500),
                    headers: kept.headers,
                    body: kept.body,
                    replayed: true,
                });
            }
            let answer = work(db)?;
            idempotency::keep(
                db,
                &Kept {
                    actor_id: k.owner.to_owned(),
                    idem_key: k.key.to_owned(),
                    fingerprint: k.fingerprint.to_owned(),
                    status: i32::from(answer.status),
                    headers: answer.headers.clone(),
                    body: answer.body.clone(),
                    created_at: Ts::new(self.now()),
                },
            )?;
            Ok(answer)
        })
    }
}
