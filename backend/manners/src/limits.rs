//! How often one client address may ask, in three classes: signing in, the public pages, the rest
//! of the API. Counted in this process; sign-in is throttled again per account, in the database.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};
use motcua_domain::refusal::Refusal;

use super::problem::Problem;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// After this many requests of a class the addresses that have long been quiet are forgotten.
const FORGET_EVERY: u32 = 4096;

/// How often one address may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute, in the long run; at least 1.
    pub per_minute: u32,
    /// Requests at once, after a rest; at least 1.
    pub burst: u32,
}

/// The rates of the three classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Signing in.
    pub login: Rate,
    /// What needs no signing in.
    pub public: Rate,
    /// Everything else under `/api`.
    pub api: Rate,
    /// What banks tell: a day's payments may come in one burst from one address.
    pub bank: Rate,
}

impl Default for Rates {
    /// A whole office may sit behind one address: fifty people at work stay well below these.
    fn default() -> Self {
        let rate = |per_minute, burst| Rate { per_minute, burst };
        Self {
            login: rate(60, 30),
            public: rate(120, 60),
            api: rate(3000, 600),
            bank: rate(60_000, 20_000),
        }
    }
}

type Keyed = RateLimiter<
    IpAddr,
    DefaultKeyedStateStore<IpAddr>,
    DefaultClock,
    governor::middleware::StateInformationMiddleware,
>;

/// The counters of all classes, shared by all workers.
#[derive(Debug)]
pub(crate) struct Limits {
    login: Class,
    public: Class,
    api: Class,
    bank: Class,
}

struct Class {
    name: &'static str,
    limiter: Keyed,
    policy: HeaderValue,
    burst: u32,
    period: Duration,
    clock: DefaultClock,
    seen: AtomicU32,
}

impl std::fmt::Debug for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Class({})", self.name)
    }
}

/// What is left to a client, for the headers of the answer.
#[derive(Debug)]
pub(crate) struct Remaining {
    policy: HeaderValue,
    state: HeaderValue,
}

impl Remaining {
    /// Writes the `RateLimit` headers.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        headers.insert(RATE_LIMIT_POLICY, self.policy);
        headers.insert(RATE_LIMIT, self.state);
    }
}

impl Limits {
    pub(crate) fn new(rates: &Rates) -> Self {
        Self {
            login: Class::new("login", rates.login),
            public: Class::new("public", rates.public),
            api: Class::new("api", rates.api),
            bank: Class::new("bank", rates.bank),
        }
    }

    /// Counts one request. `None` for what is not limited: pages, documents, health.
    ///
    /// The problem, if any, comes with the headers that belong to it.
    pub(crate) fn check(&self, path: &str, client: IpAddr) -> Option<(Remaining, Option<Problem>)> {
        // Pages for whoever holds a paper are asked without signing in, as what stands under `public`.
        if path.starts_with("/s/") || path.starts_with("/kq/") {
            return Some(self.public.check(client));
        }
        let rest = path.strip_prefix("/api/")?;
        let class = match rest {
            "v1/auth/login" | "v1/oauth/token" => &self.login,
            _ if rest.starts_with("v1/public/") => &self.public,
            _ if rest.starts_with("v1/bank-notifications/") => &self.bank,
            _ => &self.api,
        };
        Some(class.check(client))
    }
}

impl Class {
    fn new(name: &'static str, rate: Rate) -> Self {
        let per_minute = rate.per_minute.max(1);
        let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
        let period = Duration::from_secs(60) / per_minute;
        let quota = Quota::with_period(period)
            .unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(burst);
        let window = (period * burst.get()).as_secs().max(1);
        Self {
            name,
            limiter: RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>(),
            policy: HeaderValue::from_str(&format!("\"{name}\";q={burst};w={window}"))
                .unwrap_or(HeaderValue::from_static("")),
            burst: burst.get(),
            period,
            clock: DefaultClock::default(),
            seen: AtomicU32::new(0),
        }
    }

