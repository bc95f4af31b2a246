//! Faxes that RingCentral has are sent again, or to others, without an upload.

use super::*;

#[tokio::test]
async fn a_fax_that_reached_one_of_two_is_sent_again_to_the_other_only_without_an_upload() {
    let office = Office::ready().await;
    office.world(|world| world.set_fax_failure(stranger(1), Some(FaxErrorCode::LineBusy), Some(1)));
    let draft = office.new_fax(&[maria(), stranger(1)]).await;
    let draft = office.drop_files(&draft, &[("Quote.pdf", pdf(1, 1_000))]).await;
    let id = office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0);
    let DeliveryState::Failed { reason } = state(&item) else {
        panic!("{item:?}")
    };
    assert!(reason.contains("1 of 2") && reason.contains("busy"), "{reason}");
    let fax = office.faxes().await.remove(0);
    assert!(
        matches!(fax.state, OutgoingState::Failed { can_retry: true, .. }),
        "{fax:?}"
    );
    assert_eq!((fax.id, fax.item), (id, Some(item.id)));

    let first = office
        .board
        .resend_fax(ResendFax { item: item.id })
        .await
        .unwrap();
    let twice = office
        .board
        .resend_fax(ResendFax { item: item.id })
        .await
        .unwrap();
    assert_eq!(first.id, twice.id, "whoever presses twice wants it once");
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let faxed = office.faxed();
    let again = faxed.last().unwrap();
    assert_eq!(again.reached().collect::<Vec<_>>(), [stranger(1)]);
    assert!(again.fax.as_ref().unwrap().original.is_some());
    assert_eq!(office.faxes().await, []);
    assert_eq!(office.asked("createFaxMessage"), 2);
    office.assert_faults_met();
}

#[tokio::test]
async fn what_sending_again_cannot_help_is_refused_with_what_to_do() {
    let office = Office::ready().await;
    office.world(|world| world.set_fax_failure(maria(), Some(FaxErrorCode::InvalidNumber), None));
    let id = office.fax_maria().await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0).id;
    let refused = office
        .board
        .resend_fax(ResendFax { item })
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("Check the number"), "{refused}");
    let fax = office.faxes().await.remove(0);
    assert!(
        matches!(fax.state, OutgoingState::Failed { can_retry: false, .. }),
        "{fax:?}"
    );
    assert!(office.board.retry_fax(RetryFax { id }).await.is_err());
    let draft = office.board.edit_fax(EditFax { id }).await.unwrap();
    assert_eq!(draft.pages.len(), 1, "the documents are here still");
}

#[tokio::test]
async fn an_untouched_fax_is_sent_on_without_an_upload_and_a_changed_one_with() {
    let office = Office::ready().await;
    office.fax_maria().await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let item = office.fax_items().await.remove(0).id;
    let forward = async || {
        let request = NewFax {
            to: vec![stranger(1).to_string()],
            reply_to: None,
            forward: Some(item),
        };
        office.board.new_fax(request).await.unwrap()
    };
    let draft = forward().await;
    assert_eq!(draft.pages.len(), 1);
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let sent_on = office.faxed().pop().unwrap();
    assert!(sent_on.fax.unwrap().original.is_some());

    let draft = forward().await;
    let turned = SetFaxPages {
        draft: draft.id,
        pages: vec![PageChoice {
            file: draft.pages[0].file,
            index: 0,
            quarter_turns: 1,
        }],
    };
    office.board.set_fax_pages(turned).await.unwrap();
    office.send_fax(&draft).await;
    office.empty_outbox().await;
    office.let_faxes_arrive().await;
    let sent_on = office.faxed().pop().unwrap();
    assert_eq!((sent_on.fax.unwrap().original, sent_on.files.len()), (None, 1));
    office.assert_faults_met();
}
