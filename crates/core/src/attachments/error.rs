//! Why a file cannot be had.

use crate::error::CoreError;
use crate::store::StoreError;
use std::io;

/// A file that is not here could not be fetched, or the disk failed.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    #[error(transparent)]
    Vendor(ringcentral::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It would have to be fetched, and nobody is signed in.
    #[error("Nobody is signed in.")]
    SignInRequired,
    #[error("{message}")]
    Disk {
        message: &'static str,
        #[source]
        source: io::Error,
    },
}

impl AttachmentError {
    /// A failure of the disk while doing something; a full one says so.
    pub(crate) fn disk(message: &'static str, source: io::Error) -> Self {
        let message = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "The disk is full. Nothing was lost; free some space and try again."
            }
            _ => message,
        };
        Self::Disk { message, source }
    }
}

impl From<ringcentral::Error> for AttachmentError {
    fn from(error: ringcentral::Error) -> Self {
        match error {
            ringcentral::Error::Write(source) => Self::disk("The file could not be stored.", source),
            error => Self::Vendor(error),
        }
    }
}

impl From<AttachmentError> for CoreError {
    fn from(error: AttachmentError) -> Self {
        match error {
            AttachmentError::Vendor(error) => error.into(),
            AttachmentError::Store(error) => error.into(),
            AttachmentError::SignInRequired => Self::SignInRequired,
            AttachmentError::Disk { message, source } => Self::store(message, source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_a_full_disk() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = AttachmentError::from(ringcentral::Error::Write(full));
        assert!(CoreError::from(error).to_string().contains("disk is full"));
    }
}
