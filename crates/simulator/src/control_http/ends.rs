//! Reading who calls and who is called from a control request.

use jiff::SignedDuration;

use super::Refused;
use crate::scenario::{self, CallTarget};
use crate::world::World;
use crate::world::account::Extension;
use crate::world::ids::ExtensionId;
use crate::world::number::{E164, Endpoint};

/// An outside end: `+15105550123`, `withheld`, or anything else verbatim (a short code, a malformed number).
pub(super) fn outside(text: &str, name: Option<&str>) -> Endpoint {
    match text {
        "withheld" | "anonymous" => scenario::withheld(),
        _ => match E164::parse(text) {
            Some(number) if text.starts_with('+') => scenario::caller(number, name),
            _ => Endpoint::verbatim(text),
        },
    }
}

/// A number of the account's (`+1510…`), an extension's short number, or by default the main number.
pub(super) fn target(world: &World, text: Option<&str>) -> Result<CallTarget, Refused> {
    let Some(text) = text else {
        return Ok(CallTarget::Number(world.account().main_number));
    };
    if text.starts_with('+') {
        return number(text).map(CallTarget::Number);
    }
    extension(world, text).map(CallTarget::Extension)
}

/// An extension by short number or identifier.
pub(super) fn extension(world: &World, text: &str) -> Result<ExtensionId, Refused> {
    let by_number = text
        .parse()
        .ok()
        .and_then(|number| world.extension_by_number(number));
    let by_id = || text.parse().ok().and_then(|id: ExtensionId| world.extension(id));
    let found: Option<&Extension> = by_number.or_else(by_id);
    found
        .map(|one| one.id)
        .ok_or_else(|| Refused::because(format!("there is no extension {text}")))
}

pub(super) fn number(text: &str) -> Result<E164, Refused> {
    E164::parse(text).ok_or_else(|| Refused::because(format!("{text} is not a number like +15105550123")))
}

/// A span of seconds, with fractions if need be.
pub(super) fn seconds(value: f64) -> Result<SignedDuration, Refused> {
    if !value.is_finite() || value.abs() > 1e9 {
        return Err(Refused::because(format!("{value} seconds cannot be waited for")));
    }
    Ok(SignedDuration::from_secs_f64(value))
}
