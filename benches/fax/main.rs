//! How like poppler's the pages of faxes are drawn, and how fast.
//!
//! It reads the PDFs and TIFFs in the folder `SWITCHBOARD_FAXES`, folders within it too; without one it makes its own: drawings,
//! tables, and scans in every compression. Each page is drawn by our reader, in its own process as in the app, and by `pdftoppm` in the same
//! size; a TIFF goes to poppler by way of `tiff2pdf`. Programs that are not there are said, and what needs them is skipped.
//!
//! Times are per page and the best of several rounds. Ours is opening the document once and drawing its pages, PNG and the way between the
//! processes included. Poppler's is `pdftoppm` with all pages at once into PPM, less what it takes for a page with nothing on it: what
//! its process needs to start. It fails when a page is less like poppler's than promised, or a document takes longer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement may be blunt"
)]

mod grey;
mod made;
mod poppler;
mod writing;

use grey::Grey;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use switchboard_core::fax::{Document, draw_page, pages_of, read_pages_with};

/// What the product promises.
const LEAST_LIKENESS: f64 = 0.9;
const LEAST_MEAN_LIKENESS: f64 = 0.96;
const MOST_TIME: f64 = 2.0;
/// Below this a page is there at once, and what is measured is the machine.
const AT_ONCE: Duration = Duration::from_millis(5);

/// About as a window shows a page; large plans are shown larger.
const DOTS_PER_POINT: f64 = 1.65;
const WIDEST: u32 = 2_560;
const MOST_PAGES: usize = 6;
const ROUNDS: usize = 3;

/// What was measured of a document.
struct Measured {
    likenesses: Vec<f64>,
    ours: Duration,
    poppler: Duration,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> ExitCode {
    if let Some(missing) = poppler::missing() {
        println!("Skipped: the program {missing} is not installed.");
        return ExitCode::SUCCESS;
    }
    read_pages_with(PathBuf::from(env!("CARGO_BIN_EXE_fax-reader")));
    let own = tempfile::tempdir().unwrap();
    let documents = match std::env::var_os("SWITCHBOARD_FAXES").map(PathBuf::from) {
        Some(folder) => documents(&folder),
        None => {
            made::write_all(own.path()).await;
            documents(own.path())
        }
    };
    // Both readers are started before anything is measured.
    for blank in ["one", "other"] {
        let _ = pages_of(&Document::of_bytes(blank.into())).await;
    }
    let start = poppler::start(own.path());
    println!("The start of pdftoppm, {start:.1?}, is taken off its times.");
    println!(
        "{:>7} {:>7}  {:>8} {:>8} {:>6}  document",
        "likest", "least", "ours", "poppler", "ratio"
    );
    let (mut all, mut skipped, mut kept) = (Vec::new(), 0, true);
    for (number, document) in documents.into_iter().enumerate() {
        let name = document
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match measure(&document, number, own.path(), start).await {
            Ok(measured) => {
                kept &= measured.tell(&name);
                all.push(measured);
            }
            Err(why) => {
                skipped += 1;
                println!(
                    "{:>7} {:>7}  {:>8} {:>8} {:>6}  {name}: {why}",
                    "", "", "", "", ""
                );
            }
        }
    }
    if tell_all(&all, skipped) && kept {
        return ExitCode::SUCCESS;
    }
    println!(
        "Worse than promised: each page at least {LEAST_LIKENESS} like poppler's and all {LEAST_MEAN_LIKENESS} on average, at most \
         {MOST_TIME} times its time."
    );
    ExitCode::FAILURE
}

async fn measure(file: &Path, number: usize, folder: &Path, start: Duration) -> Result<Measured, String> {
    let content = std::fs::read(file).map_err(|error| error.to_string())?;
    let pages = pages_of(&Document::of_bytes(content.clone()))
        .await
        .map_err(|error| error.to_string())?;
    let count = pages.len().min(MOST_PAGES);
    let width = ((f64::from(pages[0].width) * DOTS_PER_POINT) as u32).clamp(1, WIDEST);
    let theirs = poppler::draw(file, folder, width, count)?;

    let mut ours = Duration::MAX;
    let mut drawn = Vec::new();
    for round in 0..ROUNDS {
        // A document that was drawn before is not drawn again; what is added at its end makes it another one.
        let mut content = content.clone();
        write!(content, "\n%{number} {round}\n").unwrap();
        let document = Document::of_bytes(content);
        drawn.clear();
        let began = Instant::now();
        pages_of(&document).await.map_err(|error| error.to_string())?;
        for index in 0..count {
            let index = u32::try_from(index).unwrap();
            let picture = draw_page(&document, index, width).await;
            drawn.push(picture.map_err(|error| format!("page {}: {error}", index + 1))?);
        }
        ours = ours.min(began.elapsed());
    }
    let likenesses = drawn
        .iter()
        .zip(&theirs.pages)
        .map(|(ours, theirs)| Grey::of_png(ours).likeness(theirs))
        .collect::<Option<Vec<_>>>()
        .ok_or("a page has another size")?;
    let per_page = |took: Duration| took / u32::try_from(count).unwrap();
    Ok(Measured {
        likenesses,
        ours: per_page(ours),
        poppler: per_page(theirs.took.saturating_sub(start)),
    })
}

impl Measured {
    fn mean(&self) -> f64 {
        self.likenesses.iter().sum::<f64>() / self.likenesses.len() as f64
    }

