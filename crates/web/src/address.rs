//! From which address somebody asks: the peer's, or what a trusted proxy says. Nobody else is believed.

use std::net::{IpAddr, SocketAddr};

use axum::http::{Extensions, HeaderMap};

use crate::config::TrustedProxy;

/// The other end of the connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Peer(pub SocketAddr);

/// Whether the other end is the trusted proxy.
pub(crate) fn is_proxy(extensions: &Extensions, proxy: Option<&TrustedProxy>) -> bool {
    let peer = extensions.get::<Peer>().map(|peer| peer.0.ip().to_canonical());
    proxy.zip(peer).is_some_and(|(proxy, peer)| proxy.from.contains(&peer))
}

/// From which address somebody asks. None if there is no connection (in tests), or if the proxy said no address.
pub(crate) fn address(
    extensions: &Extensions,
    headers: &HeaderMap,
    proxy: Option<&TrustedProxy>,
) -> Option<IpAddr> {
    let peer = extensions.get::<Peer>()?.0.ip().to_canonical();
    let Some(proxy) = proxy.filter(|proxy| proxy.from.contains(&peer)) else {
        return Some(peer);
    };
    // The last one: those before it are what the client made up.
    let said = headers.get_all(proxy.header.as_str()).iter().next_back()?.to_str().ok()?;
    let last = said.rsplit(',').next()?.trim();
    let last: Option<IpAddr> = last.parse().ok().or_else(|| {
        let with_port: SocketAddr = last.parse().ok()?;
        Some(with_port.ip())
    });
    last.map(|address| address.to_canonical())
}

/// What one household or office has: an address, or a /64 of the longer ones.
pub(crate) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V6(long) => format!("{:x}", long.to_bits() >> 64),
        short => short.to_string(),
    }
}

/// Whether somebody asks from this machine itself, with no proxy between.
pub(crate) fn is_local(extensions: &Extensions, headers: &HeaderMap) -> bool {
    let between = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    extensions.get::<Peer>().is_some_and(|peer| peer.0.ip().to_canonical().is_loopback())
        && !between.iter().any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, header: Option<&str>) -> (Extensions, HeaderMap) {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(peer.parse().unwrap()));
        let mut headers = HeaderMap::new();
        if let Some(said) = header {
            headers.insert("x-forwarded-for", said.parse().unwrap());
        }
        (extensions, headers)
    }

    #[test]
    fn a_header_is_believed_from_the_trusted_proxy_only_and_only_its_last_address() {
        let proxy = TrustedProxy {
            from: vec!["10.0.0.1".parse().unwrap()],
            header: "x-forwarded-for".into(),
        };
        let table = [
            ("10.0.0.1:99", Some("6.6.6.6, 203.0.113.9"), Some("203.0.113.9")),
            ("10.0.0.1:99", Some("203.0.113.9:4433"), Some("203.0.113.9")),
            ("[::ffff:10.0.0.1]:99", Some("203.0.113.9"), Some("203.0.113.9")),
            ("10.0.0.1:99", Some("nonsense"), None),
            ("10.0.0.1:99", None, None),
            ("10.0.0.2:99", Some("203.0.113.9"), Some("10.0.0.2")),
            ("[2001:db8::1]:99", None, Some("2001:db8::1")),
        ];
        for (peer, header, expected) in table {
            let (extensions, headers) = asked(peer, header);
            let found = address(&extensions, &headers, Some(&proxy)).map(|one| one.to_string());
            assert_eq!(found.as_deref(), expected, "{peer} {header:?}");
        }
        let (extensions, headers) = asked("10.0.0.1:99", Some("203.0.113.9"));
        assert_eq!(address(&extensions, &headers, None).unwrap().to_string(), "10.0.0.1");
    }

    #[test]
    fn whoever_comes_through_a_proxy_is_not_local() {
        let (extensions, headers) = asked("127.0.0.1:9", None);
        assert!(is_local(&extensions, &headers));
        let (extensions, headers) = asked("127.0.0.1:9", Some("127.0.0.1"));
        assert!(!is_local(&extensions, &headers));
        let (extensions, headers) = asked("10.0.0.1:9", None);
        assert!(!is_local(&extensions, &headers));
    }
}
