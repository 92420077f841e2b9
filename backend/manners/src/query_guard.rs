//! No query parameter is silently ignored: one that the contract does not name for this operation
//! is refused, because a mistyped filter that does nothing shows the wrong dossiers.

use actix_web::http::Method;
use motcua_domain::refusal::Refusal;

use super::{
    document::Address,
    params::{pairs, unknown_parameter},
};

/// At most this many strangers are named.
const NAMED: usize = 20;

/// Refuses parameters that the operation does not have. Methods the address does not take are left
/// to whoever answers 405.
pub(crate) fn check(address: &Address, method: &Method, query: &str) -> Result<(), Refusal> {
    let Some(known) = address.query_parameters(method) else {
        return Ok(());
    };
    let strangers: Vec<String> = pairs(query)
        .filter(|(name, _)| !known.iter().any(|k| k == name))
        .take(NAMED)
        .map(|(name, _)| name.chars().filter(|c| !c.is_control()).take(100).collect())
        .collect();
    if strangers.is_empty() {
        Ok(())
    } else {
        Err(unknown_parameter(strangers.iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Contract, tests::sample};

    fn strangers(method: Method, query: &str) -> Vec<String> {
        let contract = Contract::new(&sample());
        match check(contract.find("/api/v1/things").unwrap(), &method, query) {
            Ok(()) => Vec::new(),
            Err(refusal) => {
                assert_eq!(refusal.code, "unknown_parameter");
                refusal.errors.into_iter().map(|e| e.pointer).collect()
            }
        }
    }

    #[test]
    fn parameters_of_the_contract_pass_and_strangers_are_named() {
        assert!(strangers(Method::GET, "").is_empty());
        assert!(strangers(Method::GET, "limit=1&cursor=x&limit=2").is_empty());
        assert_eq!(
            strangers(Method::GET, "limt=1&limit=2&%6Fther"),
            ["limt", "other"]
        );
        // A header of the same operation is not a query parameter.
        assert_eq!(strangers(Method::GET, "X-A=1"), ["X-A"]);
        assert_eq!(strangers(Method::POST, "limit=1"), ["limit"]);
    }

    #[test]
    fn a_method_the_address_does_not_take_is_not_judged_here() {
        assert!(strangers(Method::DELETE, "x=1").is_empty());
    }
}
