//! A company of three hundred extensions, without a history: for measuring clients.

use crate::world::account::{
    Account, DeviceType, ExtensionType, NumberFeature, NumberType, PaymentType, UsageType,
};
use crate::world::ids::{AccountId, ExtensionId};
use crate::world::monitoring::MonitoringRole;
use crate::world::number::E164;
use crate::world::{Clock, NewExtension, NewPhoneNumber, World};

const ACCOUNT: AccountId = AccountId(809_900_016);
const PEOPLE: u32 = 290;
const QUEUES: u32 = 10;
const MEMBERS: u32 = 6;

const FIRST_NAMES: [&str; 29] = [
    "Ada", "Ben", "Cleo", "Dev", "Eva", "Finn", "Gail", "Hugo", "Ines", "Jon", "Kit", "Lena", "Milo", "Nora",
    "Otis", "Pia", "Quinn", "Rhea", "Sol", "Tess", "Uma", "Vic", "Wren", "Xeno", "Yara", "Zeb", "Ivo",
    "June", "Lars",
];
const LAST_NAMES: [&str; 10] = [
    "Abbot", "Bright", "Cole", "Drake", "Ellis", "Ford", "Grant", "Hale", "Irwin", "Joyce",
];
const DEPARTMENTS: [&str; 5] = ["Sales", "Service", "Dispatch", "Accounting", "Field"];

/// Extensions 1001 (administrator, who may listen in to all members of queues) to 1290, and the queues 2001 to 2010.
pub(super) fn build(seed: u64, clock: Clock) -> World {
    let main_number = E164::nanp(646, 5_550_100);
    let account = Account {
        id: ACCOUNT,
        company: "Big Company".to_owned(),
        main_number,
        home_country: "US",
        time_zone: "America/New_York",
        operator: person(0),
        created_at: clock.now(),
    };
    let mut world = World::new(account, seed, clock);
    for place in 0..PEOPLE {
        hire(&mut world, place);
    }
    for place in 0..QUEUES {
        let members: Vec<ExtensionId> = (0..MEMBERS)
            .map(|one| person(1 + place * MEMBERS + one))
            .collect();
        world.add_extension(
            ExtensionId(ACCOUNT.0 + 2_000_000 + u64::from(place) * 1000),
            NewExtension {
                number: 2001 + place,
                kind: ExtensionType::Department,
                first_name: &format!("Queue {}", place + 1),
                last_name: "",
                email: "",
                job_title: "",
                department: "",
                is_admin: false,
                contact_phone: None,
                message_recipient: members.first().copied(),
                queue_members: members,
            },
        );
    }
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
    let agents = (1..=QUEUES * MEMBERS).map(|place| (person(place), MonitoringRole::MONITORED));
    let supervisor = std::iter::once((person(0), MonitoringRole::MONITORING));
    world.add_monitoring_group("Queues", supervisor.chain(agents));
    world
}

fn person(place: u32) -> ExtensionId {
    ExtensionId(ACCOUNT.0 + u64::from(place) * 1000)
}

fn hire(world: &mut World, place: u32) {
    let at = |list: &[&'static str], place: u32| -> &'static str {
        let place = usize::try_from(place).unwrap_or(0) % list.len().max(1);
        list.get(place).copied().unwrap_or_default()
    };
    let (first_name, last_name) = (at(&FIRST_NAMES, place % 29), at(&LAST_NAMES, place / 29));
    let id = person(place);
    world.add_extension(
        id,
        NewExtension {
            number: 1001 + place,
            kind: ExtensionType::User,
            first_name,
            last_name,
            email: &format!(
                "{}.{}@big.example.com",
                first_name.to_lowercase(),
                last_name.to_lowercase()
            ),
            job_title: "Agent",
            department: at(&DEPARTMENTS, place),
            is_admin: place == 0,
            contact_phone: None,
            queue_members: Vec::new(),
            message_recipient: None,
        },
    );
    // A hundred fictional numbers to an area.
    let area = match place / 100 {
        0 => 732,
        1 => 848,
        _ => 908,
    };
    world.add_phone_number(NewPhoneNumber {
        number: E164::nanp(area, 5_550_100 + place % 100),
        usage: UsageType::DirectNumber,
        kind: NumberType::VoiceFax,
        payment: PaymentType::Local,
        label: None,
        owner: Some(id),
        features: &[NumberFeature::CallerId, NumberFeature::SmsSender],
        is_primary: true,
    });
    world.add_device(id, DeviceType::HardPhone, "Polycom VVX 411");
}
