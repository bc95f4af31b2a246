//! What is being written in a thread, and what of it the core has. Pure.

use domain::outgoing::{Draft, Picture, Thread};
use domain::phone_number::E164;

/// The part of a draft that is kept by asking; pictures are kept as they are added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) text: String,
    pub(crate) from: Option<E164>,
}

/// The sheet that one writes on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) thread: Thread,
    pub(super) now: Kept,
    pub(super) pictures: Vec<Picture>,
    /// What the core has.
    kept: Kept,
    /// What was there when the thread was opened.
    found: Kept,
}

impl Sheet {
    /// A thread with what was begun in it earlier.
    pub(super) fn open(thread: Thread, found: Kept, pictures: Vec<Picture>) -> Self {
        Self {
            thread,
            now: found.clone(),
            pictures,
            kept: found.clone(),
            found,
        }
    }

    /// What the core does not have yet; it is taken to have it from here on.
    pub(super) fn unkept(&mut self) -> Option<Kept> {
        (self.now != self.kept).then(|| {
            self.kept = self.now.clone();
            self.now.clone()
        })
    }

    /// Goes over to another thread. Answers what the one that is left is to keep, if that is something new.
    ///
    /// With `carries`, what was typed here goes along, and the thread that is left keeps what it had before.
    pub(super) fn move_to(&mut self, mut next: Self, carries: bool) -> Option<(Thread, Kept)> {
        let is_typed = self.now.text != self.found.text && !self.now.text.trim().is_empty();
        let left = if carries && is_typed {
            next.now.text = joined(&self.now.text, &next.now.text);
            (self.kept != self.found).then(|| self.found.clone())
        } else {
            self.unkept()
        };
        let thread = self.thread.clone();
        *self = next;
        left.map(|kept| (thread, kept))
    }

    /// Puts words below what was begun earlier, unless they are there already.
    pub(super) fn begin_with(&mut self, words: &str) {
        if !self.now.text.contains(words) {
            self.now.text = joined(&self.now.text, words);
        }
    }

    /// Takes in a draft that the core has put back. The core has put it in front of what it knew of this one; what was
    /// typed since then is not lost.
    pub(super) fn take_in(&mut self, returned: &Draft) {
        let known = Some(&self.kept.text).filter(|known| !known.is_empty());
        let head = known.and_then(|known| returned.text.strip_suffix(known));
        self.kept = Kept {
            text: returned.text.clone(),
            from: returned.from.clone(),
        };
        self.now.text = match head {
            Some(head) if self.now.text.is_empty() => head.trim_end_matches('\n').to_owned(),
            Some(head) => format!("{head}{}", self.now.text),
            None => joined(&returned.text, &self.now.text),
        };
        self.now.from = returned.from.clone().or(self.now.from.take());
        self.pictures.clone_from(&returned.pictures);
    }

    /// Takes everything off the sheet, to be sent.
    pub(super) fn clear(&mut self) -> (Kept, Vec<Picture>) {
        let from = self.now.from.clone();
        let sent = std::mem::take(&mut self.now);
        // Whoever chose a number goes on with it.
        self.now.from.clone_from(&from);
        self.kept = self.now.clone();
        self.found = self.now.clone();
        (sent, std::mem::take(&mut self.pictures))
    }

    /// Puts back what could not be sent, in front of what was written since.
    pub(super) fn put_back(&mut self, sent: Kept, pictures: Vec<Picture>) {
        self.now.text = joined(&sent.text, &self.now.text);
        self.pictures = pictures.into_iter().chain(self.pictures.drain(..)).collect();
        self.kept = sent;
    }
}

fn joined(first: &str, second: &str) -> String {
    match (first.trim().is_empty(), second.trim().is_empty()) {
        (_, true) => first.to_owned(),
        (true, false) => second.to_owned(),
        (false, false) => format!("{first}\n{second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(number: &str) -> Thread {
        Thread::Numbers(vec![E164::new(number).unwrap()])
    }

    fn words(text: &str) -> Kept {
        Kept {
            text: text.to_owned(),
            from: None,
        }
    }

    fn sheet(number: &str, found: &str) -> Sheet {
        Sheet::open(thread(number), words(found), Vec::new())
    }

    fn draft(text: &str) -> Draft {
        Draft {
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    const MARIA: &str = "+15105550147";
    const ED: &str = "+15105550188";

    #[test]
    fn forwarded_words_stand_below_what_was_begun_and_only_once() {
        let mut sheet = sheet(MARIA, "For you:");
        sheet.begin_with("Voicemail from Ed");
        sheet.begin_with("Voicemail from Ed");
        assert_eq!(sheet.now.text, "For you:\nVoicemail from Ed");
    }

    #[test]
    fn what_the_core_has_is_not_kept_twice() {
        let mut sheet = sheet(MARIA, "Hello");
        assert_eq!(sheet.unkept(), None);
        sheet.now.text.push('!');
        assert_eq!(sheet.unkept(), Some(words("Hello!")));
        assert_eq!(sheet.unkept(), None);
    }

    #[test]
    fn leaving_a_thread_keeps_what_was_typed_in_it() {
        let mut writing = sheet(MARIA, "");
        writing.now.text = "For Maria".to_owned();
        let left = writing.move_to(sheet(ED, "For Ed"), false);
        assert_eq!(left, Some((thread(MARIA), words("For Maria"))));
        assert_eq!(writing.now, words("For Ed"));
    }

    #[test]
    fn with_another_recipient_the_words_go_along_and_the_first_draft_is_as_before() {
        let mut writing = sheet(MARIA, "begun last week");
        writing.now.text = "For both".to_owned();
        assert_eq!(writing.unkept(), Some(words("For both")));
        let left = writing.move_to(sheet(ED, ""), true);
        assert_eq!(left, Some((thread(MARIA), words("begun last week"))));
        assert_eq!(writing.now, words("For both"));
        assert_eq!(writing.unkept(), Some(words("For both")));
    }

    #[test]
    fn a_draft_that_was_only_found_stays_where_it_is() {
        let mut writing = sheet(MARIA, "begun last week");
        assert_eq!(writing.move_to(sheet(ED, ""), true), None);
        assert_eq!(writing.now, words(""));
    }

    #[test]
    fn a_text_that_is_taken_back_stands_in_front_of_what_was_typed_since() {
        let mut writing = sheet(MARIA, "");
        writing.take_in(&draft("First"));
        assert_eq!(writing.now.text, "First");
        assert_eq!(writing.unkept(), None);

        let mut writing = sheet(MARIA, "");
        writing.now.text = "sec".to_owned();
        writing.unkept();
        writing.now.text = "second".to_owned();
        writing.take_in(&draft("First\nsec"));
        assert_eq!(writing.now.text, "First\nsecond");

        let mut writing = sheet(MARIA, "");
        writing.now.text = "unkept".to_owned();
        writing.take_in(&draft("First"));
        assert_eq!(writing.now.text, "First\nunkept");
        assert_eq!(writing.unkept(), Some(words("First\nunkept")));
    }

    #[test]
    fn what_could_not_be_sent_comes_back_in_front() {
        let mut writing = sheet(MARIA, "");
        writing.now.text = "First".to_owned();
        let (sent, pictures) = writing.clear();
        assert_eq!(writing.now.text, "");
        writing.now.text = "Second".to_owned();
        writing.put_back(sent, pictures);
        assert_eq!(writing.now.text, "First\nSecond");
    }
}
