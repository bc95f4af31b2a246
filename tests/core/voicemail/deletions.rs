//! Voicemails that go: deleted here, at RingCentral by a person, or purged there.

use super::{WEEKS, availability, files, get, newest_there, one_unheard, voicemails};
use crate::office::{ADA, stranger};
use domain::ipc::ErrorCode;
use domain::ipc::inbox::Undo;
use domain::ipc::voicemail::DeleteVoicemail;
use domain::kept::Kept;
use domain::voicemail::PEAKS;
use jiff::SignedDuration;
use simulator::world::messages::Availability;
use simulator::{Effect, Fault};

#[tokio::test]
async fn a_deletion_can_be_taken_back_and_then_ringcentral_never_hears_of_it() {
    let (office, item) = one_unheard().await;
    let undo = office
        .board
        .delete_voicemail(DeleteVoicemail { item })
        .await
        .unwrap();
    office.synchronise().await;
    assert!(voicemails(&office).await.is_empty());
    assert!(get(&office, item, false).await.is_err());
    office.board.undo(Undo { token: undo.token }).await.unwrap();
    office.pass(SignedDuration::from_mins(5));
    office.synchronise().await;
    assert_eq!(voicemails(&office).await[0].id, item);
    assert_eq!(office.asked("deleteMessage"), 0);
    assert!(get(&office, item, true).await.unwrap().sound.is_some());
}

#[tokio::test]
async fn a_deletion_outlives_the_program_and_reaches_ringcentral_once_though_its_answer_is_lost() {
    let (mut office, item) = one_unheard().await;
    let there = newest_there(&office);
    let undo = office
        .board
        .delete_voicemail(DeleteVoicemail { item })
        .await
        .unwrap();
    office.kill_and_reopen().await;
    assert!(voicemails(&office).await.is_empty());
    office.pass(SignedDuration::from_mins(1));
    office
        .control
        .add_fault(Fault::once("deleteMessage", Effect::LoseReply));
    office.synchronise().await;
    let late = office.board.undo(Undo { token: undo.token }).await.unwrap_err();
    assert_eq!(late.code(), ErrorCode::TooLate);
    office.kill_and_reopen().await;
    office.synchronise().await;
    // Deleted and restorable: a second deletion would have purged it.
    assert_eq!(availability(&office, there), Availability::Deleted);
    assert_eq!(office.asked("deleteMessage"), 1);
    assert_eq!(office.asked("deleteMessageByFilter"), 0);
    assert!(files(&office).is_empty(), "its file is gone too");
    office.pass(SignedDuration::from_mins(5));
    office.synchronise().await;
    office.assert_converged().await;
    office.assert_faults_met();
}

#[tokio::test]
async fn a_deletion_that_ringcentral_refuses_brings_the_voicemail_back() {
    let (office, item) = one_unheard().await;
    office
        .board
        .delete_voicemail(DeleteVoicemail { item })
        .await
        .unwrap();
    office.pass(SignedDuration::from_mins(1));
    let refused = Effect::ServerError {
        status: 403,
        error_code: "CMN-408".into(),
    };
    office.control.add_fault(Fault::once("deleteMessage", refused));
    office.synchronise().await;
    assert_eq!(voicemails(&office).await[0].id, item);
    office.assert_faults_met();
}

#[tokio::test]
async fn what_ringcentral_purges_by_itself_stays_and_plays_and_can_still_be_deleted() {
    let (office, item) = one_unheard().await;
    let there = newest_there(&office);
    office.pass(WEEKS);
    office.world(|world| world.delete_message(ADA, there, true).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    let kept = get(&office, item, true).await.unwrap();
    assert_eq!(kept.kept, Kept::OnlyHere);
    assert_eq!(kept.sound.unwrap().peaks.len(), PEAKS);
    office.control.clear_requests();
    office
        .board
        .delete_voicemail(DeleteVoicemail { item })
        .await
        .unwrap();
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    assert!(voicemails(&office).await.is_empty() && files(&office).is_empty());
    assert_eq!(office.asked("deleteMessage"), 0);
}

#[tokio::test]
async fn what_a_person_deletes_at_ringcentral_goes_here_too_however_old_it_is() {
    let (office, _) = one_unheard().await;
    office.pass(WEEKS);
    let there = newest_there(&office);
    office.world(|world| world.delete_message(ADA, there, false).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    assert!(voicemails(&office).await.is_empty());
}

#[tokio::test]
async fn what_is_missing_after_a_lost_token_is_asked_about_one_by_one() {
    for (is_purged, is_kept) in [(true, true), (false, false)] {
        let (office, item) = one_unheard().await;
        let there = newest_there(&office);
        office.pass(SignedDuration::from_hours(20 * 24));
        office.receive_text(stranger(5), "A list that is not empty");
        office.synchronise().await;
        office.world(|world| world.delete_message(ADA, there, is_purged).unwrap());
        office.control.expire_sync_tokens();
        office.pass(SignedDuration::from_mins(1));
        office.synchronise().await;
        let found = get(&office, item, false).await.map(|found| found.kept);
        assert_eq!(found.ok() == Some(Kept::OnlyHere), is_kept, "purged: {is_purged}");
        assert_eq!(voicemails(&office).await.len(), usize::from(is_kept));
    }
}
