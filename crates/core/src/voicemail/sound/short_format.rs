//! WAV files whose `fmt ` chunk is as short as that of plain PCM although they hold A-law or mu-law.
//!
//! Telephone systems write such files and every player plays them; the reader of this program wants the two bytes that say
//! there is nothing more to say. They are shown to it as if they were there. The file itself is not touched.

use std::io::{self, Read, Seek, SeekFrom};
use symphonia::core::io::MediaSource;

/// RIFF head and `fmt ` chunk of 16 bytes.
const SHORT_HEAD: usize = 12 + 8 + 16;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;

/// A source with another beginning.
pub(super) struct Lengthened<S> {
    source: S,
    head: Vec<u8>,
    /// Where the rest begins in the source.
    rest: u64,
    position: u64,
}

/// The head as it should be; `None` when this is no such file.
fn lengthened(head: &[u8]) -> Option<Vec<u8>> {
    let riff = head.get(..SHORT_HEAD)?;
    let is_short = riff.get(..4)? == b"RIFF"
        && riff.get(8..16)? == b"WAVEfmt "
        && riff.get(16..20)? == 16_u32.to_le_bytes();
    let format = u16::from_le_bytes([*riff.get(20)?, *riff.get(21)?]);
    if !is_short || ![A_LAW, MU_LAW].contains(&format) {
        return None;
    }
    let mut long = riff.to_vec();
    long.get_mut(16..20)?.copy_from_slice(&18_u32.to_le_bytes());
    long.extend_from_slice(&[0, 0]);
    Some(long)
}

impl<S: Read + Seek> Lengthened<S> {
    /// The source as it is to be read: mostly as it is.
    pub(super) fn of(mut source: S) -> io::Result<Self> {
        let mut head = Vec::with_capacity(SHORT_HEAD);
        source.by_ref().take(SHORT_HEAD as u64).read_to_end(&mut head)?;
        source.rewind()?;
        let (head, rest) = match lengthened(&head) {
            Some(long) => (long, SHORT_HEAD as u64),
            None => (Vec::new(), 0),
        };
        source.seek(SeekFrom::Start(rest))?;
        Ok(Self {
            source,
            head,
            rest,
            position: 0,
        })
    }

    fn head_bytes(&self) -> u64 {
        self.head.len() as u64
    }
}

impl<S: Read + Seek> Read for Lengthened<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let place = usize::try_from(self.position).unwrap_or(usize::MAX);
        let read = match self.head.get(place..) {
            Some(mut left) if !left.is_empty() => left.read(buffer)?,
            _ => self.source.read(buffer)?,
        };
        self.position = self.position.saturating_add(read as u64);
        Ok(read)
    }
}

impl<S: Read + Seek> Seek for Lengthened<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let before_the_beginning = || io::Error::from(io::ErrorKind::InvalidInput);
        let target = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self
                .position
                .checked_add_signed(by)
                .ok_or_else(before_the_beginning)?,
            SeekFrom::End(by) => {
                let end = self.source.seek(SeekFrom::End(0))? - self.rest + self.head_bytes();
                end.checked_add_signed(by).ok_or_else(before_the_beginning)?
            }
        };
        self.source.seek(SeekFrom::Start(
            target.saturating_sub(self.head_bytes()) + self.rest,
        ))?;
        self.position = target;
        Ok(target)
    }
}

impl<S: MediaSource> MediaSource for Lengthened<S> {
    fn is_seekable(&self) -> bool {
        self.source.is_seekable()
    }

    fn byte_len(&self) -> Option<u64> {
        self.source
            .byte_len()
            .map(|bytes| bytes.saturating_sub(self.rest) + self.head_bytes())
    }
}
