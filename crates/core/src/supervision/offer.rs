//! What a supervisor can do about a call, and why not. Pure.
//!
//! RingCentral's API knows one mode, `Listen`. Whisper, barge and take over are codes that the supervisor dials on their own
//! phone: `*81`, `*82`, `*83`, and then the colleague's short number and `#` (support article 8086 of the vendor; README of
//! its web phone, "monitor/whisper/barge/coach/takeover"). RingOut calls numbers; that it reaches such a code is written
//! nowhere, and the digits that have to follow could not be sent with it. So the keys are shown and nothing is dialled.

use super::rights::Rights;
use crate::live_calls::{Colleague, SessionView};
use domain::live_calls::CompanyCallState as State;
use domain::supervision::{AgentOffer, ModeOffer, SupervisionMode as Mode, SupervisionWay, SupervisorDevice};
use ringcentral::api::devices::{Device, DeviceStatus, DeviceType};
use ringcentral::id::ExtensionId;

/// All modes in the order in which they are offered.
const MODES: [Mode; 4] = [Mode::Listen, Mode::Whisper, Mode::Barge, Mode::TakeOver];

/// What is possible for one colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) extension_id: ExtensionId,
    pub(super) name: String,
    ways: Vec<(Mode, Way)>,
}

/// How a mode is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    RingsDevice,
    Dial { code: &'static str, then: String },
    Not(Obstacle),
}

/// Why a mode cannot be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Obstacle {
    /// It is not for this person, whatever the call does.
    pub(super) is_forbidden: bool,
    pub(super) reason: String,
    pub(super) remedy: Option<String>,
}

/// The phones of the supervisor, sorted by what they can do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phones {
    /// RingCentral can ring them for a supervision.
    pub(super) ringing: Vec<SupervisorDevice>,
    /// There is a phone on which the keys can be dialled.
    can_dial: bool,
    /// There are desk phones or soft phones, and none is online.
    has_offline: bool,
}

impl Phones {
    /// RingCentral rings online desk phones and soft phones; mobiles and web phones it does not
    /// (developers.ringcentral.com/guide/voice/supervision).
    pub(super) fn of(devices: &[Device]) -> Self {
        let mut phones = Self::default();
        for device in devices {
            let is_online = device.status == Some(DeviceStatus::Online);
            match device.kind {
                Some(DeviceType::HardPhone | DeviceType::SoftPhone) if is_online => {
                    phones.ringing.push(SupervisorDevice {
                        id: device.id.as_str().to_owned(),
                        name: name(device),
                    });
                    phones.can_dial = true;
                }
                Some(DeviceType::HardPhone | DeviceType::SoftPhone) => phones.has_offline = true,
                Some(DeviceType::OtherPhone | DeviceType::WebPhone | DeviceType::WebRtc) => {
                    phones.can_dial |= is_online;
                }
                _ => {}
            }
        }
        phones
    }
}

/// What is possible for each colleague in a call; `own` is the supervisor's extension.
pub(super) fn offers(
    call: &SessionView,
    own: &ExtensionId,
    rights: &Rights,
    phones: &Phones,
    name_of: impl Fn(&Colleague) -> String,
) -> Vec<Offer> {
    call.colleagues
        .iter()
        .filter(|colleague| colleague.extension_id != *own)
        .map(|colleague| {
            let name = name_of(colleague);
            let ways = MODES
                .into_iter()
                .map(|mode| (mode, way(mode, call, colleague, own, rights, phones, &name)))
                .collect();
            Offer {
                extension_id: colleague.extension_id.clone(),
                name,
                ways,
            }
        })
        .collect()
}

