//! The program that reads pages: tesseract, where a person has installed it. It is started for each page and ended when it
//! takes too long; it gets a picture at its standard input and gives words with places.
//!
//! It decides nothing about which page is read when, and keeps nothing.

use domain::attachment::FaxPage;
use domain::fax::FaxWord;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use thread_priority::{ThreadPriority, ThreadPriorityValue};
use tokio_util::sync::CancellationToken;

const NAME: &str = if cfg!(windows) {
    "tesseract.exe"
} else {
    "tesseract"
};
/// A closely written page takes some seconds, on a slow computer some more.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOKED_AFTER_AGAIN: Duration = Duration::from_millis(25);
/// A page has no more words than this in bytes, places included.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// It must not be felt by whoever works meanwhile. 0 is the lowest.
const PRIORITY: u8 = 10;
/// Level of a line of the output that is about a word (tesseract's manual page, TSV).
const WORD: &str = "5";

/// Where the program is.
#[derive(Debug, Clone)]
pub struct Tesseract {
    given: Option<Arc<PathBuf>>,
}

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum TesseractError {
    #[error("The program that reads pages (tesseract) cannot be started.")]
    NotStarted(#[source] io::Error),
    #[error("The program that reads pages (tesseract) took too long over a page.")]
    TooLong,
    #[error("The program that reads pages (tesseract) could not read a page.")]
    Failed,
    #[error("Cancelled.")]
    Cancelled,
}

impl Tesseract {
    /// This program, or the one that is found where programs are.
    pub fn new(program: Option<PathBuf>) -> Self {
        Self {
            given: program.map(Arc::new),
        }
    }

    /// Where it is; `None` when it is not installed. It may be installed while Switchboard runs.
    pub(super) async fn program(&self) -> Option<PathBuf> {
        let given = self.given.clone();
        tokio::task::spawn_blocking(move || match given {
            Some(given) => given.is_file().then(|| given.as_ref().clone()),
            None => found(),
        })
        .await
        .ok()?
    }
}

fn found() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let usual = [
        "/opt/homebrew/bin",
        "/usr/local/bin",
        r"C:\Program Files\Tesseract-OCR",
    ];
    // A program that is started from a desktop has not always the search path of a terminal.
    std::env::split_paths(&path)
        .chain(usual.iter().map(PathBuf::from))
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(NAME))
        .find(|program| program.is_file())
}

/// Reads one page. `picture` is a PNG with so many dots to the inch.
pub(super) async fn read(
    program: PathBuf,
    picture: Vec<u8>,
    dots_per_inch: u32,
    cancelled: CancellationToken,
) -> Result<String, TesseractError> {
    let (told, answer) = tokio::sync::oneshot::channel();
    // A thread of its own: its priority is lowered for good, and the program's with it.
    let begun = std::thread::Builder::new()
        .name("fax words".to_owned())
        .spawn(move || {
            let _ = told.send(read_alone(&program, &picture, dots_per_inch, &cancelled));
        });
    begun.map_err(TesseractError::NotStarted)?;
    answer.await.unwrap_or(Err(TesseractError::Failed))
}

fn read_alone(
    program: &Path,
    picture: &[u8],
    dots_per_inch: u32,
    cancelled: &CancellationToken,
) -> Result<String, TesseractError> {
    if let Ok(priority) = ThreadPriorityValue::try_from(PRIORITY) {
        let _ = thread_priority::set_current_thread_priority(ThreadPriority::Crossplatform(priority));
    }
    let mut child = Command::new(program)
        .args(["stdin", "stdout", "--dpi"])
        .arg(dots_per_inch.to_string())
        .arg("tsv")
        // One processor is enough for what nobody waits for.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(TesseractError::NotStarted)?;
    let (to, from) = (child.stdin.take(), child.stdout.take());
    let begun_at = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut to) = to {
                // It may have ended without having read it all.
                let _ = to.write_all(picture);
            }
        });
        let answer = scope.spawn(move || {
            let mut text = Vec::new();
            if let Some(from) = from {
                let _ = from.take(MOST_BYTES).read_to_end(&mut text);
            }
            text
        });
        let ended = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if cancelled.is_cancelled() => break Err(TesseractError::Cancelled),
                Ok(None) if begun_at.elapsed() >= PATIENCE => break Err(TesseractError::TooLong),
                Ok(None) => std::thread::sleep(LOOKED_AFTER_AGAIN),
                Err(error) => break Err(TesseractError::NotStarted(error)),
            }
        };
        if ended.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let text = answer.join().unwrap_or_default();
        if ended?.success() {
            Ok(String::from_utf8_lossy(&text).into_owned())
        } else {
            Err(TesseractError::Failed)
        }
    })
}

/// The words of the program's output, in points of the page, and all of them as lines of text.
pub(super) fn words(tsv: &str, page: FaxPage, dots: (u32, u32)) -> (String, Vec<FaxWord>) {
    let mut text = String::new();
    let mut words = Vec::new();
    let mut line_before = None;
    for row in tsv.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let &[
            level,
            _,
            block,
            paragraph,
            line,
            _,
            left,
            top,
            width,
            height,
            confidence,
            word,
        ] = columns.as_slice()
        else {
            continue;
        };
        let word = word.trim();
        if level != WORD || word.is_empty() || confidence.starts_with('-') {
            continue;
        }
        let number = |column: &str| column.parse::<u32>().ok();
        let (Some(left), Some(top), Some(width), Some(height)) =
            (number(left), number(top), number(width), number(height))
        else {
            continue;
        };
        let line = (block, paragraph, line);
        if line_before.is_some() {
            text.push(if line_before == Some(line) { ' ' } else { '\n' });
        }
        line_before = Some(line);
        text.push_str(word);
        let across = |at| points(at, page.width, dots.0);
        let down = |at| points(at, page.height, dots.1);
        words.push(FaxWord {
            text: word.to_owned(),
            left: across(left),
            top: down(top),
            width: across(left.saturating_add(width)).saturating_sub(across(left)),
            height: down(top.saturating_add(height)).saturating_sub(down(top)),
        });
    }
    (text, words)
}

fn points(at: u32, page: u32, dots: u32) -> u32 {
    let points = u64::from(at) * u64::from(page) / u64::from(dots.max(1));
    u32::try_from(points).unwrap_or(page).min(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TSV: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t1700\t2200\t-1\t\n\
        5\t1\t1\t1\t1\t1\t170\t220\t340\t44\t96.1\tRebar\n\
        5\t1\t1\t1\t1\t2\t600\t220\t170\t44\t91.0\tquote\n\
        5\t1\t1\t1\t2\t1\t170\t300\t9999\t44\t80\t#5\n\
        5\t1\t1\t1\t2\t2\tx\t300\t10\t44\t80\tcrooked\n\
        5\t1\t1\t1\t2\t2\t1\t300\t10\t44\t80\n";

    #[test]
    fn words_keep_their_places_and_lines_and_what_is_crooked_is_left_out() {
        let page = FaxPage {
            width: 612,
            height: 792,
        };
        let (text, words) = words(TSV, page, (1_700, 2_200));
        assert_eq!(text, "Rebar quote\n#5");
        let first = &words[0];
        assert_eq!(
            (first.left, first.top, first.width, first.height),
            (61, 79, 122, 16)
        );
        assert_eq!(words[2].left + words[2].width, 612, "no word leaves its page");
    }
}
