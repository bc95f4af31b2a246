//! Faxes that arrive, made here or given; how faxes that are sent fare.

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::calls::word;
use super::messages::told;
use super::{Body, Done, Refused, done, ends};
use crate::media::{DocumentDesign, DocumentFormat, GivenDocument};
use crate::scenario;
use crate::simulator::Control;
use crate::world::World;
use crate::world::faxing::{FaxErrorCode, FaxPace};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewFax {
    from: String,
    /// An extension's short number.
    to: String,
    #[serde(default)]
    design: Design,
    pages: Option<u32>,
    #[serde(default)]
    format: Format,
    /// Files of the caller's own, instead of a design.
    #[serde(default)]
    files: Vec<GivenFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenFile {
    base64: String,
    /// Told from the bytes if left out.
    content_type: Option<String>,
    /// Counted if left out.
    pages: Option<u32>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Design {
    BendingSchedule,
    PlacingDrawing,
    Quote,
    #[default]
    PurchaseOrder,
    MillCertificate,
    Letter,
    PlanSet,
    FramingPlan,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    #[default]
    Pdf,
    ScannedPdf,
    Tiff,
    TiffG3,
    TiffG3TwoDimensional,
    TiffReversed,
    TiffCoarse,
}

/// More than that is not drawn for a test.
const MOST_PAGES: u32 = 1_000;

/// A fax arrives.
pub(super) async fn receive(State(control): State<Control>, body: Body<NewFax>) -> Done {
    let Json(new) = body?;
    let from = ends::outside(&new.from, None);
    let files = new
        .files
        .into_iter()
        .map(GivenFile::read)
        .collect::<Result<Vec<_>, _>>()?;
    let pages = new.pages.unwrap_or(2).min(MOST_PAGES);
    let id = control.world(|world| {
        let to = ends::extension(world, &new.to)?;
        Ok::<_, Refused>(if files.is_empty() {
            scenario::incoming_fax(world, from, to, new.design.into(), pages, new.format.into())
        } else {
            scenario::incoming_fax_of_files(world, from, to, files)
        })
    })?;
    told(id)
}

impl GivenFile {
    fn read(self) -> Result<GivenDocument, Refused> {
        let bytes = STANDARD.decode(self.base64).map_err(Refused::because)?;
        let mut file = match self.pages {
            Some(pages) => GivenDocument::claiming(bytes, pages),
            None => GivenDocument::new(bytes),
        };
        if let Some(content_type) = self.content_type {
            file = file.named(&content_type);
        }
        Ok(file)
    }
}

impl From<Design> for DocumentDesign {
    fn from(design: Design) -> Self {
        match design {
            Design::BendingSchedule => Self::BendingSchedule,
            Design::PlacingDrawing => Self::PlacingDrawing,
            Design::Quote => Self::Quote,
            Design::PurchaseOrder => Self::PurchaseOrder,
            Design::MillCertificate => Self::MillCertificate,
            Design::Letter => Self::Letter,
            Design::PlanSet => Self::PlanSet,
            Design::FramingPlan => Self::FramingPlan,
        }
    }
}

impl From<Format> for DocumentFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Pdf => Self::Pdf,
            Format::ScannedPdf => Self::ScannedPdf,
            Format::Tiff => Self::Tiff,
            Format::TiffG3 => Self::TiffGroup3,
            Format::TiffG3TwoDimensional => Self::TiffGroup3TwoDimensional,
            Format::TiffReversed => Self::TiffReversed,
            Format::TiffCoarse => Self::TiffCoarse,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failure {
    number: String,
    /// One of the documented codes; absent lets faxes through again.
    error: Option<String>,
    /// How often; always if left out.
    times: Option<u32>,
}

/// Makes faxes to a number fail with a code.
pub(super) async fn set_failure(State(control): State<Control>, body: Body<Failure>) -> Done {
    let Json(asked) = body?;
    let number = ends::number(&asked.number)?;
    let code: Option<FaxErrorCode> = asked.error.as_deref().map(word).transpose()?;
    control.world(|world| world.set_fax_failure(number, code, asked.times));
    done()
}

/// What is not named stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FaxingEdit {
    /// `quick` or `real`; single durations beside it count more.
    pace: Option<Pace>,
    converting_seconds: Option<f64>,
    dialling_seconds: Option<f64>,
    page_seconds: Option<f64>,
    default_cover_index: Option<u32>,
    /// Whether anybody may send faxes.
    allowed: Option<bool>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pace {
    Quick,
    Real,
}

pub(super) async fn faxing(State(control): State<Control>) -> Json<Value> {
    Json(control.world(|world| told_faxing(world)))
}

pub(super) async fn set_faxing(State(control): State<Control>, body: Body<FaxingEdit>) -> Done {
    let Json(edit) = body?;
    let now = control.world(|world| world.fax_pace());
    let pace = match edit.pace {
        None => now,
        Some(Pace::Quick) => FaxPace::default(),
        Some(Pace::Real) => FaxPace::real(),
    };
    let seconds = |given: Option<f64>, usual: SignedDuration| match given {
        None => Ok(usual),
        Some(given) if given < 0.0 => Err(Refused::because("nothing takes less than no time")),
        Some(given) => ends::seconds(given),
    };
    let pace = FaxPace {
        converting: seconds(edit.converting_seconds, pace.converting)?,
        dialling: seconds(edit.dialling_seconds, pace.dialling)?,
        page: seconds(edit.page_seconds, pace.page)?,
    };
    control.world(|world| {
        world.set_fax_pace(pace);
        if let Some(index) = edit.default_cover_index {
            world.set_default_fax_cover(index);
        }
        if let Some(is_allowed) = edit.allowed {
            world.set_faxing_allowed(is_allowed);
        }
        Ok(Json(told_faxing(world)))
    })
}

fn told_faxing(world: &World) -> Value {
    let pace = world.fax_pace();
    json!({
        "converting_seconds": pace.converting.as_secs_f64(),
        "dialling_seconds": pace.dialling.as_secs_f64(),
        "page_seconds": pace.page.as_secs_f64(),
        "default_cover_index": world.default_fax_cover(),
        "allowed": world.is_faxing_allowed(),
    })
}
