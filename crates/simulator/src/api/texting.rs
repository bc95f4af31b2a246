//! Sending texts and pictures: `POST …/sms` and `POST …/mms`.
//!
//! What can be known beforehand is refused here, in the words of the API description of 2021 and the guide's error list;
//! what only the networks know comes later, as a delivery report.

use axum::http::{StatusCode, header};
use serde::Deserialize;

use super::call::Call;
use super::error::{ApiError, ApiResult};
use super::messaging::{End, recipients, refuse};
use super::multipart;
use super::reply::Reply;
use crate::rate_limit::{SendingNumber, TextAsked, TextVerdict};
use crate::wire::message as wire;
use crate::world::account::{ExtensionType, NumberFeature, NumberType, PaymentType, PhoneNumber};
use crate::world::ids::ExtensionId;
use crate::world::number::E164;
use crate::world::texting::{RegistrationTier, Texting};
use crate::world::{OutgoingFile, OutgoingText};

const MAX_TEXT_UNITS: usize = 1_000;
const MAX_GROUP: usize = 10;
const MAX_FILES: usize = 10;
const MAX_FILE_BYTES: usize = 1_500_000;

/// What may go along (developers.ringcentral.com/guide/messaging/sms/sending-images).
const FILE_KINDS: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/bmp",
    "image/gif",
    "image/tiff",
    "image/svg+xml",
    "video/3gpp",
    "video/mp4",
    "video/mpeg",
    "video/msvideo",
    "audio/mpeg",
    "text/vcard",
    "application/zip",
    "application/gzip",
    "application/rtf",
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Text {
    from: Option<End>,
    to: Vec<End>,
    text: String,
    country: Option<Country>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Country {
    id: Option<String>,
    iso_code: Option<String>,
}

/// The number a text is to come from, and what it and the account can do.
struct Sender {
    number: PhoneNumber,
    texting: Texting,
}

/// `POST …/sms` and `POST …/mms`.
pub(crate) fn send(call: &Call<'_>) -> ApiResult {
    let owner = sending_extension(call)?;
    let (asked, files) = read(call)?;
    asked.check_presence(!files.is_empty())?;
    asked.check_country()?;
    let sender = sender(call, owner, asked.from.as_ref())?;
    let to = recipients(&asked.to)?;
    check_sizes(&asked.text, to.len(), &files)?;
    let is_mms = !files.is_empty() || to.len() > 1;
    sender.check_features(is_mms)?;
    check_recipients(call, owner, &sender, &to)?;
    let over_volume = spend(call, &sender, to.len(), is_mms)?;
    let outgoing = OutgoingText {
        owner,
        from: sender.number.number,
        to,
        text: asked.text,
        files,
    };
    let sent = call
        .sim
        .world(|world| world.send_text_beyond(outgoing, over_volume));
    let message = sent.map_err(|_| not_own_number())?;
    let links = call.links();
    let body = call.sim.world(|world| wire::message(world, &links, &message));
    Ok(Reply::json(&body))
}

/// The signed-in person's extension: nobody sends for somebody else, administrators included.
fn sending_extension(call: &Call<'_>) -> Result<ExtensionId, ApiError> {
    let id = call.extension()?;
    let kind = call.sim.world(|world| world.extension(id).map(|one| one.kind));
    let can_text = matches!(kind, Some(ExtensionType::User | ExtensionType::Department));
    if !can_text {
        let message = "Extension is of inappropriate type";
        return Err(refuse(StatusCode::FORBIDDEN, "MSG-314", message));
    }
    call.private_extension("OutboundSMS", false)
}

fn read(call: &Call<'_>) -> Result<(Text, Vec<OutgoingFile>), ApiError> {
    let Some(parts) = multipart::parts(call.request) else {
        return Ok((call.request.json()?, Vec::new()));
    };
    let (json, files) = multipart::json_and_files(parts?);
    let text = serde_json::from_slice(&json).map_err(|_| ApiError::unparsable_body())?;
    Ok((text, files))
}

impl Text {
    /// Everything that is missing is said at once, as in the sample of MSG-219.
    fn check_presence(&self, has_files: bool) -> Result<(), ApiError> {
        let bad = |code, message| refuse(StatusCode::BAD_REQUEST, code, message);
        let from = self.from.as_ref();
        let has_from = from.is_some_and(|end| {
            let is_given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
            is_given(&end.phone_number) || is_given(&end.extension_number)
        });
        let mut missing = Vec::new();
        if self.to.is_empty() {
            let message = "Parameter [to] is invalid. No recipients specified.";
            missing.push(bad("MSG-219", message).with("parameterName", "to"));
        }
        if !has_from {
            let message = "Parameter [from] is invalid. Value is empty.";
            missing.push(bad("MSG-221", message).with("parameterName", "from"));
        }
        if self.text.is_empty() && !has_files {
            missing.push(bad("MSG-224", "SMS message is empty."));
        }
        let mut missing = missing.into_iter();
        match missing.next() {
            None => Ok(()),
            Some(first) => Err(first.and_also(missing)),
        }
    }

    fn check_country(&self) -> Result<(), ApiError> {
        let is_said_twice = self
            .country
            .as_ref()
            .is_some_and(|country| country.id.is_some() && country.iso_code.is_some());
        if is_said_twice {
            let message = "Parameters [country.id] and [country.isoCode] can not be specified simultaneously";
            return Err(refuse(StatusCode::BAD_REQUEST, "MSG-365", message));
        }
        Ok(())
    }
}

/// The number to send from: the sender's own, and one that can send texts.
fn sender(call: &Call<'_>, owner: ExtensionId, from: Option<&End>) -> Result<Sender, ApiError> {
    let text = from
        .and_then(|end| end.phone_number.as_deref())
        .unwrap_or_default();
    if text.is_empty() {
        let message = "Sending SMS from/to extension numbers is not available";
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-246", message));
    }
    let number = E164::parse(text).ok_or_else(|| ApiError::parameter("from"))?;
    let (known, texting) = call
        .sim
        .world(|world| (world.phone_number_by_e164(number).cloned(), world.texting()));
    let Some(known) = known else {
        let message = format!(
            "Parameter [from] value [{text}] is invalid [Cannot find the phone number which belongs to user]"
        );
        return Err(refuse(StatusCode::BAD_REQUEST, "MSG-245", &message).with("parameterName", "from"));
    };
    if known.owner != Some(owner) {
        return Err(not_own_number());
    }
    Ok(Sender {
        number: known,
        texting,
    })
}

impl Sender {
    fn has(&self, feature: NumberFeature) -> bool {
        self.number.features.contains(&feature)
    }

    fn is_toll_free(&self) -> bool {
        self.number.payment == PaymentType::TollFree
    }

    fn check_features(&self, is_mms: bool) -> Result<(), ApiError> {
        let no = |code, message| Err(refuse(StatusCode::FORBIDDEN, code, message));
        if self.number.kind == NumberType::FaxOnly {
            return no("MSG-241", "Cannot send SMS from Fax number");
        }
        if !self.texting.allows_sms {
            return no("MSG-242", "The requested feature is not available");
        }
        if !self.has(NumberFeature::SmsSender) {
            return no("MSG-367", "From phone number does not support SMS");
        }
        if self.is_toll_free() && !self.texting.allows_toll_free {
            return no("MSG-397", "Toll Free SMS is not available for the account");
        }
        if is_mms && !self.texting.allows_mms {
            return no("BIL-103", "Feature [MMS] is not available for current account");
        }
        if is_mms && !self.has(NumberFeature::MmsSender) {
            return no("MSG-380", "The MMS feature is not available");
        }
        Ok(())
    }
}

fn check_sizes(text: &str, recipient_count: usize, files: &[OutgoingFile]) -> Result<(), ApiError> {
    let bad = |code, message| Err(refuse(StatusCode::BAD_REQUEST, code, message));
    if text.encode_utf16().count() > MAX_TEXT_UNITS {
        return Err(ApiError::parameter("text"));
    }
    if recipient_count > MAX_GROUP {
        let message = format!("Exceeded maximum number of recipients for a Group MMS: [{MAX_GROUP}]");
        return bad("MSG-381", message.as_str());
    }
    if files.len() > MAX_FILES {
        return bad("MSG-379", "Attachments number limit exceeded");
    }
    if files.iter().any(|file| file.bytes.is_empty()) {
        return bad("MSG-347", "Attachment is empty");
    }
    if files.iter().map(|file| file.bytes.len()).sum::<usize>() > MAX_FILE_BYTES {
        return bad("MSG-376", "Attachment size limit exceeded");
    }
    let is_known = |file: &OutgoingFile| {
        let essence = file.content_type.split(';').next().unwrap_or_default().trim();
        FILE_KINDS.iter().any(|known| known.eq_ignore_ascii_case(essence))
    };
    if !files.iter().all(is_known) {
        return Err(refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "MSG-348",
            "Unsupported media type",
        ));
    }
    Ok(())
}

