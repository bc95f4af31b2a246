//! Voicemail against a mailbox that overwrites, cuts off, limits and expires: here before anybody asks, kept when RingCentral
//! loses it, gone when a person deletes it.

mod deletions;

use crate::office::{ADA, Office, stranger};
use domain::communication::Communication;
use domain::ids::CommunicationId;
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::inbox::{ReadAttachment, SetRead};
use domain::ipc::settings::SaveSettings;
use domain::ipc::voicemail::{GetVoicemail, NextUnheard, RememberPosition, SaveVoicemail};
use domain::kept::Kept;
use domain::settings::Settings;
use domain::voicemail::{PEAKS, SoundFormat, Voicemail};
use jiff::SignedDuration;
use simulator::world::ids::MessageId;
use simulator::world::message_store::MessageQuery;
use simulator::world::messages::{Availability, MessageType, ReadStatus};
use simulator::{Effect, Fault};
use std::path::PathBuf;
use switchboard_core::CoreError;

/// Longer than any account keeps a message without looking at the number of them.
const WEEKS: SignedDuration = SignedDuration::from_hours(26 * 24);

async fn get(office: &Office, item: CommunicationId, fetch: bool) -> Result<Voicemail, CoreError> {
    office.board.get_voicemail(GetVoicemail { item, fetch }).await
}

async fn voicemails(office: &Office) -> Vec<Communication> {
    office.items(InboxTab::Voicemail).await
}

/// The newest voicemail at RingCentral.
fn newest_there(office: &Office) -> MessageId {
    office.world(|world| {
        let alive = MessageQuery {
            kinds: vec![MessageType::VoiceMail],
            ..MessageQuery::alive(ADA)
        };
        world.messages(&alive).records[0].id
    })
}

fn availability(office: &Office, id: MessageId) -> Availability {
    office.world(|world| world.message(ADA, id).unwrap().availability)
}

