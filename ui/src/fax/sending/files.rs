//! The files of a fax: what they are, and why one cannot be sent.

use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::format::{counted, file_size};
use domain::fax::{FaxFile, FaxFileKind};
use yew::{Callback, Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub files: Vec<FaxFile>,
    /// More are being read.
    pub is_adding: bool,
    pub onadd: Callback<()>,
    pub onremove: Callback<FaxFile>,
}

/// The list.
#[component]
pub(super) fn Files(props: &Props) -> Html {
    html! {
        <section class="fax-section" aria-label="Files">
            <header>
                <h3>{ "Files" }</h3>
                <Button label="Add files…" icon={Icon::Plus} kind={ButtonKind::Quiet} small={true} disabled={props.is_adding}
                    hint="Or drop them on the window" onpress={props.onadd.clone()} />
            </header>
            if props.files.is_empty() && !props.is_adding { <p class="hint">{ "None yet" }</p> }
            <ul class="fax-files">
                { for props.files.iter().map(|file| line(file, &props.onremove)) }
                if props.is_adding { <li class="fax-adding" role="status"><span class="spinner" /><span>{ "Adding files…" }</span></li> }
            </ul>
        </section>
    }
}

fn line(file: &FaxFile, onremove: &Callback<FaxFile>) -> Html {
    let remove = {
        let (onremove, file) = (onremove.clone(), file.clone());
        Callback::from(move |()| onremove.emit(file.clone()))
    };
    html! {
        <li key={file.id.0} class={classes!(file.fault.is_some().then_some("has-fault"))}>
            <Glyph icon={if file.fault.is_some() { Icon::Warning } else { Icon::File }} />
            <div class="fax-file-words">
                <b title={file.file_name.clone()}>{ &file.file_name }</b>
                if let Some(fault) = &file.fault {
                    <span class="is-bad" role="alert">{ fault }</span>
                } else {
                    <span class="hint">{ details(file) }</span>
                }
            </div>
            <Button label={format!("Remove {}", file.file_name)} icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={remove} />
        </li>
    }
}

/// `PDF · 12 pages · 3.1 MB`.
fn details(file: &FaxFile) -> String {
    let kind = match file.kind {
        FaxFileKind::Pdf => "PDF",
        FaxFileKind::Tiff => "TIFF",
        FaxFileKind::Picture => "Picture",
        FaxFileKind::Text => "Text",
        FaxFileKind::ConvertedByRingCentral => "RingCentral converts it",
    };
    let pages = file
        .page_count
        .map(|count| counted(u64::from(count), "page", "pages"));
    [Some(kind.to_owned()), pages, Some(file_size(file.size_bytes))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::file;
    use super::*;

    #[test]
    fn a_file_says_what_it_is_and_how_much() {
        let mut plans = file(1, "plans.pdf");
        plans.size_bytes = 3_100_000;
        assert_eq!(details(&plans), "PDF · 2 pages · 3.1 MB");
        plans.kind = FaxFileKind::ConvertedByRingCentral;
        plans.page_count = None;
        assert_eq!(details(&plans), "RingCentral converts it · 3.1 MB");
    }
}
