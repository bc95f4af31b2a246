//! In which order the calls stand. Pure.

use domain::ids::CallSessionId;
use domain::live_calls::CompanyCall;
use std::rc::Rc;

/// As the core has them; what stood there `before` keeps its order and new ones come after it, so that no row moves away from under a
/// pointer. Nothing `before` lets them stand as they come.
pub(super) fn steady(before: &[CallSessionId], calls: &[CompanyCall]) -> Vec<Rc<CompanyCall>> {
    let place = |call: &Rc<CompanyCall>| {
        before
            .iter()
            .position(|id| *id == call.session_id)
            .unwrap_or(before.len())
    };
    let mut ordered: Vec<Rc<CompanyCall>> = calls.iter().cloned().map(Rc::new).collect();
    ordered.sort_by_key(place);
    ordered
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::call;
    use super::*;
    use domain::live_calls::CompanyCallState;

    fn calls(ids: &[&str]) -> Vec<CompanyCall> {
        let with = |id: &&str| CompanyCall {
            session_id: CallSessionId::from(*id),
            ..call(&[], CompanyCallState::Waiting)
        };
        ids.iter().map(with).collect()
    }

    fn ordered(before: &[&str], now: &[&str]) -> Vec<String> {
        let before: Vec<CallSessionId> = before.iter().map(|id| CallSessionId::from(*id)).collect();
        let ordered = steady(&before, &calls(now));
        ordered.iter().map(|call| call.session_id.to_string()).collect()
    }

    #[test]
    fn under_a_pointer_rows_keep_their_order_and_new_ones_come_last() {
        assert_eq!(ordered(&["a", "b", "c"], &["new", "c", "a"]), ["a", "c", "new"]);
    }

    #[test]
    fn otherwise_they_stand_as_the_core_has_them() {
        assert_eq!(ordered(&[], &["c", "a", "b"]), ["c", "a", "b"]);
    }
}
