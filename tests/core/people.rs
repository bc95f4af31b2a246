//! The directory, the address book and our own lines: contacts and names that come from the company itself.

use crate::office::{ADA, Office, maria};
use domain::contact::{Contact, ContactKind, ContactSource};
use domain::inbox::InboxTab;
use domain::ipc::contacts::{DeleteContacts, ListContacts, RefreshDirectory};
use jiff::SignedDuration;
use simulator::scenario::{CallPlan, CallTarget, Ending, caller, incoming_call};
use simulator::world::address_book::ContactFields;
use simulator::world::number::E164;
use simulator::{Effect, Fault};

async fn contacts(office: &Office) -> Vec<Contact> {
    let request = ListContacts {
        query: String::new(),
        offset: 0,
        limit: 200,
    };
    office.board.list_contacts(request).await.unwrap().contacts
}

async fn contact(office: &Office, name: &str) -> Option<Contact> {
    contacts(office)
        .await
        .into_iter()
        .find(|contact| contact.name == name)
}

fn maria_lopez() -> ContactFields {
    ContactFields {
        first_name: Some("Maria".into()),
        last_name: Some("Lopez".into()),
        company: Some("Lopez Concrete".into()),
        phones: vec![("mobilePhone", maria().to_string())],
        ..ContactFields::default()
    }
}

#[tokio::test]
async fn colleagues_and_queues_of_the_directory_are_contacts() {
    let office = Office::open().await;
    office.synchronise().await;
    let ben = contact(&office, "Ben Brandt").await.unwrap();
    assert_eq!(
        (ben.kind, ben.extension.as_deref()),
        (ContactKind::TeamMember, Some("102"))
    );
    assert_eq!(ben.sources, [ContactSource::Directory]);
    let queues = contacts(&office)
        .await
        .into_iter()
        .filter(|contact| contact.kind == ContactKind::Queue)
        .count();
    assert_eq!(queues, 1);
}

#[tokio::test]
async fn the_address_book_names_callers_follows_edits_and_lets_go_what_was_deleted() {
    let office = Office::open().await;
    office.miss_call(maria());
    let id = office.world(|world| world.add_contact(ADA, maria_lopez()));
    office.synchronise().await;
    assert_eq!(office.items(InboxTab::Missed).await[0].party.label, "Maria Lopez");

    let married = ContactFields {
        last_name: Some("Lopez-Diaz".into()),
        ..maria_lopez()
    };
    office.world(|world| world.update_contact(ADA, id, married).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.board.refresh_directory(RefreshDirectory {}).await.unwrap();
    office.sync().run_until_idle().await;
    assert_eq!(
        office.items(InboxTab::Missed).await[0].party.label,
        "Maria Lopez-Diaz"
    );

    office.world(|world| world.delete_contact(ADA, id).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.board.refresh_directory(RefreshDirectory {}).await.unwrap();
    office.sync().run_until_idle().await;
    assert_eq!(office.items(InboxTab::Missed).await[0].party.contact, None);
}

#[tokio::test]
async fn a_contact_that_was_removed_here_does_not_come_back() {
    let office = Office::open().await;
    office.world(|world| world.add_contact(ADA, maria_lopez()));
    office.synchronise().await;
    let id = contact(&office, "Maria Lopez").await.unwrap().id;
    office
        .board
        .delete_contacts(DeleteContacts { ids: vec![id] })
        .await
        .unwrap();
    office.control.expire_sync_tokens();
    office.synchronise().await;
    assert_eq!(contact(&office, "Maria Lopez").await, None);
}

#[tokio::test]
async fn an_address_book_that_cannot_be_read_holds_nothing_else_up() {
    let office = Office::open().await;
    office.an_hour_passes();
    for operation in ["syncAddressBook", "listDirectoryEntries"] {
        office.control.add_fault(Fault::once(
            operation,
            Effect::ServerError {
                status: 503,
                error_code: "CMN-201".into(),
            },
        ));
    }
    office.synchronise().await;
    office.assert_converged().await;
    assert_eq!(office.status().await.phase, domain::sync::SyncPhase::UpToDate);
    office.pass(SignedDuration::from_secs(5));
    office.sync().run_until_idle().await;
    assert!(contact(&office, "Ben Brandt").await.is_some());
    office.assert_faults_met();
}

#[tokio::test]
async fn an_item_says_which_of_our_lines_was_dialled() {
    let office = Office::open().await;
    office.answer_call(maria());
    let main = E164::nanp(510, 5_550_100);
    office.world(|world| {
        let plan = CallPlan::new(Ending::Answered {
            by: Some(ADA),
            talk: SignedDuration::from_secs(20),
        });
        incoming_call(world, caller(maria(), None), CallTarget::Number(main), &plan).unwrap()
    });
    office.pass(SignedDuration::from_mins(2));
    let direct = office.world(|world| world.primary_number(ADA).unwrap());
    office.world(|world| {
        let plan = CallPlan::new(Ending::Missed);
        incoming_call(world, caller(maria(), None), CallTarget::Number(direct), &plan).unwrap()
    });
    office.pass(SignedDuration::from_mins(2));
    office.synchronise().await;
    let lines: Vec<_> = office
        .items(InboxTab::Calls)
        .await
        .into_iter()
        .map(|call| call.line)
        .collect();
    assert_eq!(lines[0].as_deref(), Some("Your direct line"), "{lines:?}");
    assert_eq!(lines[1].as_deref(), Some("Main"), "{lines:?}");
}
