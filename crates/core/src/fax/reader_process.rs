//! A reader as a process of its own, so that a file made to do harm harms nothing but the process.
//!
//! It gets bytes at its standard input and gives pictures at its standard output; it opens no file and no connection. The
//! program is Switchboard itself under another argument ([`READ_PAGES`]).

use super::drawing_work::{Answer, Ask, Desk, work};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// As its first argument it makes a program that was prepared for it read pages, and do nothing else.
pub const READ_PAGES: &str = "read-fax-pages";

/// Longer than any message; what is longer is no message.
const LONGEST_HEAD: u32 = 1024 * 1024;
const LONGEST_CONTENT: u64 = 512 * 1024 * 1024;
/// Nested groups and patterns are read by functions that call themselves.
pub(super) const STACK_BYTES: usize = 64 * 1024 * 1024;
/// What a reader may take. Whole plans in colour fit, bombs do not.
#[cfg(unix)]
const MOST_MEMORY_BYTES: u64 = 1_280 * 1024 * 1024;

/// Reads pages for whoever started this process, until they end it. To be called before anything else is begun.
pub fn read_pages() {
    #[cfg(unix)]
    if let Ok((_, hard)) = rlimit::getrlimit(rlimit::Resource::DATA) {
        let most = MOST_MEMORY_BYTES.min(hard);
        // Where the system knows no such limit, time alone ends a bomb.
        let _ = rlimit::setrlimit(rlimit::Resource::DATA, most, most);
    }
    // What it would have to say is about a file that a stranger made.
    std::panic::set_hook(Box::new(|_| {}));
    let reader = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(|| {
        work(&mut Streams {
            input: BufReader::new(io::stdin()),
            output: BufWriter::new(io::stdout()),
        });
    });
    if let Ok(reader) = reader {
        let _ = reader.join();
    }
}

struct Streams<R, W: Write> {
    input: R,
    output: BufWriter<W>,
}

impl<R: Read, W: Write> Desk for Streams<R, W> {
    fn next(&mut self) -> Option<(Ask, Vec<u8>)> {
        receive(&mut self.input).ok()
    }

    fn answer(&mut self, answer: Answer, content: Vec<u8>) -> bool {
        send(&mut self.output, &answer, &content).is_ok()
    }
}

/// The process, seen from the program that started it.
#[derive(Debug)]
pub(super) struct Process {
    child: Arc<Mutex<Child>>,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
}

/// Ends a process while somebody else waits for its answer.
#[derive(Debug, Clone)]
pub(super) struct Killer(Arc<Mutex<Child>>);

impl Process {
    pub(super) fn start(program: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg(READ_PAGES)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::from(io::ErrorKind::BrokenPipe));
        };
        Ok(Self {
            child: Arc::new(Mutex::new(child)),
            to: BufWriter::new(to),
            from: BufReader::new(from),
        })
    }

    pub(super) fn killer(&self) -> Killer {
        Killer(Arc::clone(&self.child))
    }

    /// One question and its answer.
    pub(super) fn exchange(&mut self, ask: Ask, content: &[u8]) -> io::Result<(Answer, Vec<u8>)> {
        send(&mut self.to, &ask, content)?;
        receive(&mut self.from)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.killer().kill();
    }
}

impl Killer {
    pub(super) fn kill(&self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        // So that nothing of it is left in the list of processes.
        let _ = child.wait();
    }
}

fn send(to: &mut impl Write, head: &impl Serialize, content: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let too_long = |_| io::Error::from(io::ErrorKind::InvalidInput);
    to.write_all(&u32::try_from(head.len()).map_err(too_long)?.to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(&u64::try_from(content.len()).map_err(too_long)?.to_le_bytes())?;
    to.write_all(content)?;
    to.flush()
}

fn receive<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<(T, Vec<u8>)> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let head = taken(
        from,
        u64::from(u32::from_le_bytes(length)),
        u64::from(LONGEST_HEAD),
    )?;
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let content = taken(from, u64::from_le_bytes(length), LONGEST_CONTENT)?;
    Ok((serde_json::from_slice(&head)?, content))
}

/// So many bytes. What was announced is not believed before it is there.
fn taken(from: &mut impl Read, length: u64, most: u64) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if u64::try_from(read).unwrap_or(0) < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fax::frame::Wanted;

    #[test]
    fn what_is_said_arrives_and_what_was_cut_off_does_not() {
        let mut wire = Vec::new();
        let ask = Ask::Draw {
            index: 7,
            wanted: Wanted::Whole { width: 100 },
        };
        send(&mut wire, &ask, b"bytes").unwrap();
        let (heard, content): (Ask, _) = receive(&mut wire.as_slice()).unwrap();
        assert!(matches!(heard, Ask::Draw { index: 7, .. }));
        assert_eq!(content, b"bytes");
        for end in 0..wire.len() {
            assert!(receive::<Ask>(&mut &wire[..end]).is_err(), "{end}");
        }
        let mut endless = wire.clone();
        let length_at = wire.len() - 5 - 8;
        endless[length_at..length_at + 8].fill(0xff);
        assert!(receive::<Ask>(&mut endless.as_slice()).is_err());
    }
}
