//! What the desktop was asked to announce, read off the session bus.

use std::{
    process::Stdio,
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use crate::desktop::{Child, Desktop};

const PATIENCE: Duration = Duration::from_secs(30);

/// Listens from its making on.
pub(crate) struct Notifications {
    lines: Receiver<String>,
    seen: Vec<String>,
    _monitor: Child,
}

impl Notifications {
    pub(crate) fn listen(desktop: &Desktop) -> Self {
        let mut monitor = Child::start(
            desktop
                .program("dbus-monitor")
                .args(["--session", "interface='org.freedesktop.Notifications'"])
                .stdout(Stdio::piped()),
        );
        let (sender, lines) = mpsc::channel();
        let printed = monitor.lines();
        std::thread::spawn(move || {
            for line in printed {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut notifications = Self {
            lines,
            seen: Vec::new(),
            _monitor: monitor,
        };
        // Its own arrival on the bus is the first thing a monitor prints.
        notifications.expect("NameAcquired");
        notifications
    }

    /// Waits until the bus carried this text: of a title, a body, an action, or the name of a call such as `CloseNotification`.
    pub(crate) fn expect(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.seen.iter().any(|line| line.contains(text)) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => self.seen.push(line),
                Err(_) => panic!(
                    "no notification said {text:?}; the bus carried:\n{}",
                    self.seen.join("\n")
                ),
            }
        }
    }

    /// Forgets what was seen, so that the next expectation needs something new.
    pub(crate) fn forget(&mut self) {
        self.seen.clear();
    }
}
