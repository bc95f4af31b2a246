//! All keys on one sheet.

use crate::components::Dialog;
use yew::{Callback, Html, Properties, component, html};

const GROUPS: [(&str, &[(&str, &str)]); 8] = [
    (
        "Anywhere",
        &[
            ("/", "Search"),
            ("f", "New fax"),
            ("?", "This sheet"),
            ("Ctrl Z", "Undo what the note at the bottom says"),
            ("Esc", "Close or go back"),
        ],
    ),
    (
        "Inbox",
        &[
            ("j", "Next item"),
            ("k", "Previous item"),
            ("Enter", "Go to the conversation"),
            ("r", "Reply with a text"),
            ("e", "Done, or back to the inbox"),
            ("u", "Read or unread"),
            ("x", "Choose, to change several at once"),
        ],
    ),
    (
        "Voicemail",
        &[
            ("Space", "Play or pause the open one"),
            ("←", "Back 10 seconds"),
            ("→", "On 10 seconds"),
        ],
    ),
    (
        "Reading a fax",
        &[
            ("+", "Larger; − smaller, 0 fits the width, 9 the page"),
            ("r", "Turn right; R turns left"),
            ("i", "Invert the colours"),
            ("t", "Thumbnails"),
            ("f", "Full screen"),
            ("Ctrl F", "Find words"),
        ],
    ),
    (
        "Writing a text",
        &[
            ("Ctrl Enter", "Send"),
            ("/", "Insert a template, at the beginning of a word"),
            ("Ctrl Z", "Take the last text back, while the field is empty"),
            ("Esc", "Leave the field; what you wrote is kept"),
        ],
    ),
    (
        "Making a fax ready",
        &[
            ("Ctrl Enter", "Send"),
            ("← →", "From page to page"),
            ("Shift ← →", "Move the page"),
            ("t", "Turn the page"),
            ("Delete", "Take the page out"),
            ("Ctrl Z", "Put back what was taken out last"),
        ],
    ),
    (
        "Text campaigns",
        &[
            ("n", "New campaign or template"),
            ("Ctrl Enter", "Next step; save a template"),
        ],
    ),
    (
        "Choosing several",
        &[
            ("Shift click", "From the last one to here"),
            ("Ctrl click", "One more"),
            ("Ctrl A", "All that are loaded"),
        ],
    ),
];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub onclose: Callback<()>,
}

/// The sheet.
#[component]
pub(crate) fn Help(props: &Props) -> Html {
    html! {
        <Dialog title="Keyboard shortcuts" onclose={props.onclose.clone()}>
            <div class="help">
                for (title, keys) in GROUPS {
                    <section>
                        <h3>{ title }</h3>
                        <dl>{ for keys.iter().map(line) }</dl>
                    </section>
                }
            </div>
            <p class="hint">{ "Single keys do nothing while you type in a field." }</p>
        </Dialog>
    }
}

fn line((key, what): &(&str, &str)) -> Html {
    html! {
        <div>
            <dt>{ for key.split(' ').map(|key| html! { <kbd>{ key.to_owned() }</kbd> }) }</dt>
            <dd>{ *what }</dd>
        </div>
    }
}
