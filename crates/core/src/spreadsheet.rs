//! Text for tables that people open with a spreadsheet. Numbers and dates are not touched: they are no text.

/// UTF-8 as spreadsheets recognise it; without the mark they read accents wrongly.
pub const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A cell that no spreadsheet takes for a formula: what strangers wrote must not calculate.
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn what_looks_like_a_formula_is_disarmed_and_nothing_else_is_touched() {
        assert_eq!(guarded("=HYPERLINK(\"http://x\")"), "'=HYPERLINK(\"http://x\")");
        assert_eq!(guarded("-1"), "'-1");
        assert_eq!(guarded("3 = three"), "3 = three");
    }
}