fn way(
    mode: Mode,
    call: &SessionView,
    colleague: &Colleague,
    own: &ExtensionId,
    rights: &Rights,
    phones: &Phones,
    name: &str,
) -> Way {
    let id = &colleague.extension_id;
    if !rights.allow(id) {
        return Way::Not(Obstacle {
            is_forbidden: true,
            reason: format!("RingCentral does not let you listen in to calls of {name}."),
            remedy: Some(format!(
                "An administrator can put you (as “Can monitor”) and {name} (as “Can be monitored”) into one call monitoring \
                 group, in the Admin Portal under Phone System, Groups, Call Monitoring."
            )),
        });
    }
    let not_now = |reason: String, remedy: Option<&str>| {
        Way::Not(Obstacle {
            is_forbidden: false,
            reason,
            remedy: remedy.map(str::to_owned),
        })
    };
    if call.colleagues.iter().any(|one| one.extension_id == *own) {
        return not_now("You take part in this call yourself.".to_owned(), None);
    }
    if !matches!(colleague.state, State::Talking | State::OnHold) {
        return not_now(
            format!("{name} is not talking yet."),
            Some("It can begin as soon as the call is answered."),
        );
    }
    let listens_already = call.supervisors.contains(own);
    if !listens_already && !call.supervisors.is_empty() {
        return not_now(
            "Somebody else is listening in to this call. RingCentral allows one supervisor in a call."
                .to_owned(),
            None,
        );
    }
    let code = match mode {
        Mode::Listen if listens_already => {
            return not_now("You are listening in to this call.".to_owned(), None);
        }
        Mode::Listen if phones.ringing.is_empty() => {
            let reason = if phones.has_offline {
                "None of your phones that RingCentral can ring for this is online."
            } else {
                "You have no desk phone and no desktop app that RingCentral could ring for this."
            };
            return not_now(
                reason.to_owned(),
                Some(
                    "Plug in your desk phone, or open the RingCentral app on this computer. Mobiles and web phones cannot be \
                     used to listen in.",
                ),
            );
        }
        Mode::Listen => return Way::RingsDevice,
        Mode::Whisper => "*81",
        Mode::Barge => "*82",
        Mode::TakeOver => "*83",
    };
    if !phones.can_dial {
        return not_now(
            "None of your RingCentral phones is online to dial the keys on.".to_owned(),
            Some("Plug in your desk phone, or open the RingCentral app on this computer."),
        );
    }
    match rights.short_number(id) {
        Some(number) => Way::Dial {
            code,
            then: format!("{number}#"),
        },
        None => not_now(
            format!("{name} has no extension number that could be dialled."),
            None,
        ),
    }
}

fn name(device: &Device) -> String {
    let worth = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let kind = match device.kind {
        Some(DeviceType::HardPhone) => "Desk phone",
        _ => "Soft phone",
    };
    match (worth(&device.name), worth(&device.computer_name)) {
        (Some(name), Some(computer)) => format!("{name} on {computer}"),
        (Some(name), None) => name,
        (None, Some(computer)) => format!("{kind} on {computer}"),
        (None, None) => kind.to_owned(),
    }
}

impl Offer {
    pub(super) fn way(&self, mode: Mode) -> Option<&Way> {
        self.ways
            .iter()
            .find(|(offered, _)| *offered == mode)
            .map(|(_, way)| way)
    }

    pub(super) fn to_domain(&self) -> AgentOffer {
        AgentOffer {
            extension_id: self.extension_id.as_str().to_owned(),
            name: self.name.clone(),
            modes: self
                .ways
                .iter()
                .map(|(mode, way)| ModeOffer {
                    mode: *mode,
                    way: way.to_domain(),
                })
                .collect(),
        }
    }
}

impl Way {
    fn to_domain(&self) -> SupervisionWay {
        match self {
            Self::RingsDevice => SupervisionWay::RingsDevice,
            Self::Dial { code, then } => SupervisionWay::Dial {
                code: (*code).to_owned(),
                then: then.clone(),
            },
            Self::Not(obstacle) => SupervisionWay::Unavailable {
                reason: obstacle.reason.clone(),
                remedy: obstacle.remedy.clone(),
            },
        }
    }
}

impl Obstacle {
    /// Reason and remedy in one.
    pub(super) fn words(&self) -> String {
        match &self.remedy {
            Some(remedy) => format!("{} {remedy}", self.reason),
            None => self.reason.clone(),
        }
    }
}
