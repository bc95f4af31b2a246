//! What programs on the desktop ask its notification server to show, overheard on the session bus.
//!
//! It reads the calls of `Notify` as `dbus-monitor` prints them, and knows nothing of who sends them or what the server makes of them.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    time::{Duration, Instant},
};

use super::Child;

/// The calls that show something, and those that take it back.
const OVERHEARD: [&str; 2] = [
    "type='method_call',interface='org.freedesktop.Notifications',member='Notify'",
    "type='method_call',interface='org.freedesktop.Notifications',member='CloseNotification'",
];

/// One request to the notification server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Overheard {
    Shown { title: String, body: String },
    TakenBack,
}

/// Everything asked since it began to listen, in order.
pub(crate) struct Notifications {
    heard: Receiver<Overheard>,
    /// Shown while it was waited for that one is taken back. Where one takes the place of another, either may come first.
    shown_meanwhile: RefCell<VecDeque<Overheard>>,
    _monitor: Child,
}

impl Notifications {
    /// Begins to listen; returns once nothing can be missed.
    pub(super) fn overhear(monitor: &mut Command) -> Self {
        let mut monitor = Child::start(monitor.arg("--session").args(OVERHEARD).stdout(Stdio::piped()));
        let mut output = BufReader::new(monitor.take_output());
        // The first thing a monitor prints is that it lost its name, which is when it begins to hear everything.
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let (tell, heard) = channel();
        std::thread::spawn(move || listen(output, &tell));
        Self {
            heard,
            shown_meanwhile: RefCell::default(),
            _monitor: monitor,
        }
    }

    /// Waits for a notification with these words in its title or body.
    pub(crate) fn see(&self, words: &str, patience: Duration) -> (String, String) {
        let mut others = Vec::new();
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let earlier = self.shown_meanwhile.borrow_mut().pop_front();
            match earlier.map_or_else(|| self.heard.recv_timeout(left), Ok) {
                Ok(Overheard::Shown { title, body }) if title.contains(words) || body.contains(words) => {
                    return (title, body);
                }
                Ok(other) => others.push(other),
                Err(_) => panic!("no notification said {words:?}; there were {others:?}"),
            }
        }
    }

    /// Waits until one is taken off the screen.
    pub(crate) fn see_taken_back(&self, patience: Duration) {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let heard = self.heard.recv_timeout(left);
            match heard.expect("no notification was taken back") {
                Overheard::TakenBack => return,
                shown @ Overheard::Shown { .. } => self.shown_meanwhile.borrow_mut().push_back(shown),
            }
        }
    }
}

/// Reads calls until the monitor ends. A call is a line without indentation, its arguments the indented lines after it.
fn listen(output: impl BufRead, tell: &Sender<Overheard>) {
    let mut call = Call::default();
    for line in output.lines().map_while(Result::ok) {
        if line.starts_with("method call") {
            call.tell(tell);
            call = Call::new(&line);
        } else if let Some(text) = line
            .strip_prefix("   string \"")
            .and_then(|text| text.strip_suffix('"'))
        {
            call.texts.push(text.to_owned());
        } else if line.starts_with("   int32") || line.starts_with("   uint32") && call.is_close {
            // The last argument: nothing follows that must be waited for.
            std::mem::take(&mut call).tell(tell);
        }
    }
}

#[derive(Default)]
struct Call {
    is_close: bool,
    /// Of a `Notify`: program, icon, title, body.
    texts: Vec<String>,
}

impl Call {
    fn new(header: &str) -> Self {
        Self {
            is_close: header.contains("member=CloseNotification"),
            texts: Vec::new(),
        }
    }

    fn tell(&self, tell: &Sender<Overheard>) {
        let heard = match self.texts.as_slice() {
            [_, _, title, body, ..] => Overheard::Shown {
                title: title.clone(),
                body: body.clone(),
            },
            _ if self.is_close => Overheard::TakenBack,
            _ => return,
        };
        // Nobody may be listening any more.
        let _ = tell.send(heard);
    }
}
