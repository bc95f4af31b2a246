//! How a fax reads: how far it is, what became of it. Pure.

use crate::format::file_size;
use domain::communication::{Communication, DeliveryState, Direction};
use domain::fax::Transfer;

/// `Fetching the fax: 1.2 MB of 3.4 MB`.
pub(crate) fn fetching(transfer: Option<Transfer>) -> String {
    match transfer {
        Some(Transfer {
            done_bytes,
            total_bytes: Some(total),
        }) => format!(
            "Fetching the fax: {} of {}",
            file_size(done_bytes),
            file_size(total)
        ),
        Some(Transfer {
            done_bytes,
            total_bytes: None,
        }) if done_bytes > 0 => format!("Fetching the fax: {}", file_size(done_bytes)),
        _ => "Fetching the fax".to_owned(),
    }
}

/// `Fax from Ironline Construction`.
pub(crate) fn title(item: &Communication) -> String {
    let side = match item.direction {
        Direction::Inbound => "from",
        Direction::Outbound => "to",
    };
    format!("Fax {side} {}", item.party.label)
}

/// What became of it at one recipient.
pub(crate) fn outcome(state: &DeliveryState) -> String {
    match state {
        DeliveryState::Received => "Received".to_owned(),
        DeliveryState::Queued => "Queued at RingCentral".to_owned(),
        DeliveryState::Sent => "Sent".to_owned(),
        DeliveryState::Delivered => "Delivered".to_owned(),
        DeliveryState::Failed { reason } => format!("Not sent: {reason}"),
        DeliveryState::Unknown => "Not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_fax_is_says_only_what_is_known() {
        let transfer = |done_bytes, total_bytes| {
            Some(Transfer {
                done_bytes,
                total_bytes,
            })
        };
        assert_eq!(
            fetching(transfer(1_200_000, Some(3_400_000))),
            "Fetching the fax: 1.2 MB of 3.4 MB"
        );
        assert_eq!(fetching(transfer(48_000, None)), "Fetching the fax: 48 kB");
        assert_eq!(fetching(None), "Fetching the fax");
    }
}
