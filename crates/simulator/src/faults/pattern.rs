//! Where a fault strikes: an operation's name, or a method and a path with wildcards.

/// Whether `pattern` means this request.
pub(super) fn matches(pattern: &str, operation: Option<&str>, method: &str, path: &str) -> bool {
    let pattern = pattern.trim();
    if pattern.is_empty() || pattern == "*" {
        return true;
    }
    if !pattern.contains('/') {
        return operation == Some(pattern);
    }
    let path_pattern = match pattern.split_once(' ') {
        Some((wanted, _)) if !wanted.eq_ignore_ascii_case(method) => return false,
        Some((_, rest)) => rest.trim(),
        None => pattern,
    };
    let wanted: Vec<&str> = segments(path_pattern).collect();
    let given: Vec<&str> = segments(path).collect();
    segments_match(&wanted, &given)
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

fn segments_match(wanted: &[&str], given: &[&str]) -> bool {
    match (wanted, given) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            segments_match(rest, given)
                || given
                    .split_first()
                    .is_some_and(|(_, tail)| segments_match(wanted, tail))
        }
        ([first, rest @ ..], [segment, tail @ ..]) => {
            (*first == "*" || first == segment) && segments_match(rest, tail)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_by_operation_method_and_segments() {
        let path = "/restapi/v1.0/account/~/extension/~/message-sync";
        assert!(matches("syncMessages", Some("syncMessages"), "GET", path));
        assert!(matches("/restapi/**/message-sync", None, "GET", path));
        assert!(matches(
            "get /restapi/v1.0/account/*/extension/*/message-sync",
            None,
            "GET",
            path
        ));
        assert!(!matches("POST /restapi/**", None, "GET", path));
        assert!(!matches("/restapi/*/message-sync", None, "GET", path));
        assert!(!matches("/restapi", None, "GET", path));
    }
}
