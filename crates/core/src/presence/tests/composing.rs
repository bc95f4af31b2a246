use super::super::compose::*;
use super::presence;
use domain::presence::{Availability, CallsTaken, StatusChoice};
use ringcentral::api::presence::Presence;
use serde_json::json;

fn dot(fields: serde_json::Value) -> Availability {
    availability(&words_of(&presence(fields)))
}

#[test]
fn taking_no_calls_goes_before_being_on_one_and_that_before_the_sum() {
    for (fields, expected) in [
        (json!({}), Availability::Available),
        (json!({ "presenceStatus": "Busy" }), Availability::Busy),
        (json!({ "presenceStatus": "Offline" }), Availability::Offline),
        (json!({ "telephonyStatus": "Ringing" }), Availability::Ringing),
        (
            json!({ "telephonyStatus": "CallConnected", "presenceStatus": "Busy" }),
            Availability::OnCall,
        ),
        (
            json!({ "telephonyStatus": "OnHold", "presenceStatus": "Offline" }),
            Availability::OnCall,
        ),
        (json!({ "telephonyStatus": "ParkedCall" }), Availability::OnCall),
        (
            json!({ "telephonyStatus": "CallConnected", "dndStatus": "DoNotAcceptAnyCalls" }),
            Availability::DoNotDisturb,
        ),
        (
            json!({ "dndStatus": "DoNotAcceptDepartmentCalls" }),
            Availability::Available,
        ),
    ] {
        assert_eq!(dot(fields.clone()), expected, "{fields}");
    }
}

#[test]
fn words_of_a_later_version_do_no_harm() {
    assert_eq!(
        dot(
            json!({ "telephonyStatus": "Teleported", "dndStatus": "OnlyFridays", "meetingStatus": "Seance" })
        ),
        Availability::Available
    );
    // The sum is unknown, but not what the person said.
    assert_eq!(
        dot(json!({ "presenceStatus": "Napping", "userStatus": "Busy" })),
        Availability::Busy
    );
    assert_eq!(
        dot(json!({ "presenceStatus": "Napping", "userStatus": "Napping" })),
        Availability::Offline
    );
}

#[test]
fn on_accounts_with_the_new_call_handling_two_other_fields_tell_which_calls_come() {
    let taken = |fields| calls_taken(&words_of(&presence(fields)));
    assert_eq!(
        taken(json!({ "dndStatus": "Unknown", "dndStatusPersonal": "DoNotAcceptAnyCalls" })),
        CallsTaken::None
    );
    assert_eq!(
        taken(json!({ "dndStatus": "DoNotAcceptAnyCalls", "dndStatusPersonal": "TakeAllCalls" })),
        CallsTaken::All
    );
    assert_eq!(
        taken(json!({ "dndStatusPersonal": "TakeAllCalls", "acceptCallQueueCalls": false })),
        CallsTaken::NotFromQueues
    );
    // Unknown there: the older field is all there is.
    assert_eq!(
        taken(json!({ "dndStatus": "DoNotAcceptDepartmentCalls", "dndStatusPersonal": "Unknown" })),
        CallsTaken::NotFromQueues
    );
}

/// What RingCentral holds once it has taken an update over.
fn carried_out(before: &Presence, update: &ringcentral::api::presence::PresenceUpdate) -> Presence {
    let mut body = json!({
        "extensionId": "104", "userStatus": before.user_status, "dndStatus": before.dnd_status,
        "dndStatusPersonal": before.dnd_status_personal, "acceptCallQueueCalls": before.accepts_queue_calls,
    });
    let (serde_json::Value::Object(body), serde_json::Value::Object(update)) =
        (&mut body, serde_json::to_value(update).unwrap())
    else {
        panic!("both are objects")
    };
    body.extend(update);
    serde_json::from_value(serde_json::Value::Object(body.clone())).unwrap()
}

#[test]
fn whatever_holds_before_a_choice_holds_after_it_was_made() {
    use StatusChoice::*;
    let mut tried = 0;
    for user in ["Available", "Busy", "Offline"] {
        for dnd in [
            json!({ "dndStatus": "TakeAllCalls" }),
            json!({ "dndStatus": "DoNotAcceptAnyCalls" }),
            json!({ "dndStatus": "DoNotAcceptDepartmentCalls" }),
            json!({ "dndStatus": "TakeDepartmentCallsOnly" }),
            json!({ "dndStatus": "Unknown", "dndStatusPersonal": "TakeAllCalls", "acceptCallQueueCalls": true }),
            json!({ "dndStatus": "Unknown", "dndStatusPersonal": "TakeAllCalls", "acceptCallQueueCalls": false }),
            json!({ "dndStatus": "Unknown", "dndStatusPersonal": "DoNotAcceptAnyCalls" }),
        ] {
            let mut fields = dnd.clone();
            fields["userStatus"] = json!(user);
            let before = presence(fields);
            for choice_made in [Available, Busy, DoNotDisturb, NoQueueCalls, Invisible] {
                let update = change_for(choice_made, &words_of(&before));
                let after = carried_out(&before, &update);
                assert_eq!(
                    choice(&words_of(&after)),
                    Some(choice_made),
                    "{user} {dnd}: {update:?}"
                );
                assert!(fulfils(&after, &update));
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 3 * 7 * 5);
}

#[test]
fn an_account_without_the_new_call_handling_is_never_sent_its_fields() {
    let before = words_of(&presence(json!({})));
    let update = serde_json::to_value(change_for(StatusChoice::NoQueueCalls, &before)).unwrap();
    assert_eq!(
        update,
        json!({ "userStatus": "Available", "dndStatus": "DoNotAcceptDepartmentCalls" })
    );
}

#[test]
fn a_change_that_was_not_carried_out_is_told_from_one_that_was() {
    let before = presence(json!({}));
    let update = change_for(StatusChoice::Busy, &words_of(&before));
    assert!(!fulfils(&before, &update));
    let cleared = ringcentral::api::presence::PresenceUpdate {
        message: Some(String::new()),
        ..Default::default()
    };
    assert!(fulfils(&before, &cleared));
    assert!(!fulfils(&presence(json!({ "message": "At lunch" })), &cleared));
}
