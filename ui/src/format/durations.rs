//! Lengths of time in words and in digits.

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long somebody talked: `32 s`, `4 min 12 s`, `1 h 3 min`.
pub(crate) fn talk_time(seconds: u32) -> String {
    let seconds = u64::from(seconds);
    match seconds {
        0..MINUTE => format!("{seconds} s"),
        MINUTE..HOUR if seconds.is_multiple_of(MINUTE) => format!("{} min", seconds / MINUTE),
        MINUTE..HOUR => format!("{} min {} s", seconds / MINUTE, seconds % MINUTE),
        _ => format!("{} h {} min", seconds / HOUR, seconds % HOUR / MINUTE),
    }
}

/// As a player shows it: `0:32`, `12:05`, `1:02:03`.
pub(crate) fn on_the_clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// How long something has been waiting, only as exact as it matters: `just now`, `22 min`, `1 h 10 min`, `5 h`, `3 days`.
pub(crate) fn waiting(seconds: u64) -> String {
    match seconds {
        0..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..10_800 if seconds % HOUR >= MINUTE => {
            format!("{} h {} min", seconds / HOUR, seconds % HOUR / MINUTE)
        }
        HOUR..DAY => format!("{} h", seconds / HOUR),
        DAY..172_800 => "1 day".to_owned(),
        _ => format!("{} days", seconds / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_time_leaves_out_what_is_zero() {
        assert_eq!(talk_time(0), "0 s");
        assert_eq!(talk_time(32), "32 s");
        assert_eq!(talk_time(120), "2 min");
        assert_eq!(talk_time(252), "4 min 12 s");
        assert_eq!(talk_time(3_780), "1 h 3 min");
    }

    #[test]
    fn players_show_hours_only_when_there_are_any() {
        assert_eq!(on_the_clock(32), "0:32");
        assert_eq!(on_the_clock(725), "12:05");
        assert_eq!(on_the_clock(3_723), "1:02:03");
    }

    #[test]
    fn waiting_grows_coarser() {
        assert_eq!(waiting(59), "just now");
        assert_eq!(waiting(22 * 60), "22 min");
        assert_eq!(waiting(70 * 60), "1 h 10 min");
        assert_eq!(waiting(5 * 3600 + 1200), "5 h");
        assert_eq!(waiting(30 * 3600), "1 day");
        assert_eq!(waiting(80 * 3600), "3 days");
    }
}
