//! What people write: short exchanges with blanks, filled from the day's jobs, sizes and times.

use super::dice::Dice;

/// One line of an exchange.
#[derive(Debug, Clone, Copy)]
pub(super) enum Line {
    /// They write.
    In(&'static str),
    /// Rosa writes.
    Out(&'static str),
}

use Line::{In, Out};

/// Exchanges. Blanks: {po} {job} {day} {time} {qty} {bar} {len} {tons} {mark} {truck} {sheet} {lap} {gate} {me}.
pub(super) const EXCHANGES: &[&[Line]] = &[
    &[
        In("Morning, where's the truck for {job}?"),
        Out("Left the yard at {time}, about 25 min out"),
        In("ok thx"),
    ],
    &[
        In("What time tomorrow for PO {po}?"),
        Out("You're second stop, between {time} and an hour after"),
        In("Works. Crane is booked till noon"),
        Out("Driver will call 30 min ahead"),
    ],
    &[
        Out("PO {po} is bent and tagged, ready for delivery. {day} morning ok?"),
        In("{day} works, {gate}"),
        Out("Got it, {gate}"),
    ],
    &[
        In("Need to add {qty} pcs {bar} x {len} to the {job} order"),
        Out("Adding to PO {po}. Still {day}?"),
        In("Yes pls"),
        Out("Done"),
    ],
    &[
        In("Can you bump {job} to {day}? Inspector didn't sign off"),
        Out("Moved to {day}. Same time?"),
        In("Same time. Sorry about that"),
        Out("No problem, happens"),
    ],
    &[
        In("We're short {qty} {bar} dowels on {job}"),
        Out("Ticket says {qty} went out, tag {mark}. Can you check the second bundle?"),
        In("Found em. They were under the stirrups"),
        Out("Good, thanks for checking"),
    ],
    &[
        Out(
            "Hi, Rosa at Cobb Street Rebar. Your quote for {job} is ready, {tons} tons. Should I send it by email or fax?",
        ),
        In("Email please"),
        Out("Sent"),
    ],
    &[
        In("price on {tons} tons of {bar}, {len} straight, delivered?"),
        Out("Let me get Elena on it, you'll have it by {time}"),
        In("thank you"),
    ],
    &[
        In("Hooks on {mark} look like 90s, drawing says 135"),
        Out("Can you send a picture? I'll get Tuan"),
        In("Sending now"),
        Out("He sees it. Replacement goes on the {day} truck"),
    ],
    &[
        In("Pour is pushed, rain. Hold everything for {job}"),
        Out("Holding. Tell me when you know the new date"),
        In("Probably {day}"),
        Out("Penciled in {day}"),
    ],
    &[
        Out("Truck {truck} is at your site, nobody at the gate"),
        In("Sending someone now"),
        In("Unlocked"),
        Out("He's in, thanks"),
    ],
    &[
        In("Did you get the revised sheet {sheet}?"),
        Out("Yes, detailing has it. Tags will say REV"),
        In("perfect"),
    ],
    &[
        In("What lap are you using on the {bar}?"),
        Out("{lap} inches per the general notes, class B"),
        In("Engineer wants it on the drawing"),
        Out("Will add it to {sheet}"),
    ],
    &[
        In("Need mill certs for PO {po} before Friday"),
        Out("Faxing them to the trailer now"),
        In("Got them"),
    ],
    &[
        In("Can I pick up {qty} chairs and 4 rolls of tie wire today?"),
        Out("Yes, will-call till 4:30, cash or card"),
        In("On my way"),
    ],
    &[
        Out("Reminder: PO {po} for {job} delivers {day} at {time}. Reply C to confirm"),
        In("C"),
    ],
    &[
        Out("Reminder: PO {po} for {job} delivers {day} at {time}. Reply C to confirm"),
        In("Can we do an hour later?"),
        Out("Yes, moved one hour"),
    ],
    &[
        In("Who do I talk to about invoice for {po}?"),
        Out("Omar, extension 114. He's in till 4"),
        In("Thx"),
    ],
    &[
        In("Running late, site opens at {time}"),
        Out("Driver knows, he'll wait at the corner"),
    ],
    &[
        In("The cage for column {mark} is 2 inches long"),
        Out("Curtis says bring it back on {truck}, he'll cut it while you wait"),
        In("ok loading it"),
    ],
    &[
        In("How much is left on the {job} contract?"),
        Out("{tons} tons released, two sheets still to detail"),
        In("Send me the list when you can"),
        Out("In your email"),
    ],
    &[
        In("Are you open Saturday?"),
        Out("6 to 11 for will-call, no deliveries"),
    ],
    &[
        In("Forklift here is down, can you send the boom truck?"),
        Out("Boom truck is out till {time}. After that?"),
        In("That works"),
        Out("You're on"),
    ],
    &[In("thanks for squeezing us in yesterday"), Out("Any time!")],
    &[
        In("Call me when you get a sec, question on {sheet}"),
        Out("Calling in 5"),
    ],
    &[
        Out("Missed you earlier. We have {qty} pcs {bar} x {len} left from {job}, want them at half?"),
        In("Yes! Put them on the {day} truck"),
        Out("Done, {qty} pcs on {truck}"),
    ],
    &[
        In("Stirrups {mark}: 4 x 10 or 4 x 12?"),
        Out("4 x 12, see note 3 on {sheet}"),
        In("👍"),
    ],
    &[
        In("Is {truck} the one with the short trailer? {gate} only"),
        Out("Yes, short trailer, {gate}"),
    ],
    &[
        In("Need a bend test report for the {bar}"),
        Out("It's page 2 of the certs, heat number is on the tag"),
    ],
    &[
        Out("Driver says the laydown area is full. Where do you want {tons} tons?"),
        In("North side along the fence"),
        Out("Ok, north side"),
    ],
    &[
        In("Buenos días, ¿a qué hora llega el camión?"),
        Out("A las {time}, más o menos"),
        In("Gracias Rosa"),
    ],
    &[
        In("Signed the ticket but it's missing {qty} {bar} corner bars"),
        Out("They're on backorder till {day}, noted on the ticket"),
        In("Didn't see that. OK"),
    ],
    &[
        In("Can you resend the ticket for {po}? mine got wet"),
        Out("Sure, emailing a scan"),
    ],
    &[
        In("New guy on site: call {me} instead of me from now on"),
        Out("Noted, thanks"),
    ],
    &[
        In("We start {job} phase 2 in three weeks. Who details it?"),
        Out("Sofia has it. First release {day}"),
        In("Great"),
    ],
];

/// A single line that needs an answer, for people who have just written.
pub(super) const OPEN_QUESTIONS: [&str; 8] = [
    "Any chance the {bar} can go on today's truck?",
    "Inspector is here, where are the certs for {po}?",
    "Gate code changed, call me before the driver leaves",
    "Can you send {qty} more {bar} x {len}? Short on the west wall",
    "What's our ETA?",
    "Did Walter look at the change order for {job}?",
    "We can pour {day} after all. Can you make it?",
    "Sorry, wrong count earlier. It's {qty}, not 60",
];

/// Group conversations of one site.
pub(super) const GROUP_LINES: [&str; 8] = [
    "{job}: crane from {time} to noon {day}",
    "Copy. {tons} tons on two trucks",
    "Second truck can stage on the north side",
    "Inspector at {time}, nobody covers before that",
    "Ok by me",
    "Who has the gate key?",
    "I do, there by 6",
    "Rain moved off, we are on",
];

/// Lines that go with a picture.
pub(super) const PICTURE_LINES: [&str; 6] = [
    "This is what showed up for {mark}",
    "Mat is tied, ready for inspection",
    "See the hook on the left",
    "Laydown area, north fence",
    "Where do these go?",
    "Tag fell off, is this {mark}?",
];

/// Notes from colleagues.
pub(super) const PAGER_LINES: [&str; 8] = [
    "Walter wants the {job} numbers by {time}",
    "{truck} has a flat, swapping trailers",
    "Bender 2 is down till after lunch",
    "Customer at the counter asking for you",
    "Cake in the kitchen",
    "PO {po} is loaded",
    "Can you cover the front desk from {time}?",
    "{bar} delivery from the mill moved to {day}",
];

/// What a number nobody knows might write.
pub(super) const STRANGER_LINES: [&str; 6] = [
    "Hi do you sell rebar to homeowners?",
    "is this the steel yard on Cobb St",
    "What do you charge to bend {qty} pcs of {bar}?",
    "Hello, got your number from a neighbor. Need {bar} for a small wall",
    "You have a job opening for a driver?",
    "wrong person sorry",
];

const JOBS: [&str; 12] = [
    "Second St",
    "Harbor Point",
    "Mill Creek",
    "Laurel Gym",
    "Cedar Tower",
    "Quarry Rd",
    "Pier 9",
    "the water tank",
    "Concord Transit",
    "Fruitvale Clinic",
    "Elm Garage",
    "the Alder job",
];
const BARS: [&str; 7] = ["#3", "#4", "#5", "#6", "#7", "#8", "#11"];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const TIMES: [&str; 10] = [
    "6:00", "6:30", "7:00", "7:15", "8:00", "9:30", "10:00", "11:15", "1:00", "2:30",
];
const LENGTHS: [&str; 7] = ["20'", "40'", "12'-4\"", "8'-0\"", "6'-2\"", "30'", "16'-6\""];
const GATES: [&str; 5] = [
    "back gate",
    "front gate",
    "gate on 3rd",
    "alley side",
    "main entrance",
];
const FOREMEN: [&str; 5] = ["Jesse", "Manny", "Big Tom", "Darnell", "Leticia"];

/// Fills the blanks so that everything said about one topic agrees: the same blank gets the same filling.
pub(super) fn fill_about(topic: u64, text: &str) -> String {
    fill_with(text, |blank| {
        Dice::new(topic ^ blank.bytes().fold(0, |sum, byte| sum * 131 + u64::from(byte)))
    })
}

/// Fills the blanks. The same dice give the same text.
pub(super) fn fill(dice: &mut Dice, text: &str) -> String {
    fill_about(dice.next(), text)
}

fn fill_with(text: &str, dice_for: impl Fn(&str) -> Dice) -> String {
    let mut out = String::with_capacity(text.len() + 24);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((blank, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        rest = tail;
        let mut own = dice_for(blank);
        let dice = &mut own;
        match blank {
            "po" => out.push_str(&dice.between(4200, 4899).to_string()),
            "job" => out.push_str(dice.word(&JOBS)),
            "day" => out.push_str(dice.word(&DAYS)),
            "time" => out.push_str(dice.word(&TIMES)),
            "qty" => out.push_str(&(dice.between(2, 40) * 5).to_string()),
            "bar" => out.push_str(dice.word(&BARS)),
            "len" => out.push_str(dice.word(&LENGTHS)),
            "tons" => out.push_str(&format!("{}.{}", dice.between(1, 18), dice.below(10))),
            "mark" => out.push_str(&format!(
                "{}{}",
                dice.word(&["A", "B", "C", "F", "W"]),
                dice.between(1, 48)
            )),
            "truck" => out.push_str(&format!("truck {}", dice.between(2, 9))),
            "sheet" => out.push_str(&format!("R-{}", dice.between(1, 30))),
            "lap" => out.push_str(&dice.between(24, 62).to_string()),
            "gate" => out.push_str(dice.word(&GATES)),
            "me" => out.push_str(dice.word(&FOREMEN)),
            other => out.push_str(other),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_blank_is_left_unfilled() {
        let mut dice = Dice::new(9);
        let lines = EXCHANGES
            .iter()
            .flat_map(|lines| lines.iter())
            .map(|line| match line {
                In(text) | Out(text) => *text,
            });
        let all = lines
            .chain(OPEN_QUESTIONS)
            .chain(GROUP_LINES)
            .chain(PICTURE_LINES)
            .chain(PAGER_LINES)
            .chain(STRANGER_LINES);
        for line in all {
            let filled = fill(&mut dice, line);
            let has_blank = filled.contains(['{', '}']);
            let is_word = ["po", "job", "qty", "bar", "len", "mark", "sheet"].contains(&filled.as_str());
            assert!(!has_blank && !is_word, "{filled}");
        }
    }
}