fn files(office: &Office) -> Vec<PathBuf> {
    std::fs::read_dir(office.store_file().parent().unwrap().join("files"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default()
}

/// An office with a voicemail that was heard at another device, so that nothing of it is fetched ahead.
async fn heard_elsewhere() -> (Office, CommunicationId) {
    let office = Office::open().await;
    office.leave_voicemail(stranger(1));
    office.read_everything_elsewhere();
    office.synchronise().await;
    let id = voicemails(&office).await[0].id;
    (office, id)
}

async fn one_unheard() -> (Office, CommunicationId) {
    let office = Office::open().await;
    office.leave_voicemail(stranger(1));
    office.synchronise().await;
    let id = voicemails(&office).await[0].id;
    (office, id)
}

#[tokio::test]
async fn a_new_voicemail_is_here_and_measured_before_anybody_asks() {
    let (mut office, id) = one_unheard().await;
    let seen = get(&office, id, false).await.unwrap();
    let sound = seen.sound.unwrap();
    assert_eq!(sound.peaks.len(), PEAKS);
    assert!(
        (18_000..20_500).contains(&sound.duration_ms),
        "{}",
        sound.duration_ms
    );
    assert!(matches!(
        seen.kept,
        Kept::There {
            is_archived: true,
            newer_until_overwritten: Some(200),
            ..
        }
    ));
    office.kill_and_reopen_without_network().await;
    let bytes = office
        .board
        .read_attachment(ReadAttachment { id: sound.attachment })
        .await;
    assert!(!bytes.unwrap().is_empty());
}

#[tokio::test]
async fn a_voicemail_that_was_heard_is_fetched_when_somebody_wants_it_and_once() {
    let (office, id) = heard_elsewhere().await;
    assert_eq!(office.asked("readMessageContent"), 1, "its words, not its sound");
    office.control.clear_requests();
    let before = get(&office, id, false).await.unwrap();
    let sound = before.sound.unwrap();
    assert!(sound.peaks.is_empty() && sound.duration_ms == 19_000);
    assert!(matches!(
        before.kept,
        Kept::There {
            is_archived: false,
            ..
        }
    ));
    let (one, two) = tokio::join!(get(&office, id, true), get(&office, id, true));
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(office.asked("readMessageContent"), 1);
    let after = get(&office, id, false).await.unwrap();
    assert_eq!(after.sound.unwrap().peaks.len(), PEAKS);
}

#[tokio::test]
async fn killed_in_the_middle_of_a_download_it_goes_on_where_it_was() {
    let (mut office, id) = heard_elsewhere().await;
    let cut = Fault::once("readMessageContent", Effect::CutBody { after_bytes: 5000 }).times(9);
    office.control.add_fault(cut);
    let error = get(&office, id, true).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Offline);
    assert!(!matches!(
        get(&office, id, false).await.unwrap().kept,
        Kept::There {
            is_archived: true,
            ..
        }
    ));

    office.control.clear_faults();
    office.kill_and_reopen().await;
    office.board.tidy_up().await.unwrap();
    office.control.clear_requests();
    let sound = get(&office, id, true).await.unwrap().sound.unwrap();
    assert_eq!(sound.fault, None);
    let asked = office.control.requests();
    assert_eq!(
        asked.iter().map(|request| request.status).collect::<Vec<_>>(),
        [206]
    );
    let bytes = office
        .board
        .read_attachment(ReadAttachment { id: sound.attachment })
        .await;
    assert_eq!(bytes.unwrap(), simulator::media::clip(0).bytes);
    assert_eq!(files(&office).len(), 1, "nothing unfinished is left");
}

#[tokio::test]
async fn a_sound_that_is_gone_says_so_and_holds_up_no_other() {
    let office = Office::open().await;
    office.leave_voicemail(stranger(1));
    office.leave_voicemail(stranger(2));
    let missing = Effect::ServerError {
        status: 404,
        error_code: "CMN-102".into(),
    };
    office.synchronise().await;
    let first = voicemails(&office).await;
    assert_eq!(first.len(), 2);
    office.leave_voicemail(stranger(3));
    office.leave_voicemail(stranger(4));
    office
        .control
        .add_fault(Fault::once("readMessageContent", missing.clone()));
    office.synchronise().await;
    let mut archived = 0;
    for item in voicemails(&office).await {
        let seen = get(&office, item.id, false).await.unwrap();
        archived += u32::from(matches!(
            seen.kept,
            Kept::There {
                is_archived: true,
                ..
            }
        ));
    }
    assert!(archived >= 3, "{archived}");

    let (office, id) = heard_elsewhere().await;
    office
        .control
        .add_fault(Fault::once("readMessageContent", missing));
    let error = get(&office, id, true).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_limit_of_requests_is_waited_for_and_then_the_sound_comes() {
    let office = Office::open().await;
    office.leave_voicemail(stranger(1));
    let slow = Effect::RateLimited {
        retry_after_seconds: Some(90),
    };
    office
        .control
        .add_fault(Fault::once("readMessageContent", slow).times(2));
    office.synchronise_patiently().await;
    let id = voicemails(&office).await[0].id;
    let sound = get(&office, id, false).await.unwrap().sound.unwrap();
    assert_eq!(sound.peaks.len(), PEAKS);
    office.assert_faults_met();
}

#[tokio::test]
async fn what_is_no_sound_is_told_in_words_and_fetched_again_when_somebody_asks_again() {
    for (body, words) in [("<html>Not here</html>", "not a recording"), ("", "empty")] {
        let (office, id) = heard_elsewhere().await;
        let wrong = Effect::Reply {
            status: 200,
            headers: vec![("Content-Type".into(), "audio/mpeg".into())],
            body: body.into(),
        };
        office.control.add_fault(Fault::once("readMessageContent", wrong));
        let sound = get(&office, id, true).await.unwrap().sound.unwrap();
        assert!(sound.fault.as_deref().unwrap().contains(words), "{sound:?}");
        assert_eq!(get(&office, id, false).await.unwrap().sound.unwrap(), sound);
        assert!(files(&office).is_empty());
        // Whatever answered in RingCentral's place is gone.
        let again = get(&office, id, true).await.unwrap().sound.unwrap();
        assert!(again.fault.is_none() && again.peaks.len() == PEAKS);
    }
}

#[tokio::test]
async fn a_disk_that_takes_nothing_says_so_and_goes_on_when_it_can() {
    let (office, id) = heard_elsewhere().await;
    // A file where the folder should be: whatever is written there fails, as on a full disk.
    let folder = office.store_file().parent().unwrap().join("files");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::write(&folder, b"").unwrap();
    let error = get(&office, id, true).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::Store);
    std::fs::remove_file(&folder).unwrap();
    assert_eq!(
        get(&office, id, true).await.unwrap().sound.unwrap().peaks.len(),
        PEAKS
    );
}

#[tokio::test]
async fn heard_and_unheard_go_both_ways() {
    let (office, id) = one_unheard().await;
    let there = newest_there(&office);
    let set = |is_read| SetRead {
        ids: vec![id],
        is_read,
    };
    for (is_read, status) in [(true, ReadStatus::Read), (false, ReadStatus::Unread)] {
        office.board.set_read(set(is_read)).await.unwrap();
        office.synchronise().await;
        let found = office.world(|world| world.message(ADA, there).unwrap().read_status);
        assert_eq!(found, status);
        office.pass(SignedDuration::from_mins(1));
    }
    for (status, is_read) in [(ReadStatus::Read, true), (ReadStatus::Unread, false)] {
        office.world(|world| world.set_read_status(ADA, there, status).unwrap());
        office.pass(SignedDuration::from_mins(1));
        office.synchronise().await;
        assert_eq!(voicemails(&office).await[0].is_read, is_read);
    }
}

#[tokio::test]
async fn a_heard_voicemail_is_brought_here_before_it_grows_too_old() {
    let (office, item) = heard_elsewhere().await;
    office.pass(WEEKS);
    office.synchronise().await;
    let seen = get(&office, item, false).await.unwrap();
    assert!(
        matches!(
            seen.kept,
            Kept::There {
                is_archived: true,
                ..
            }
        ),
        "{:?}",
        seen.kept
    );
}

#[tokio::test]
async fn a_limit_of_space_makes_heard_sounds_go_and_is_lifted_by_the_settings() {
    let (office, item) = heard_elsewhere().await;
    get(&office, item, true).await.unwrap();
    assert_eq!(files(&office).len(), 1);
    let limit = |voicemail_cache_mb| {
        let board = office.board.clone();
        let settings = Settings {
            voicemail_cache_mb,
            ..Settings::default()
        };
        async move { board.save_settings(SaveSettings { settings }).await.unwrap() }
    };
    limit(0).await;
    office.leave_voicemail(stranger(2));
    office.synchronise().await;
    assert!(files(&office).is_empty(), "{:?}", files(&office));
    limit(10).await;
    office.synchronise().await;
    assert_eq!(files(&office).len(), 1);
    // Nothing is lost: it comes again when somebody wants it.
    let again = get(&office, item, true).await.unwrap();
    assert!(matches!(
        again.kept,
        Kept::There {
            is_archived: true,
            ..
        }
    ));
}

#[tokio::test]
async fn a_saved_voicemail_is_a_file_of_its_own_under_the_callers_name() {
    let (office, item) = one_unheard().await;
    let save = |format| office.board.save_voicemail(SaveVoicemail { item, format });
    let received = PathBuf::from(save(SoundFormat::AsReceived).await.unwrap().path);
    let again = PathBuf::from(save(SoundFormat::AsReceived).await.unwrap().path);
    let wav = PathBuf::from(save(SoundFormat::Wav).await.unwrap().path);
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name(&received).starts_with("Voicemail from ") && name(&received).ends_with(".mp3"));
    assert_ne!(received, again);
    assert_eq!(std::fs::read(&received).unwrap(), simulator::media::clip(0).bytes);
    assert!(name(&wav).ends_with(".wav"));
    assert!(std::fs::read(&wav).unwrap().starts_with(b"RIFF"));
}

#[tokio::test]
async fn listening_goes_on_where_it_stopped_and_begins_anew_after_the_end() {
    let (mut office, item) = one_unheard().await;
    let remember = |office: &Office, position_ms| {
        let board = office.board.clone();
        async move {
            let request = RememberPosition { item, position_ms };
            board.remember_position(request).await.unwrap();
        }
    };
    remember(&office, 7300).await;
    office.kill_and_reopen().await;
    assert_eq!(get(&office, item, false).await.unwrap().position_ms, 7300);
    let end = get(&office, item, false)
        .await
        .unwrap()
        .sound
        .unwrap()
        .duration_ms;
    remember(&office, end - 100).await;
    assert_eq!(get(&office, item, false).await.unwrap().position_ms, 0);
    let next = office
        .board
        .next_unheard(NextUnheard { after: None })
        .await
        .unwrap();
    assert_eq!(next, Some(item));
}

#[tokio::test]
async fn a_voicemail_and_the_call_that_it_came_from_are_one_item() {
    let (office, item) = one_unheard().await;
    office.pass(SignedDuration::from_mins(5));
    office.synchronise().await;
    let all = office.items(InboxTab::All).await;
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [item]);
}