    fn check(&self, client: IpAddr) -> (Remaining, Option<Problem>) {
        if self.seen.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        match self.limiter.check_key(&key(client)) {
            Ok(snapshot) => {
                let left = snapshot.remaining_burst_capacity();
                let full_again = self.period * self.burst.saturating_sub(left);
                (self.remaining(left, seconds(full_again)), None)
            }
            Err(not_until) => {
                let wait = seconds(not_until.wait_time_from(self.clock.now())).max(1);
                let problem = Refusal::new(
                    "too_many_requests",
                    format!(
                        "Quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ {wait} giây rồi thử lại."
                    ),
                    format!(
                        "Too many requests in a short time. Wait {wait} seconds, then try again."
                    ),
                )
                .with("retry_after", wait);
                (self.remaining(0, wait), Some(problem.into()))
            }
        }
    }

    fn remaining(&self, left: u32, reset: u64) -> Remaining {
        Remaining {
            policy: self.policy.clone(),
            state: HeaderValue::from_str(&format!("\"{}\";r={left};t={reset}", self.name))
                .unwrap_or(HeaderValue::from_static("")),
        }
    }
}

/// Whole seconds, rounded up.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// An IPv6 client owns a whole /64: counting its single addresses would count nothing.
fn key(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(login_burst: u32) -> Limits {
        let rate = |burst| Rate {
            per_minute: 60,
            burst,
        };
        Limits::new(&Rates {
            login: rate(login_burst),
            public: rate(5),
            api: rate(9),
            ..Rates::default()
        })
    }

    fn refused(limits: &Limits, path: &str, client: &str) -> Option<Problem> {
        limits
            .check(path, client.parse().unwrap())
            .and_then(|(_, problem)| problem)
    }

    #[test]
    fn the_burst_is_served_and_the_next_one_told_to_wait() {
        let limits = limits(2);
        let login = "/api/v1/auth/login";
        assert!(refused(&limits, login, "203.0.113.9").is_none());
        assert!(refused(&limits, login, "203.0.113.9").is_none());
        let problem = refused(&limits, login, "203.0.113.9").unwrap();
        assert_eq!(
            (problem.status().as_u16(), problem.code()),
            (429, "too_many_requests")
        );
        assert_eq!(problem.headers()[0].1, "1");
        // Another address, and another class, have their own count.
        assert!(refused(&limits, login, "203.0.113.10").is_none());
        assert!(refused(&limits, "/api/v1/public/procedures", "203.0.113.9").is_none());
    }

    #[test]
    fn pages_and_health_are_not_counted() {
        let limits = limits(1);
        for path in [
            "/",
            "/assets/a.js",
            "/health/live",
            "/openapi.yaml",
            "/docs/",
        ] {
            assert!(
                limits
                    .check(path, IpAddr::V6(Ipv6Addr::LOCALHOST))
                    .is_none(),
                "{path}"
            );
        }
    }

    #[test]
    fn an_ipv6_client_cannot_hop_within_its_network() {
        let limits = limits(1);
        assert!(refused(&limits, "/api/v1/auth/login", "2001:db8::1").is_none());
        assert!(refused(&limits, "/api/v1/auth/login", "2001:db8::2").is_some());
        assert!(refused(&limits, "/api/v1/auth/login", "2001:db8:0:1::2").is_none());
    }

    #[test]
    fn the_headers_say_what_is_left() {
        let limits = limits(2);
        let (remaining, _) = limits
            .check("/api/v1/things", "203.0.113.9".parse().unwrap())
            .unwrap();
        let mut headers = HeaderMap::new();
        remaining.write(&mut headers);
        assert_eq!(headers.get(RATE_LIMIT_POLICY).unwrap(), "\"api\";q=9;w=9");
        assert_eq!(headers.get(RATE_LIMIT).unwrap(), "\"api\";r=8;t=1");
    }
}
