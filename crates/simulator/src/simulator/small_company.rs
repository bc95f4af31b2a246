//! A company of three people and one queue, without a history: what tests need that bring their own.

use crate::world::account::{
    Account, DeviceType, ExtensionType, NumberFeature, NumberType, PaymentType, UsageType,
};
use crate::world::ids::{AccountId, ExtensionId};
use crate::world::monitoring::MonitoringRole;
use crate::world::number::E164;
use crate::world::{Clock, NewExtension, NewPhoneNumber, World};

/// Its account.
const ACCOUNT: AccountId = AccountId(809_646_016);
const QUEUE: ExtensionId = ExtensionId(809_646_020);

/// Extensions 101 (administrator), 102 and 103, all members of the queue 201; 101 may listen in to 102. Direct numbers are +1 510 555 0101 and
/// so on, the main number +1 510 555 0100.
pub(super) fn build(seed: u64, clock: Clock) -> World {
    let main_number = E164::nanp(510, 5_550_100);
    let account = Account {
        id: ACCOUNT,
        company: "Small Company".to_owned(),
        main_number,
        home_country: "US",
        time_zone: "America/Los_Angeles",
        operator: ExtensionId(ACCOUNT.0),
        created_at: clock.now(),
    };
    let mut world = World::new(account, seed, clock);
    let people = [
        ("Ada", "Alvarez", "Owner"),
        ("Ben", "Brandt", "Dispatcher"),
        ("Cleo", "Chen", "Estimator"),
    ];
    let mut members = Vec::new();
    for (index, (first_name, last_name, job_title)) in (0u32..).zip(people) {
        let id = ExtensionId(ACCOUNT.0 + u64::from(index));
        world.add_extension(
            id,
            NewExtension {
                number: 101 + index,
                kind: ExtensionType::User,
                first_name,
                last_name,
                email: &format!("{}@small.example.com", first_name.to_lowercase()),
                job_title,
                department: "Office",
                is_admin: index == 0,
                contact_phone: None,
                queue_members: Vec::new(),
                message_recipient: None,
            },
        );
        world.add_phone_number(NewPhoneNumber {
            number: E164::nanp(510, 5_550_101 + index),
            usage: UsageType::DirectNumber,
            kind: NumberType::VoiceFax,
            payment: PaymentType::Local,
            label: None,
            owner: Some(id),
            features: &[
                NumberFeature::CallerId,
                NumberFeature::SmsSender,
                NumberFeature::MmsSender,
            ],
            is_primary: true,
        });
        world.add_device(id, DeviceType::HardPhone, "Polycom VVX 411");
        members.push(id);
    }
    world.add_extension(
        QUEUE,
        NewExtension {
            number: 201,
            kind: ExtensionType::Department,
            first_name: "Sales",
            last_name: "",
            email: "",
            job_title: "",
            department: "",
            is_admin: false,
            contact_phone: None,
            queue_members: members.clone(),
            message_recipient: members.first().copied(),
        },
    );
    world.add_phone_number(NewPhoneNumber {
        number: main_number,
        usage: UsageType::MainCompanyNumber,
        kind: NumberType::VoiceFax,
        payment: PaymentType::Local,
        label: Some("Main"),
        owner: None,
        features: &[NumberFeature::CallerId],
        is_primary: false,
    });
    world.set_operator(ExtensionId(ACCOUNT.0));
    // Ada may listen in to Ben; Cleo is in no group.
    let roles = [MonitoringRole::MONITORING, MonitoringRole::MONITORED];
    world.add_monitoring_group("Office", members.into_iter().zip(roles));
    world
}
