//! The company: fourteen people, three call queues, their numbers and telephones.

use crate::world::account::{DeviceType, ExtensionType, NumberFeature, NumberType, PaymentType, UsageType};
use crate::world::ids::ExtensionId;
use crate::world::monitoring::MonitoringRole;
use crate::world::number::E164;
use crate::world::text_templates::TemplateScope;
use crate::world::{NewExtension, NewPhoneNumber, World};

/// The company.
pub(super) const COMPANY: &str = "Cobb Street Rebar";
/// Its number on the letterhead.
pub(super) const MAIN_NUMBER: E164 = E164::nanp(510, 5_550_100);
/// Its fax.
pub(super) const FAX_NUMBER: E164 = E164::nanp(510, 5_550_139);

/// The person the demo signs in as: she answers the main line and runs the trucks.
pub(super) const ROSA: ExtensionId = ExtensionId(809_101_004);
pub(super) const OWNER: ExtensionId = ExtensionId(809_102_004);
pub(super) const SALES: ExtensionId = ExtensionId(809_103_004);
pub(super) const ESTIMATOR: ExtensionId = ExtensionId(809_105_004);
pub(super) const DETAILER: ExtensionId = ExtensionId(809_107_004);
pub(super) const DISPATCHER: ExtensionId = ExtensionId(809_109_004);
pub(super) const YARD: ExtensionId = ExtensionId(809_111_004);
pub(super) const ACCOUNTING: ExtensionId = ExtensionId(809_113_004);

pub(super) const FRONT_DESK_QUEUE: ExtensionId = ExtensionId(809_201_004);
pub(super) const SALES_QUEUE: ExtensionId = ExtensionId(809_202_004);
pub(super) const DISPATCH_QUEUE: ExtensionId = ExtensionId(809_203_004);

/// Short number, given name, family name, title, department.
type PersonRow = (u32, &'static str, &'static str, &'static str, &'static str);

const PEOPLE: [PersonRow; 14] = [
    (
        101,
        "Rosa",
        "Jimenez",
        "Front desk and dispatch coordinator",
        "Front Desk",
    ),
    (102, "Walter", "Cobb", "Owner", "Office"),
    (103, "Denise", "Park", "Sales manager", "Sales"),
    (104, "Marcus", "Bell", "Inside sales", "Sales"),
    (105, "Elena", "Vasquez", "Chief estimator", "Estimating"),
    (106, "Hal", "Lindqvist", "Estimator", "Estimating"),
    (107, "Tuan", "Pham", "Detailing lead", "Detailing"),
    (108, "Sofia", "Ricci", "Detailer", "Detailing"),
    (109, "Andre", "Jackson", "Dispatcher", "Dispatch"),
    (110, "Pete", "Kowalski", "Driver lead", "Dispatch"),
    (111, "Curtis", "Moore", "Yard foreman", "Yard"),
    (112, "Ray", "Ortega", "Shop lead", "Yard"),
    (113, "Linda", "Cho", "Bookkeeper", "Accounting"),
    (114, "Omar", "Haddad", "Accounts receivable", "Accounting"),
];

/// The extension of a person by short number.
fn extension_id(number: u32) -> ExtensionId {
    ExtensionId(809_000_004 + u64::from(number) * 1000)
}

/// Everybody's identifier, in order of their short numbers.
pub(super) fn everybody() -> impl Iterator<Item = ExtensionId> {
    PEOPLE.iter().map(|(number, ..)| extension_id(*number))
}

/// Sets up people, queues, numbers and telephones.
pub(super) fn move_in(world: &mut World) {
    for (number, first_name, last_name, job_title, department) in PEOPLE {
        let email = format!("{}@cobbstreetrebar.example", first_name.to_lowercase());
        world.add_extension(
            extension_id(number),
            NewExtension {
                number,
                kind: ExtensionType::User,
                first_name,
                last_name,
                email: &email,
                job_title,
                department,
                // The owner, and the front desk, which keeps the accounts of a shop this size.
                is_admin: [OWNER, ROSA].contains(&extension_id(number)),
                contact_phone: (number % 3 == 1).then(|| E164::nanp(341, 5_550_000 + number)),
                queue_members: Vec::new(),
                message_recipient: None,
            },
        );
    }
    let queues: [(u32, &str, &[u32], u32); 3] = [
        (201, "Front Desk", &[101, 110, 114], 101),
        (202, "Sales and Estimating", &[103, 104, 105, 101], 103),
        (203, "Dispatch", &[101, 109, 110], 101),
    ];
    for (number, name, members, recipient) in queues {
        world.add_extension(
            extension_id(number),
            NewExtension {
                number,
                kind: ExtensionType::Department,
                first_name: name,
                last_name: "",
                email: "office@cobbstreetrebar.example",
                job_title: "",
                department: name,
                is_admin: false,
                contact_phone: None,
                queue_members: members.iter().map(|member| extension_id(*member)).collect(),
                message_recipient: Some(extension_id(recipient)),
            },
        );
    }
    world.set_operator(FRONT_DESK_QUEUE);
    connect(world);
    settle(world);
}

