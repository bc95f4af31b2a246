//! The programs that are measured against: `pdftoppm` of poppler, and `tiff2pdf` of libtiff, which gives it TIFFs to read.

use super::grey::Grey;
use super::{ROUNDS, writing};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Pages, and how long all of them took with the start of the process.
pub(crate) struct Drawn {
    pub(crate) pages: Vec<Grey>,
    pub(crate) took: Duration,
}

/// The first program that is needed and not there.
pub(crate) fn missing() -> Option<&'static str> {
    (!is_there("pdftoppm")).then_some("pdftoppm")
}

/// Whether a program can be started, whatever it says.
pub(crate) fn is_there(program: &str) -> bool {
    quiet(program).arg("-h").status().is_ok()
}

/// How long the program takes for a page with nothing on it.
pub(crate) fn start(folder: &Path) -> Duration {
    let mut blank = writing::Pdf::new();
    blank.page((72.0, 72.0), "", "");
    let file = folder.join("start").with_extension("blank");
    std::fs::write(&file, blank.finish()).unwrap();
    (0..3 * ROUNDS)
        .map(|_| pdftoppm(&file, folder, &["-scale-to-x", "8", "-scale-to-y", "8"]))
        .min()
        .unwrap()
}

/// The first pages, so wide.
pub(crate) fn draw(file: &Path, folder: &Path, width: u32, count: usize) -> Result<Drawn, String> {
    let is_pdf = file
        .extension()
        .is_some_and(|own| own.eq_ignore_ascii_case("pdf"));
    let pdf = if is_pdf {
        file.to_owned()
    } else {
        as_pdf(file, folder)?
    };
    let (width, last) = (width.to_string(), count.to_string());
    let mut took = Duration::MAX;
    for _ in 0..ROUNDS {
        forget(folder);
        took = took.min(pdftoppm(
            &pdf,
            folder,
            &["-scale-to-x", &width, "-scale-to-y", "-1", "-f", "1", "-l", &last],
        ));
    }
    let mut pages = Vec::new();
    for place in pictures(folder) {
        let mut page = read(&place)?;
        if page.width.to_string() != width {
            // What is wide to it is measured before the page is turned.
            let number = (pages.len() + 1).to_string();
            let turned = folder.join("turned");
            std::fs::create_dir_all(&turned).unwrap();
            forget(&turned);
            pdftoppm(
                &pdf,
                &turned,
                &[
                    "-scale-to-y",
                    &width,
                    "-scale-to-x",
                    "-1",
                    "-f",
                    &number,
                    "-l",
                    &number,
                ],
            );
            if let Some(again) = pictures(&turned).first() {
                page = read(again)?;
            }
        }
        pages.push(page);
    }
    if pages.len() != count {
        return Err(format!("poppler draws {} of {count} pages", pages.len()));
    }
    Ok(Drawn { pages, took })
}

fn as_pdf(file: &Path, folder: &Path) -> Result<PathBuf, String> {
    let pdf = folder.join("of-tiff").with_extension("converted");
    // Decompressed on the way: what it passes on as it is, it does not always describe rightly.
    let made = quiet("tiff2pdf").arg("-n").arg("-o").arg(&pdf).arg(file).status();
    match made {
        Ok(status) if status.success() => Ok(pdf),
        Ok(_) => Err("tiff2pdf does not read it".to_owned()),
        Err(_) => Err("the program tiff2pdf is not installed".to_owned()),
    }
}

fn pdftoppm(pdf: &Path, folder: &Path, arguments: &[&str]) -> Duration {
    let began = Instant::now();
    let _ = quiet("pdftoppm")
        .arg("-cropbox")
        .args(arguments)
        .arg(pdf)
        .arg(folder.join("drawn"))
        .status();
    began.elapsed()
}

fn pictures(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut pictures: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|own| own == "ppm"))
        .collect();
    pictures.sort();
    pictures
}

fn forget(folder: &Path) {
    for picture in pictures(folder) {
        std::fs::remove_file(picture).unwrap();
    }
}

fn read(picture: &Path) -> Result<Grey, String> {
    let content = std::fs::read(picture).map_err(|error| error.to_string())?;
    Grey::of_ppm(&content).ok_or_else(|| "poppler's picture cannot be read".to_owned())
}

/// A program that says nothing.
pub(crate) fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
