//! Who is really calling, and the headers that keep a browser on its guard.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use ipnet::IpNet;

/// What a page of ours may load: nothing from elsewhere, no script that is not a file of ours.
/// Styles may stand in the page, because the component library and Swagger UI write them there.
pub const CONTENT_SECURITY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; script-src 'self'; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'self'";

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// On every answer; a handler that set one of them already knew better.
const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        // The counter scans citizen cards with the camera; nothing else is ever asked for.
        HeaderValue::from_static(
            "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Adds the security headers that are not there yet. Answers of the API are kept by no cache
/// unless they said otherwise; `https` adds HSTS for one year.
pub(crate) fn add_headers(headers: &mut HeaderMap, api: bool, https: bool) {
    for (name, value) in &ALWAYS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    if api && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if https {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
}

/// The address of the client: the peer, or, where the peer is a proxy we trust, the nearest
/// address in `X-Forwarded-For` that is not one. What a stranger writes there is never believed.
pub(crate) fn client_address(
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
    trusted: &[IpNet],
) -> IpAddr {
    let Some(peer) = peer.map(|p| p.ip().to_canonical()) else {
        return IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    };
    if !is_trusted(peer, trusted) {
        return peer;
    }
    let mut client = peer;
    let hops: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
        .collect();
    for hop in hops.into_iter().rev() {
        let Some(address) = parse_address(hop) else {
            break;
        };
        client = address;
        if !is_trusted(address, trusted) {
            break;
        }
    }
    client
}

/// Whether the client speaks HTTPS to a proxy we trust.
pub(crate) fn forwarded_https(
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
    trusted: &[IpNet],
) -> bool {
    peer.is_some_and(|p| is_trusted(p.ip().to_canonical(), trusted))
        && headers
            .get_all(FORWARDED_PROTO)
            .last()
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.rsplit(',').next())
            .is_some_and(|v| v.trim().eq_ignore_ascii_case("https"))
}

fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}

/// An address with or without a port, as proxies write them.
fn parse_address(hop: &str) -> Option<IpAddr> {
    hop.parse::<IpAddr>()
        .or_else(|_| hop.parse::<SocketAddr>().map(|a| a.ip()))
        .or_else(|_| hop.trim_matches(['[', ']']).parse::<IpAddr>())
        .ok()
        .map(|a| a.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(value).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        client_address(
            Some(format!("{peer}:9").parse().unwrap()),
            &headers,
            &trusted,
        )
        .to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_its_address() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(
            client("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]),
            "203.0.113.9"
        );
        // The proxy appended the true one; what stands left of it is the stranger's invention.
        assert_eq!(
            client("10.0.0.1", &["198.51.100.1, 203.0.113.9"], &["10.0.0.0/8"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn trusted_proxies_are_looked_through() {
        let trusted = ["10.0.0.0/8", "::1/128"];
        assert_eq!(
            client("10.0.0.1", &["203.0.113.9, 10.0.0.2", "10.0.0.3"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(
            client("10.0.0.1", &["203.0.113.9:4711"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(client("[::1]", &["[2001:db8::1]"], &trusted), "2001:db8::1");
        assert_eq!(
            client("[::ffff:10.0.0.1]", &["203.0.113.9"], &trusted),
            "203.0.113.9"
        );
        assert_eq!(
            client("10.0.0.1", &["203.0.113.9, unknown"], &trusted),
            "10.0.0.1"
        );
        assert_eq!(client("10.0.0.1", &[], &trusted), "10.0.0.1");
    }

    #[test]
    fn https_is_believed_from_trusted_proxies_only() {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_PROTO, HeaderValue::from_static("http, https"));
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let peer = |text: &str| Some(text.parse().unwrap());
        assert!(forwarded_https(peer("10.1.1.1:1"), &headers, &trusted));
        assert!(!forwarded_https(peer("203.0.113.9:1"), &headers, &trusted));
        assert!(!forwarded_https(None, &headers, &trusted));
    }

    #[test]
    fn headers_already_set_are_left_alone() {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=5"));
        add_headers(&mut headers, true, false);
        assert_eq!(headers.get(CACHE_CONTROL).unwrap(), "max-age=5");
        assert_eq!(headers.get(X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
        assert!(!headers.contains_key(STRICT_TRANSPORT_SECURITY));
        let mut headers = HeaderMap::new();
        add_headers(&mut headers, true, true);
        assert_eq!(headers.get(CACHE_CONTROL).unwrap(), "no-store");
        assert!(headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }
}
