//! The lists from which people, companies and their numbers are made up. How they are put together is not said here.

use crate::world::number::E164;

/// Trades, with how their names end and what their people do.
pub(super) const TRADES: [(&str, &[&str], &[&str]); 6] = [
    (
        "contractor",
        &["Builders", "Construction", "Structures", "Contracting"],
        &["Superintendent", "Project manager", "Foreman"],
    ),
    (
        "concrete",
        &["Concrete", "Foundations", "Flatwork", "Shotcrete"],
        &["Foreman", "Owner", "Superintendent"],
    ),
    (
        "engineer",
        &["Structural", "Engineering", "and Associates"],
        &["Structural engineer", "Project engineer"],
    ),
    (
        "supplier",
        &["Mill Supply", "Steel", "Wire Products", "Industrial"],
        &["Account rep", "Receivables", "Inside sales"],
    ),
    (
        "hauler",
        &["Hauling", "Trucking", "Crane Service", "Freight"],
        &["Driver", "Dispatcher"],
    ),
    (
        "public",
        &["Inspection Services", "School District", "Water District"],
        &["Inspector", "Facilities manager"],
    ),
];

pub(super) const PLACES: [&str; 44] = [
    "Alameda",
    "Altamont",
    "Anvil",
    "Bayfront",
    "Bishop Creek",
    "Bluestone",
    "Brickyard",
    "Canyon",
    "Carquinez",
    "Cedar",
    "Coastline",
    "Crown Point",
    "Delta",
    "Diablo",
    "Dry Dock",
    "Eastshore",
    "Fairview",
    "Foothill",
    "Golden Hills",
    "Granite",
    "Grizzly Peak",
    "Highland",
    "Ironwood",
    "Jackson Square",
    "Keystone",
    "Lakeside",
    "Loma",
    "Marina",
    "Meridian",
    "Mission",
    "Northgate",
    "Oak Knoll",
    "Pacific",
    "Pinole",
    "Quarry",
    "Redwood",
    "Ridgeway",
    "Sierra",
    "Stonebridge",
    "Sunol",
    "Tidewater",
    "Valley",
    "Westline",
    "Yerba",
];

pub(super) const FIRST_NAMES: [&str; 48] = [
    "Aaron", "Alicia", "Anders", "Angela", "Ben", "Brenda", "Carlos", "Chen", "Dale", "Darnell", "Diana",
    "Eddie", "Erin", "Fatima", "Frank", "Gloria", "Hector", "Irene", "Jamal", "Jesse", "Joan", "Jorge",
    "Karen", "Kwame", "Lars", "Leticia", "Mai", "Manny", "Megan", "Miguel", "Nadia", "Neil", "Olga", "Paul",
    "Quinn", "Raj", "Renee", "Sal", "Shawn", "Stella", "Tara", "Terry", "Uma", "Vince", "Wendy", "Xavier",
    "Yolanda", "Zack",
];

pub(super) const LAST_NAMES: [&str; 56] = [
    "Abbott", "Alvarez", "Baptiste", "Barrett", "Bianchi", "Brandt", "Castillo", "Chavez", "Conti", "Cruz",
    "Dawson", "Diaz", "Duarte", "Eklund", "Esposito", "Fischer", "Flores", "Garza", "Gill", "Grant",
    "Hansen", "Hoang", "Hughes", "Ibarra", "Jansen", "Kaur", "Keller", "Kim", "Larsen", "Lee", "Lopez",
    "Malik", "Mancini", "Mendez", "Mora", "Nguyen", "Novak", "O'Brien", "Ochoa", "Patel", "Pereira",
    "Quintero", "Reyes", "Rossi", "Salas", "Schmidt", "Silva", "Singh", "Soto", "Tanaka", "Torres", "Usman",
    "Vargas", "Weber", "Yamada", "Zamora",
];

/// Callers who also speak in the recorded voicemails, with the numbers they say.
pub(super) const SPEAKERS: [(&str, &str, &str, &str, E164); 11] = [
    (
        "Maria",
        "Delgado",
        "Delgado Concrete",
        "Owner",
        E164(14_155_550_132),
    ),
    (
        "Dan",
        "Whitaker",
        "Bayline Builders",
        "Superintendent",
        E164(19_255_550_148),
    ),
    (
        "Priya",
        "Raman",
        "Raman and Cole",
        "Structural engineer",
        E164(15_105_550_167),
    ),
    ("Tom", "Okafor", "Okafor Grading", "Owner", E164(17_075_550_119)),
    (
        "Janet",
        "Hirsch",
        "Pacific Mill Supply",
        "Receivables",
        E164(12_095_550_155),
    ),
    (
        "Alistair",
        "Boyd",
        "Northgate Structures",
        "Project manager",
        E164(14_085_550_124),
    ),
    (
        "Rick",
        "Ferreira",
        "Summit Foundations",
        "Foreman",
        E164(19_255_550_151),
    ),
    ("Luis", "Mejia", "Delta Hauling", "Driver", E164(12_095_550_163)),
    (
        "Graham",
        "Ellis",
        "Bay Special Inspection",
        "Inspector",
        E164(15_105_550_181),
    ),
    (
        "Kim",
        "Nakamura",
        "Harbor Point Project Office",
        "Project engineer",
        E164(15_105_550_172),
    ),
    ("Alex", "Petrov", "Petrov Masonry", "Owner", E164(19_165_550_143)),
];

/// Said in a voicemail too, but in nobody's address book.
pub(super) const RESERVED: [E164; 1] = [E164(16_505_550_178)];

pub(super) const AREA_CODES: [u16; 16] = [
    510, 925, 415, 707, 408, 650, 209, 916, 628, 831, 530, 559, 775, 503, 206, 213,
];

pub(super) const NOTES: [&str; 6] = [
    "Pays on time",
    "Call before 7",
    "Always wants the back gate",
    "COD only",
    "Needs mill certs with every load",
    "Ask about the Laurel job",
];
