//! The law on personal data: requests and their answers, everything about one person, how long it is
//! kept, what must be kept longer, and what is disposed of.

mod disposal;
mod request;

pub use disposal::{
    Disposal, Holds, MOST_ITEMS, MOST_LIFTED, MOST_RULES, NewRule, approve, disposal, disposals,
    holds_on, lift, place, propose, reject, rules, set_rule,
};
pub use request::{
    Answer, Everything, MOST_FOUND, NewRequest, Requests, answer, everything, receive, request,
    requests,
};
