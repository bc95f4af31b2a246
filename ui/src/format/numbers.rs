//! Telephone numbers where only the comparable form is known.
//!
//! The core formats numbers with libphonenumber's tables. What a machine heard in a recording comes without; here it is made readable.

use domain::phone_number::E164;

/// `(510) 555-0147` within the North American plan; elsewhere as it is, `+4930123456`.
pub(crate) fn readable(number: &E164) -> String {
    let text = number.as_str();
    let local = text.strip_prefix("+1").filter(|local| local.len() == 10);
    let parts = local.and_then(|local| Some((local.get(..3)?, local.get(3..6)?, local.get(6..)?)));
    match parts {
        Some((area, exchange, line)) => format!("({area}) {exchange}-{line}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_numbers_are_grouped_and_others_left_alone() {
        let readable = |text: &str| readable(&E164::new(text).unwrap());
        assert_eq!(readable("+15105550147"), "(510) 555-0147");
        assert_eq!(readable("+4930123456"), "+4930123456");
        assert_eq!(readable("+1510555"), "+1510555");
    }
}
