//! Where notices go: to the shell, through an account's coming and going.
//!
//! Nothing is decided here, and nothing is kept for those who listen later.

use super::{Notice, NoticeChange, NoticeKind, NoticeSubject, NoticeTag, NoticeUrgency, words};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// Hands out what is to be shown and closed. Clones reach the same listeners.
#[derive(Debug, Clone, Default)]
pub struct NoticeFeed(Arc<Mutex<Vec<mpsc::UnboundedSender<NoticeChange>>>>);

impl NoticeFeed {
    /// Everything from now on. Notices are few, so a slow listener loses none.
    pub fn listen(&self) -> mpsc::UnboundedReceiver<NoticeChange> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.listeners().push(sender);
        receiver
    }

    /// Shows a notice as an inbound text would, to see whether notices work here.
    pub fn show_test(&self) {
        let (title, body) = words::test();
        self.send([NoticeChange::Show(Notice {
            tag: NoticeTag::new("test", "notice"),
            kind: NoticeKind::Test,
            title,
            body,
            actions: Vec::new(),
            subject: NoticeSubject::Nothing,
            urgency: NoticeUrgency::Normal,
        })]);
    }

    pub(super) fn send(&self, changes: impl IntoIterator<Item = NoticeChange>) {
        let mut listeners = self.listeners();
        for change in changes {
            listeners.retain(|listener| listener.send(change.clone()).is_ok());
        }
    }

    fn listeners(&self) -> std::sync::MutexGuard<'_, Vec<mpsc::UnboundedSender<NoticeChange>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listener_hears_and_one_that_has_gone_is_forgotten() {
        let feed = NoticeFeed::default();
        let mut here = feed.listen();
        drop(feed.listen());
        feed.show_test();
        assert!(matches!(here.try_recv(), Ok(NoticeChange::Show(notice)) if notice.kind == NoticeKind::Test));
        assert_eq!(feed.listeners().len(), 1);
    }
}
