//! How long the server waits for whom. Set on the `HttpServer` by whoever starts it:
//! `.client_request_timeout(http::REQUEST_HEAD_TIMEOUT)`, `.keep_alive(http::KEEP_ALIVE)`, and so on.

use std::time::Duration;

/// For the head of a request to arrive; a slower client is told 408 and cut off. Bodies have their
/// own limits, in size and time, in [`super::json`].
pub const REQUEST_HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// For the client to close its side after we closed ours.
pub const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an idle connection is kept; longer than the minute that proxies usually keep theirs,
/// so that it is never us who close a connection a proxy is about to use.
pub const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// For requests under way to end once the server was told to stop, in seconds.
pub const SHUTDOWN_SECONDS: u64 = 30;

/// Connections at once, per worker.
pub const MAX_CONNECTIONS: usize = 10_000;
