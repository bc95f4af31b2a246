//! Notices that time or the network has jumped, and with it that events may have been lost.
//!
//! While a computer sleeps no timer runs and no event arrives, and afterwards a connection may look alive for minutes.
//! What shows is the wall clock: it is far beyond the last beat. This only detects; closing the gap is done by
//! whoever hears of it.

use jiff::{SignedDuration, Timestamp};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

/// The worker beats at least so often while it is awake.
pub const BEAT: SignedDuration = SignedDuration::from_secs(15);

/// A beat that comes so much too late was slept through.
const OVERSLEPT: SignedDuration = SignedDuration::from_secs(45);

/// Why events may have been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The connection is new, the very first one included, and the server replays nothing.
    NotRecovered,
    /// More was to be told than could be kept.
    Overflowed,
    /// The computer slept, or its clock was put to another time.
    ClockJumped,
    /// The computer is on another network.
    NetworkChanged,
    /// The server sent something that could not be read.
    Unreadable,
}

/// Beats, and tells when a beat was missed or the network became another.
#[derive(Debug)]
pub(super) struct Pulse {
    last_beat_at: Timestamp,
    address: Option<IpAddr>,
}

impl Pulse {
    pub(super) fn new(now: Timestamp, address: Option<IpAddr>) -> Self {
        Self {
            last_beat_at: now,
            address,
        }
    }

    /// One beat. `address` is ours on the way to the internet, `None` while there is no way.
    pub(super) fn beat(&mut self, now: Timestamp, address: Option<IpAddr>) -> Option<Gap> {
        let passed = now.duration_since(self.last_beat_at);
        self.last_beat_at = now;
        let has_moved = address.is_some() && self.address.is_some() && address != self.address;
        self.address = address.or(self.address);
        if passed > BEAT + OVERSLEPT || passed < -BEAT {
            Some(Gap::ClockJumped)
        } else if has_moved {
            Some(Gap::NetworkChanged)
        } else {
            None
        }
    }
}

/// Our own address on the way to the internet. Nothing is sent: choosing a route needs no packet.
pub(super) fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address of the documentation block (RFC 5737): it has a route wherever there is one at all.
    socket
        .connect(SocketAddr::from((Ipv4Addr::new(192, 0, 2, 1), 9)))
        .ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 5)));
    const OFFICE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 7)));

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_night_of_sleep_is_a_gap_and_a_busy_minute_is_not() {
        let mut pulse = Pulse::new(at(0), HOME);
        assert_eq!(pulse.beat(at(15), HOME), None);
        assert_eq!(pulse.beat(at(70), HOME), None);
        assert_eq!(pulse.beat(at(70 + 8 * 3600), HOME), Some(Gap::ClockJumped));
        assert_eq!(pulse.beat(at(85 + 8 * 3600), HOME), None);
    }

    #[test]
    fn a_clock_that_was_put_back_is_a_gap() {
        let mut pulse = Pulse::new(at(0), HOME);
        assert_eq!(pulse.beat(at(-3600), HOME), Some(Gap::ClockJumped));
        assert_eq!(pulse.beat(at(-3590), HOME), None);
    }

    #[test]
    fn another_network_is_a_gap_even_when_there_was_none_in_between() {
        let mut pulse = Pulse::new(at(0), HOME);
        assert_eq!(pulse.beat(at(15), None), None);
        assert_eq!(pulse.beat(at(30), OFFICE), Some(Gap::NetworkChanged));
        assert_eq!(pulse.beat(at(45), OFFICE), None);
    }
}