fn check_recipients(
    call: &Call<'_>,
    owner: ExtensionId,
    sender: &Sender,
    to: &[E164],
) -> Result<(), ApiError> {
    // North America is one dialling plan; anything else is abroad.
    if to.iter().any(|number| number.area_code().is_none()) {
        if sender.is_toll_free() {
            let message = "International SMS is not allowed from Toll Free phone number";
            return Err(refuse(StatusCode::FORBIDDEN, "MSG-403", message));
        }
        let is_allowed =
            sender.texting.allows_international && sender.has(NumberFeature::InternationalSmsSender);
        if !is_allowed {
            let message = "International SMS is not available for account.";
            return Err(refuse(StatusCode::FORBIDDEN, "MSG-240", message));
        }
    }
    let blocked = call.sim.world(|world| {
        to.iter()
            .find(|number| world.is_blocked(owner, **number))
            .copied()
    });
    match blocked {
        None => Ok(()),
        Some(number) => {
            let message = format!(
                "Parameter [to] value [{}] is invalid [Phone number is blocked]",
                number.digits()
            );
            Err(refuse(StatusCode::BAD_REQUEST, "MSG-243", &message).with("parameterName", "to"))
        }
    }
}

/// Counts the text; says how many of its recipients are more than the campaign may reach today.
fn spend(
    call: &Call<'_>,
    sender: &Sender,
    recipient_count: usize,
    has_pictures: bool,
) -> Result<usize, ApiError> {
    let user = call.caller.extension_id.to_string();
    let number = sender.number.number.digits();
    let asked = TextAsked {
        user: &user,
        from: SendingNumber {
            number: &number,
            is_toll_free: sender.is_toll_free(),
            is_high_volume: sender.has(NumberFeature::A2PSmsSender),
            is_low_volume: !sender.is_toll_free()
                && sender.texting.registration_tier == RegistrationTier::LowVolume,
        },
        recipients: u32::try_from(recipient_count).unwrap_or(u32::MAX),
        has_pictures,
    };
    let verdict = call.sim.ledger().spend_text(&asked, call.now);
    match verdict {
        TextVerdict::Allowed { over_volume } => Ok(usize::try_from(over_volume).unwrap_or(usize::MAX)),
        TextVerdict::TooFast { retry_after_seconds } => Err(ApiError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "MSG-305",
            "MSG-305",
            "Request rate exceeded",
        )
        .with_header(header::RETRY_AFTER, &retry_after_seconds.to_string())),
        TextVerdict::AccountExhausted => Err(refuse(
            StatusCode::FORBIDDEN,
            "MSG-384",
            "Account limits exceeded. Cannot send the message.",
        )),
    }
}

fn not_own_number() -> ApiError {
    refuse(
        StatusCode::FORBIDDEN,
        "MSG-304",
        "Phone number doesn't belong to extension",
    )
}
