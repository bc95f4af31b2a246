//! From what happened in the world to the notification a filter yields.

use serde_json::{Value, json};

use super::filter::{EventFilter, TelephonyFilter, Topic};
use super::subscription::Subscription;
use crate::wire::{Links, consent, instant, message, presence, telephony};
use crate::world::World;
use crate::world::events::{Change, TelephonyChange, WorldEvent};
use crate::world::ids::ExtensionId;
use crate::world::messages::MessageType;

/// The notifications an event yields for a subscription, one per filter that catches it.
pub(super) fn of_event(
    world: &World,
    links: &Links,
    owner: ExtensionId,
    subscription: &Subscription,
    event: &WorldEvent,
) -> Vec<Value> {
    if let Change::Replayed(recorded) = &event.change {
        return vec![replayed(recorded, owner, subscription)];
    }
    let filters = &subscription.filters;
    filters
        .iter()
        .filter(|filter| !filters.iter().any(|other| filter.is_outdone_by(other)))
        .filter_map(|filter| {
            let (name, body) = body(world, links, filter, event)?;
            Some(json!({
                "uuid": uuid_of(event, filter).to_string(),
                "event": name,
                "timestamp": instant(event.at),
                "subscriptionId": subscription.id,
                "ownerId": owner.to_string(),
                "body": body,
            }))
        })
        .collect()
}

/// Two filters that catch one event send two notifications, so each needs a `uuid` of its own.
fn uuid_of(event: &WorldEvent, filter: &EventFilter) -> u64 {
    let salt = filter.text.bytes().fold(0u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    (event.uuid ^ salt) >> 1
}

/// A recorded notification goes out as it is; only the envelope is addressed to the subscription, without which a client
/// would not read it at all.
fn replayed(recorded: &Value, owner: ExtensionId, subscription: &Subscription) -> Value {
    let mut notification = recorded.clone();
    if let Value::Object(fields) = &mut notification {
        fields.insert("subscriptionId".into(), json!(subscription.id));
        fields
            .entry("ownerId")
            .or_insert_with(|| json!(owner.to_string()));
    }
    notification
}

/// The `event` and `body` for one filter, or `None` when the filter lets it pass.
fn body(world: &World, links: &Links, filter: &EventFilter, event: &WorldEvent) -> Option<(String, Value)> {
    let is_watched = |id: ExtensionId| filter.extension.is_none_or(|watched| watched == id);
    match (&filter.topic, &event.change) {
        (Topic::Presence(detail), Change::Presence(snapshot)) if is_watched(snapshot.extension_id) => {
            let name = match filter.extension {
                Some(_) => filter.text.clone(),
                None => named(links, snapshot.extension_id, "/presence", &filter.suffix),
            };
            Some((name, presence::notification(snapshot, *detail)))
        }
        (Topic::DndStatus, Change::Presence(snapshot)) if is_watched(snapshot.extension_id) => {
            let body = json!({
                "extensionId": snapshot.extension_id.to_string(),
                "dndStatus": snapshot.settings.dnd_status.as_str(),
            });
            Some((filter.text.clone(), body))
        }
        (Topic::QueuePresence(queue), Change::QueuePresence(change)) if change.queue == *queue => {
            let record = json!({
                "member": {"id": change.member.to_string()},
                "acceptCurrentQueueCalls": change.is_present,
            });
            Some((filter.text.clone(), json!({"records": [record]})))
        }
        (Topic::MessageStore { kinds, directions }, Change::MessageStore(change))
            if is_watched(change.owner) =>
        {
            let body = message::store_change(links, change, kinds, directions)?;
            Some((filter.text.clone(), body))
        }
        (topic, Change::MessageArrived(arrived)) if is_watched(arrived.owner) => {
            let is_wanted = match topic {
                Topic::InstantMessage => arrived.kind == MessageType::Sms,
                Topic::Voicemail => arrived.kind == MessageType::VoiceMail,
                Topic::Fax { directions } => {
                    arrived.kind == MessageType::Fax
                        && (directions.is_empty() || directions.contains(&arrived.direction))
                }
                _ => false,
            };
            is_wanted.then(|| {
                (
                    filter.text.clone(),
                    message::whole_in_event(world, links, arrived),
                )
            })
        }
        (Topic::Telephony(wanted), Change::Telephony(change)) => {
            let party_extension = change.party.extension_id;
            let is_heard = match filter.extension {
                Some(watched) => party_extension == Some(watched),
                None => true,
            };
            if !is_heard || !wanted.lets_through(change) {
                return None;
            }
            // An account-level subscription names the extension when the party is one, else the account.
            let name = match party_extension {
                Some(id) => named(links, id, "/telephony/sessions", &filter.suffix),
                None => format!(
                    "/restapi/v1.0/account/{}/telephony/sessions{}",
                    links.account_id(),
                    filter.suffix
                ),
            };
            Some((name, telephony::notification(links, change, wanted.with_sip_data)))
        }
        (Topic::MissedCalls, Change::MissedCall(missed)) if is_watched(missed.extension) => {
            let body = json!({
                "extensionId": missed.extension.to_string(),
                "sessionId": missed.session_id.to_string(),
                "telephonySessionId": missed.telephony_session_id.to_string(),
                "startTime": instant(missed.started_at),
                "direction": "Inbound",
                "from": missed.party.from.telephony_number(),
                "fromName": missed.party.from.name.as_deref(),
                "to": missed.party.to.telephony_number(),
                "toName": missed.party.to.name.as_deref(),
            });
            Some((filter.text.clone(), body))
        }
        (Topic::Extension, Change::Extension(id)) if is_watched(*id) => {
            let one = json!({
                "extensionId": id.to_string(),
                "eventType": "Update",
                "hints": ["ExtensionInfo"],
            });
            let body = if filter.extension.is_some() {
                one
            } else {
                json!({"extensions": [one]})
            };
            Some((filter.text.clone(), body))
        }
        (Topic::Consents, Change::Consent(said)) => {
            Some((filter.text.clone(), json!({"records": [consent::in_event(said)]})))
        }
        (Topic::OptOuts, Change::Consent(said)) => Some((filter.text.clone(), consent::opt_out_event(said))),
        (Topic::Directory, Change::Extension(id)) => {
            let mut entry = crate::wire::person::directory_entry(world, links, world.extension(*id)?);
            if let Some(fields) = entry.as_object_mut() {
                fields.insert("eventType".into(), json!("Update"));
            }
            Some((filter.text.clone(), json!({"contacts": [entry]})))
        }
        _ => None,
    }
}

fn named(links: &Links, id: ExtensionId, topic: &str, suffix: &str) -> String {
    format!(
        "/restapi/v1.0/account/{}/extension/{id}{topic}{suffix}",
        links.account_id()
    )
}

impl TelephonyFilter {
    fn lets_through(&self, change: &TelephonyChange) -> bool {
        let party = &change.party;
        self.direction
            .as_deref()
            .is_none_or(|wanted| wanted == party.direction.as_str())
            && self
                .missed_call
                .is_none_or(|wanted| wanted == party.is_missed_call)
            && self
                .phone_number
                .as_deref()
                .is_none_or(|number| party.from.matches_number(number) || party.to.matches_number(number))
            && (self.status_codes.is_empty()
                || self.status_codes.iter().any(|code| code == party.status.as_str()))
    }
}
