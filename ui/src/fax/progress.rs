//! That a fax is being fetched, and how far that is.

use super::words;
use domain::fax::Transfer;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub transfer: Option<Transfer>,
}

/// Words and a bar; one that only says that something moves while the size is not known.
#[component]
pub(crate) fn FetchingNote(props: &Props) -> Html {
    let known = props.transfer.and_then(|transfer| {
        let total = transfer.total_bytes.filter(|total| *total > 0)?;
        Some((transfer.done_bytes.min(total), total))
    });
    html! {
        <div class="fax-fetching" role="status">
            <p>{ words::fetching(props.transfer) }</p>
            if let Some((done, total)) = known {
                <progress max={total.to_string()} value={done.to_string()} aria-label="Fetched" />
            } else {
                <i class="spinner" />
            }
        </div>
    }
}