fn connect(world: &mut World) {
    const TEXTS: &[NumberFeature] = &[
        NumberFeature::CallerId,
        NumberFeature::SmsSender,
        NumberFeature::MmsSender,
    ];
    const VOICE: &[NumberFeature] = &[NumberFeature::CallerId];
    let number = |number, usage, kind, owner, features, is_primary, label| NewPhoneNumber {
        number,
        usage,
        kind,
        payment: PaymentType::Local,
        label,
        owner,
        features,
        is_primary,
    };
    world.add_phone_number(number(
        MAIN_NUMBER,
        UsageType::MainCompanyNumber,
        NumberType::VoiceFax,
        None,
        VOICE,
        false,
        Some("Main line"),
    ));
    world.add_phone_number(number(
        FAX_NUMBER,
        UsageType::CompanyFaxNumber,
        NumberType::FaxOnly,
        None,
        VOICE,
        false,
        Some("Office fax"),
    ));
    for (short, ..) in PEOPLE {
        let direct = E164::nanp(510, 5_550_010 + short);
        let owner = Some(extension_id(short));
        world.add_phone_number(number(
            direct,
            UsageType::DirectNumber,
            NumberType::VoiceFax,
            owner,
            TEXTS,
            true,
            None,
        ));
    }
    for (place, queue) in (0u32..).zip([SALES_QUEUE, DISPATCH_QUEUE]) {
        let direct = E164::nanp(510, 5_550_131 + place);
        world.add_phone_number(number(
            direct,
            UsageType::DirectNumber,
            NumberType::VoiceOnly,
            Some(queue),
            VOICE,
            true,
            None,
        ));
    }
    for person in everybody() {
        world.add_device(person, DeviceType::HardPhone, "Polycom VVX 411");
    }
    for person in [ROSA, OWNER, SALES, DISPATCHER] {
        world.add_device(person, DeviceType::SoftPhone, "RingCentral for Desktop");
    }
    keep_templates(world);
}

/// Phones on the web and phones that are switched off, and who may listen in to whom.
fn settle(world: &mut World) {
    for person in [OWNER, ESTIMATOR] {
        world.add_device(person, DeviceType::WebPhone, "RingCentral for Web");
    }
    let away = [
        world.add_device(ESTIMATOR, DeviceType::SoftPhone, "RingCentral for Desktop"),
        world.add_device(ACCOUNTING, DeviceType::SoftPhone, "RingCentral for Desktop"),
    ];
    let in_the_yard: Vec<_> = world.devices_of(YARD).map(|device| device.id).collect();
    for device in in_the_yard.into_iter().chain(away) {
        // They were added a moment ago.
        drop(world.set_device_online(device, false));
    }
    // The owner and the front desk hear how Sales, Estimating, Dispatch and the yard serve; Detailing and Accounting are
    // in no group.
    let supervisors = [ROSA, OWNER].map(|who| (who, MonitoringRole::MONITORING));
    let agents = (103..=106)
        .chain(109..=112)
        .map(|number| (extension_id(number), MonitoringRole::MONITORED));
    world.add_monitoring_group("Customer service", supervisors.into_iter().chain(agents));
}

/// The texts the office sends every day.
fn keep_templates(world: &mut World) {
    let rosa = TemplateScope::Personal(ROSA);
    let templates = [
        (
            TemplateScope::Company,
            "Order ready",
            "Your order is bent, bundled and ready at the yard. Gate closes at 4 PM.",
        ),
        (
            TemplateScope::Company,
            "Truck on its way",
            "Our truck has left Cobb Street and will be with you within the hour.",
        ),
        (
            rosa,
            "Call me back",
            "I just missed your call. When is a good time to ring you back? Rosa",
        ),
        (
            rosa,
            "Need the bar list",
            "Could you send the bar list as a fax to 510-555-0139 or as a picture here? Thanks, Rosa",
        ),
    ];
    for (scope, name, text) in templates {
        // Neither store is anywhere near full, and the names differ.
        drop(world.add_text_template(scope, name, text));
    }
}
