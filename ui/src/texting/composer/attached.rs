//! The files that will go along, each with its size and a way to take it off.

use super::use_files::shown;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::format::{counted, file_size};
use domain::outgoing::Picture;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub pictures: Vec<Picture>,
    pub is_busy: bool,
    pub onremove: Callback<Picture>,
}

/// The row, when there is something in it.
#[component]
pub(super) fn Attached(props: &Props) -> Html {
    if props.pictures.is_empty() && !props.is_busy {
        return Html::default();
    }
    let total: u64 = props.pictures.iter().map(|picture| picture.size_bytes).sum();
    let count = props.pictures.len() as u64;
    let remove = |picture: &Picture| {
        let (onremove, picture) = (props.onremove.clone(), picture.clone());
        Callback::from(move |()| onremove.emit(picture.clone()))
    };
    html! {
        <ul class="attached" aria-label="Files that go along">
            { for props.pictures.iter().map(|picture| html! {
                <li key={picture.id.0}>
                    { sign(picture) }
                    <span class="attached-words"><span title={picture.file_name.clone()}>{ &picture.file_name }</span>
                        <span class="hint">{ file_size(picture.size_bytes) }</span></span>
                    <Button label={format!("Remove {}", picture.file_name)} icon={Icon::Close} kind={ButtonKind::Quiet} small={true}
                        icon_only={true} onpress={remove(picture)} />
                </li>
            }) }
            if props.is_busy { <li role="status"><span class="attached-sign is-coming" /><span class="hint">{ "Adding…" }</span></li> }
            if count > 1 { <li class="attached-total hint">{ format!("{}, {}", counted(count, "file", "files"), file_size(total)) }</li> }
        </ul>
    }
}

fn sign(picture: &Picture) -> Html {
    match shown(picture.id) {
        Some(url) => html! { <img class="attached-sign" src={url.address()} alt="" /> },
        None => html! { <span class="attached-sign"><Glyph icon={Icon::Attach} /></span> },
    }
}
