//! Faxes that RingCentral sends later can be called back until then.

use super::*;

#[tokio::test]
async fn a_planned_fax_is_shown_and_can_be_called_back_and_is_a_draft_again() {
    let office = Office::ready().await;
    let draft = office.new_fax(&[maria()]).await;
    let draft = office.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
    let send_at = office.clock.now() + SignedDuration::from_hours(12);
    let request = SetFaxSending {
        draft: draft.id,
        resolution: FaxResolution::Low,
        send_at: Some(send_at),
    };
    let draft = office.board.set_fax_sending(request).await.unwrap();
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let fax = office.faxes().await.remove(0);
    assert_eq!((fax.state, fax.send_at), (OutgoingState::Accepted, Some(send_at)));
    let item = fax.item.unwrap();
    office.control.clear_requests();
    office
        .control
        .add_fault(Fault::once("deleteMessage", Effect::LoseReply));
    office.board.call_back_fax(CallBackFax { item }).await.unwrap();
    assert_eq!(office.faxes().await, []);
    office.synchronise_patiently().await;
    assert_eq!(
        office.asked("deleteMessage"),
        1,
        "what was deleted is not deleted again"
    );
    assert_eq!(office.fax_items().await, []);
    assert_eq!(
        office.board.list_fax_drafts(ListFaxDrafts {}).await.unwrap(),
        [draft]
    );
    office.pass(SignedDuration::from_hours(24));
    assert_eq!(office.faxed(), []);
    office.assert_faults_met();
}

#[tokio::test]
async fn a_planned_fax_that_was_sent_meanwhile_cannot_be_called_back() {
    let office = Office::ready().await;
    office.fax_maria().await;
    office.empty_outbox().await;
    let item = office.faxes().await[0].item.unwrap();
    // RingCentral sends it, and nobody here has heard of that.
    office.pass(SignedDuration::from_mins(30));
    office.board.call_back_fax(CallBackFax { item }).await.unwrap();
    office.control.clear_requests();
    office.synchronise().await;
    assert_eq!(office.asked("deleteMessage"), 0);
    assert_eq!(state(&office.fax_items().await[0]), DeliveryState::Sent);
    assert!(office.board.call_back_fax(CallBackFax { item }).await.is_err());
}
