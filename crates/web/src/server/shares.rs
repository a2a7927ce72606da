//! The share of the connections that one address may hold, so that nobody takes them all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::address::network;
use crate::config::TrustedProxy;

/// Who holds how many connections.
pub(super) struct Shares {
    most: usize,
    proxy: Option<TrustedProxy>,
    held: Mutex<HashMap<String, usize>>,
}

/// A connection of an address; it counts until this is dropped.
pub(super) struct Share {
    of: Option<(Arc<Shares>, String)>,
}

impl Shares {
    /// A quarter of all connections for each address, at least a browser's few. Everybody may come through the trusted
    /// proxy, and through a proxy on this machine that nobody told us of: these are not counted.
    pub fn new(connections: usize, proxy: Option<TrustedProxy>) -> Arc<Self> {
        let most = (connections / 4).max(16);
        Arc::new(Self { most, proxy, held: Mutex::default() })
    }

    /// A place for one more connection of an address; none if it has its share.
    pub fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Share> {
        let peer = peer.to_canonical();
        let through = self.proxy.as_ref().is_some_and(|proxy| proxy.from.contains(&peer));
        if peer.is_loopback() || through {
            return Some(Share { of: None });
        }
        let key = network(peer);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(key.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share { of: Some((Arc::clone(self), key)) })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Some((shares, key)) = self.of.take() else { return };
        let mut held = shares.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&key) {
            *count -= 1;
            if *count == 0 {
                held.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_and_gets_it_back() {
        let shares = Shares::new(64, None);
        let take = |address: &str| shares.take(address.parse().unwrap());
        let mut held: Vec<Share> = (0..16).filter_map(|_| take("203.0.113.9")).collect();
        assert_eq!(held.len(), 16);
        assert!(take("203.0.113.9").is_none());
        assert!(take("::ffff:203.0.113.9").is_none(), "the same address written otherwise");
        assert!(take("203.0.113.10").is_some(), "others are not touched");
        held.pop();
        assert!(take("203.0.113.9").is_some());
        drop(held);
        assert!(shares.held.lock().unwrap().is_empty(), "nothing is kept of who has gone");
    }

    #[test]
    fn a_network_of_the_longer_addresses_is_one() {
        let shares = Shares::new(64, None);
        let held: Vec<Share> = (0..20)
            .filter_map(|last: u16| shares.take(format!("2001:db8::{last:x}").parse().unwrap()))
            .collect();
        assert_eq!(held.len(), 16);
        assert!(shares.take("2001:db8:0:1::1".parse().unwrap()).is_some());
    }

    #[test]
    fn proxies_bring_everybody() {
        let proxy = TrustedProxy {
            from: vec!["10.0.0.1".parse().unwrap()],
            header: "x-forwarded-for".into(),
        };
        let shares = Shares::new(64, Some(proxy));
        for address in ["10.0.0.1", "127.0.0.1", "::1"] {
            let address: IpAddr = address.parse().unwrap();
            let held: Vec<Share> = (0..100).filter_map(|_| shares.take(address)).collect();
            assert_eq!(held.len(), 100, "{address}");
        }
    }
}
