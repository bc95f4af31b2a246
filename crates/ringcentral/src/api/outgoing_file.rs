//! A file that goes out with a message.
//!
//! Only what is sent; limits of number, size and kind are the operation's.

use bytes::Bytes;

/// A file to send. `Debug` shows its size only.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    /// Its name, as the other side will see it.
    pub name: String,
    /// Its MIME type, for example `image/png`.
    pub content_type: String,
    /// Its bytes; cheap to clone.
    pub content: Bytes,
}

impl std::fmt::Debug for OutgoingFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "OutgoingFile({}, {} bytes)",
            self.content_type,
            self.content.len()
        )
    }
}
