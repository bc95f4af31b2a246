//! `export`.

mod row;

use crate::args::{Account, Export, ExportFormat, ExportKind};
use crate::output::Output;
use crate::{Failure, Outcome, core, exit_code};
use domain::communication::Kind;
use domain::ids::CommunicationId;
use jiff::tz::TimeZone;
use row::Row;
use serde::Serialize;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use switchboard_core::Switchboard;
use switchboard_core::store::ExportFilter;

/// So many communications are held in memory at once.
const PORTION: usize = 500;

#[derive(Serialize)]
struct Exported<'a> {
    written: usize,
    file: &'a Path,
}

/// Where rows go, in one of the two forms.
enum Sink<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Lines(W),
}

pub(crate) async fn run(account: &Account, options: &Export, output: &Output) -> Outcome {
    let core = core::open_to_read(account).await?;
    let filter = filter(options)?;
    let ids = core.ids_to_export(&filter).await?;
    let partial = options.output.as_deref().map(partial_name);
    let writer: Box<dyn Write> = match &partial {
        Some(file) => Box::new(BufWriter::new(
            std::fs::File::create(file).map_err(|error| cannot_write(file, &error))?,
        )),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let written = match write_all(&core, &ids, Sink::new(options.format, writer)).await? {
        Ok(written) => written,
        // The reader of a pipe may stop when it has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && partial.is_none() => return Ok(0),
        Err(error) => {
            let place = partial.as_deref().unwrap_or(Path::new("standard output"));
            return Err(cannot_write(place, &error));
        }
    };
    if let (Some(partial), Some(file)) = (&partial, &options.output) {
        std::fs::rename(partial, file).map_err(|error| cannot_write(file, &error))?;
        output.result(&Exported { written, file }, || {
            format!("{written} written to {}", file.display())
        });
    }
    Ok(0)
}

/// Writes everything, portion by portion, and says how many it were.
async fn write_all<W: Write>(
    core: &Switchboard,
    ids: &[CommunicationId],
    mut sink: Sink<W>,
) -> Result<io::Result<usize>, Failure> {
    let mut written = 0;
    for portion in ids.chunks(PORTION) {
        for item in core.communications_to_export(portion).await? {
            if let Err(error) = sink.write(&Row::of(&item)) {
                return Ok(Err(error));
            }
            written += 1;
        }
    }
    Ok(sink.finish().map(|()| written))
}

fn filter(options: &Export) -> Result<ExportFilter, Failure> {
    let kinds = options.kind.iter().map(|kind| match kind {
        ExportKind::Calls => Kind::Call,
        ExportKind::Texts => Kind::Text,
        ExportKind::Voicemail => Kind::Voicemail,
        ExportKind::Faxes => Kind::Fax,
    });
    let since = options
        .since
        .map(|day| day.to_zoned(TimeZone::system()).map(|start| start.timestamp()))
        .transpose()
        .map_err(|error| Failure {
            code: exit_code::USAGE,
            message: format!("--since is no day: {error}"),
        })?;
    Ok(ExportFilter {
        kinds: kinds.collect(),
        since,
    })
}

/// Beside the file that is wanted, so that renaming it is one step.
fn partial_name(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    file.with_file_name(name)
}

fn cannot_write(place: &Path, error: &io::Error) -> Failure {
    Failure::file(format!("{} cannot be written: {error}", place.display()))
}

impl<W: Write> Sink<W> {
    fn new(format: ExportFormat, writer: W) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv(Box::new(csv::Writer::from_writer(writer))),
            ExportFormat::Jsonl => Self::Lines(writer),
        }
    }

    fn write(&mut self, row: &Row) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.serialize(row.guarded()).map_err(io::Error::from),
            Self::Lines(writer) => {
                serde_json::to_writer(&mut *writer, row)?;
                writer.write_all(b"\n")
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(mut writer) => writer.flush(),
            Self::Lines(mut writer) => writer.flush(),
        }
    }
}
