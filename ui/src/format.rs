//! How values read on screen. Pure: the moment and the time zone come in as arguments.

pub(crate) mod dates;
pub(crate) mod durations;
pub(crate) mod kept_words;
pub(crate) mod match_words;
pub(crate) mod names;
pub(crate) mod numbers;
pub(crate) mod presence_words;
pub(crate) mod summary;
pub(crate) mod sync_words;

/// `1 text`, `3 texts`, `1,204 texts`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with separators between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `name`, `name and company`, `name, company and date`.
pub(crate) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `512 bytes`, `48 kB`, `1.3 MB`.
pub(crate) fn file_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_204), "1,204");
        assert_eq!(grouped(61_834_207), "61,834,207");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(1, "page", "pages"), "1 page");
        assert_eq!(counted(0, "page", "pages"), "0 pages");
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["name"]), "name");
        assert_eq!(listed(&["name", "company", "date"]), "name, company and date");
    }

    #[test]
    fn file_sizes_have_a_fitting_unit() {
        assert_eq!(file_size(512), "512 bytes");
        assert_eq!(file_size(48_200), "48 kB");
        assert_eq!(file_size(1_380_000), "1.3 MB");
    }
}
