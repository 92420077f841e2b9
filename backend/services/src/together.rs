//! Group commit: what comes at the same time is written in one transaction.

use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};

use motcua_domain::refusal::Refusal;
use motcua_store::{Db, StoreError};

use crate::context::Services;
use crate::error::{Error, Result};

/// What became of one thing of those that were written together.
pub(crate) type Taken<A> = std::result::Result<A, Box<Refusal>>;

type Waiting<W, A> = (W, mpsc::Sender<Result<A>>);

/// Writes what comes at the same time in one transaction: whoever comes while others are being written is
/// written with those who came meanwhile. A burst then costs one commit for many, and one alone waits for
/// nobody.
pub(crate) struct Together<W, A> {
    waiting: Mutex<Vec<Waiting<W, A>>>,
    turn: Mutex<()>,
}

impl<W, A> Default for Together<W, A> {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            turn: Mutex::default(),
        }
    }
}

/// Nothing is left half done where somebody panicked: it is taken as it is.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<W, A> Together<W, A> {
    /// Writes `what`, at most `most` in one transaction, by `write`: it is given all that are written together
    /// and says what became of each, in their order. Blocking.
    ///
    /// # Errors
    /// Why it was refused; storage failures of all that were to be written together.
    pub(crate) fn write(
        &self,
        services: &Services,
        what: W,
        most: usize,
        write: impl Fn(&mut Db, &[W]) -> Result<Vec<Taken<A>>>,
    ) -> Result<A> {
        let (answer, told) = mpsc::channel();
        held(&self.waiting).push((what, answer));
        loop {
            let _turn = held(&self.turn);
            // Whoever had the turn before may have written this too.
            match told.try_recv() {
                Ok(answer) => return answer,
                Err(mpsc::TryRecvError::Empty) => self.write_some(services, most, &write),
                Err(mpsc::TryRecvError::Disconnected) => {
                    return Err(Error::Internal(
                        "something was neither written nor refused".into(),
                    ));
                }
            }
        }
    }

    /// Writes those that wait, the first first, and tells each what became of it.
    fn write_some(
        &self,
        services: &Services,
        most: usize,
        write: &impl Fn(&mut Db, &[W]) -> Result<Vec<Taken<A>>>,
    ) {
        let (batch, answers): (Vec<W>, Vec<_>) = {
            let mut waiting = held(&self.waiting);
            let most = waiting.len().min(most);
            waiting.drain(..most).unzip()
        };
        match services.write(|db| write(db, &batch)) {
            Ok(taken) => {
                for (answer, taken) in answers.into_iter().zip(taken) {
                    // Who asked may have gone away; it is written all the same.
                    let _ = answer.send(taken.map_err(Error::Refused));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "what came together could not be written");
                for answer in answers {
                    let busy = StoreError::Busy("what came together could not be written".into());
                    let _ = answer.send(Err(Error::Store(busy)));
                }
            }
        }
    }
}
