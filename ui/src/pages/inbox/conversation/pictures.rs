//! The pictures and files of a multimedia text.

use super::file_actions::SaveButton;
use crate::components::{Button, ButtonKind, Dialog};
use crate::hooks::{Fetched, use_attachment};
use domain::attachment::{Attachment, AttachmentKind};
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub files: Vec<Attachment>,
}

/// All of them.
#[component]
pub(crate) fn Pictures(props: &Props) -> Html {
    html! {
        for file in props.files.iter().filter(|file| file.kind == AttachmentKind::Media) {
            if file.content_type.starts_with("image/") {
                <Picture key={file.id.0} file={file.clone()} />
            } else {
                <div key={file.id.0} class="file"><span>{ &file.file_name }</span><SaveButton file={file.clone()} /></div>
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PictureProps {
    file: Attachment,
}

#[component]
fn Picture(props: &PictureProps) -> Html {
    let (fetched, again) = use_attachment(Some(&props.file), true);
    let is_enlarged = use_state(|| false);
    let enlarge = |large: bool| {
        let is_enlarged = is_enlarged.setter();
        Callback::from(move |()| is_enlarged.set(large))
    };
    match fetched {
        Fetched::NotYet | Fetched::OnItsWay => {
            html! { <div class="picture picture-coming" role="status" aria-label="Fetching a picture" /> }
        }
        Fetched::Failed(message) => html! {
            <div class="file is-bad"><span>{ message }</span>
                <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={again} /></div>
        },
        Fetched::Here(url) => html! {
            <>
                <button type="button" class="picture" onclick={enlarge(true).reform(|_| ())} title="Enlarge">
                    <img src={url.address()} alt={props.file.file_name.clone()} />
                </button>
                if *is_enlarged {
                    <Dialog title={props.file.file_name.clone()} wide={true} onclose={enlarge(false)}
                        footer={html! { <SaveButton file={props.file.clone()} /> }}>
                        <img class="picture-large" src={url.address()} alt={props.file.file_name.clone()} />
                    </Dialog>
                }
            </>
        },
    }
}
