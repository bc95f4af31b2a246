//! The pages of a fax as the core draws them: the first one in the conversation, all of them in a dialog.
//!
//! Each page keeps its place from the start and is drawn when it comes near to being seen.

use super::file_actions::SaveButton;
use crate::browser;
use crate::components::{Button, ButtonKind, Dialog, Skeleton, SkeletonKind};
use crate::hooks::{Fetched, use_command, use_fax_page, use_seen};
use domain::attachment::{Attachment, FaxPage};
use domain::ids::AttachmentId;
use domain::ipc::inbox::{ListFaxPages, ReadFaxPage};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

/// As wide as the dialog can be, and as the card; see the style sheet.
const DIALOG_WIDTH: f64 = 820.0;
const CARD_WIDTH: f64 = 540.0;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct FirstPageProps {
    pub file: AttachmentId,
    pub onopen: Callback<()>,
}

/// The upper part of the first page; a click shows all of it.
#[component]
pub(super) fn FirstPage(props: &FirstPageProps) -> Html {
    let answer = use_command(Some(ListFaxPages { id: props.file }));
    match (
        answer.value.as_ref().and_then(|pages| pages.first()),
        answer.error,
    ) {
        (Some(page), _) => html! {
            <div class="fax-first">
                <PagePicture file={props.file} index={0} page={*page} width={CARD_WIDTH} scroller=".feed" label="First page"
                    onopen={props.onopen.clone()} />
            </div>
        },
        (None, Some(error)) => failed(error.message, &answer.reload),
        (None, None) => {
            html! { <div class="fax-first fax-coming" role="status" aria-label="Fetching the fax" /> }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub file: Attachment,
    pub title: AttrValue,
    pub onclose: Callback<()>,
}

/// All pages, one below the other.
#[component]
pub(super) fn FaxPages(props: &Props) -> Html {
    let id = props.file.id;
    let answer = use_command(Some(ListFaxPages { id }));
    let body = match (answer.value, answer.error) {
        (Some(pages), _) => html! {
            <div class="fax-pages" tabindex="0" role="group" aria-label="Pages">
                { for pages.iter().enumerate().map(|(index, page)| {
                    let label = format!("Page {} of {}", index + 1, pages.len());
                    html! {
                        <figure key={index}>
                            <PagePicture file={id} index={u32::try_from(index).unwrap_or(u32::MAX)} page={*page} width={DIALOG_WIDTH}
                                scroller=".dialog-body" label={label.clone()} />
                            if pages.len() > 1 { <figcaption>{ label }</figcaption> }
                        </figure>
                    }
                }) }
            </div>
        },
        (None, Some(error)) => failed(error.message, &answer.reload),
        (None, None) => html! { <Skeleton kind={SkeletonKind::Panel} /> },
    };
    html! {
        <Dialog title={props.title.clone()} wide={true} onclose={props.onclose.clone()} footer={html! { <SaveButton file={props.file.clone()} /> }}>
            { body }
        </Dialog>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PageProps {
    file: AttachmentId,
    index: u32,
    page: FaxPage,
    /// In pixels of the style sheet.
    width: f64,
    scroller: &'static str,
    label: AttrValue,
    /// What a click on the page does, where it does anything.
    #[prop_or_default]
    onopen: Option<Callback<()>>,
}

#[component]
fn PagePicture(props: &PageProps) -> Html {
    let node = use_node_ref();
    let is_seen = use_seen(&node, props.scroller);
    let request = ReadFaxPage {
        id: props.file,
        index: props.index,
        width_px: browser::device_pixels(props.width),
    };
    let (fetched, again) = use_fax_page(request, is_seen);
    use_effect_with((node.clone(), props.page), |(node, page)| {
        browser::set_style(node, "aspect-ratio", &format!("{} / {}", page.width, page.height));
    });
    html! {
        <div ref={node} class="fax-page">
            { match fetched {
                Fetched::NotYet | Fetched::OnItsWay => Html::default(),
                Fetched::Failed(message) => failed(message, &again),
                Fetched::Here(url) => {
                    let picture = html! { <img src={url.address()} alt={props.label.clone()} draggable="false" /> };
                    match &props.onopen {
                        Some(onopen) => html! {
                            <button type="button" class="fax-open" title="Show all pages" onclick={onopen.reform(|_| ())}>{ picture }</button>
                        },
                        None => picture,
                    }
                }
            } }
        </div>
    }
}

fn failed(message: String, again: &Callback<()>) -> Html {
    html! {
        <p class="file is-bad" role="alert"><span>{ message }</span>
            <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={again.clone()} /></p>
    }
}