    fn least(&self) -> f64 {
        self.likenesses.iter().copied().fold(1.0, f64::min)
    }

    fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.poppler.as_secs_f64().max(0.000_1)
    }

    /// Prints it, and says whether it is as promised.
    fn tell(&self, name: &str) -> bool {
        let is_like = self.least() >= LEAST_LIKENESS;
        let is_fast = self.ours <= AT_ONCE || self.ratio() <= MOST_TIME;
        println!(
            "{:>7.3} {:>7.3}  {:>6.1}ms {:>6.1}ms {:>6.2}  {name}{}{}",
            self.mean(),
            self.least(),
            milliseconds(self.ours),
            milliseconds(self.poppler),
            self.ratio(),
            if is_like { "" } else { "  (not like it)" },
            if is_fast { "" } else { "  (too slow)" },
        );
        is_like && is_fast
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn tell_all(all: &[Measured], skipped: usize) -> bool {
    let mut likenesses: Vec<f64> = all.iter().flat_map(|one| one.likenesses.clone()).collect();
    likenesses.sort_by(f64::total_cmp);
    let pages = likenesses.len();
    if pages == 0 {
        println!("Nothing was measured.");
        return true;
    }
    let mean = likenesses.iter().sum::<f64>() / pages as f64;
    let total = |time: fn(&Measured) -> Duration| -> f64 {
        all.iter()
            .map(|one| time(one).as_secs_f64() * one.likenesses.len() as f64)
            .sum()
    };
    let (ours, poppler) = (total(|one| one.ours), total(|one| one.poppler));
    println!(
        "{pages} pages of {} documents, {skipped} skipped: likeness {mean:.3} on average, one in ten below {:.3}, least {:.3}",
        all.len(),
        likenesses[pages / 10],
        likenesses[0],
    );
    println!(
        "{:.1} ms per page against {:.1} ms: {:.2} of poppler's time",
        1_000.0 * ours / pages as f64,
        1_000.0 * poppler / pages as f64,
        ours / poppler
    );
    mean >= LEAST_MEAN_LIKENESS && ours / poppler <= MOST_TIME
}

/// All documents in a folder and those within it, by name.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut documents = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            documents.extend(self::documents(&path));
        } else if path.extension().is_some_and(|own| {
            ["pdf", "tif", "tiff"]
                .iter()
                .any(|known| own.eq_ignore_ascii_case(known))
        }) {
            documents.push(path);
        }
    }
    documents.sort();
    documents
}
