//! Bringing templates in and taking them along.

use super::super::campaign_words as words;
use crate::browser;
use crate::components::file_place::choose;
use crate::components::{FileInput, Glyph, Icon, MenuItem, Popover, use_toasts};
use crate::ipc;
use domain::ipc::IpcError;
use domain::ipc::templates::{ExportTemplates, ImportTemplates, ImportVendorTemplates};
use std::future::Future;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_node_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// There may be others now.
    pub onchange: Callback<()>,
}

/// The menu.
#[component]
pub(super) fn Transfer(props: &Props) -> Html {
    let toasts = use_toasts();
    let picker = use_node_ref();
    let say = {
        let onchange = props.onchange.clone();
        Callback::from(move |said: Result<String, String>| {
            match said {
                Ok(words) => toasts.say(words),
                Err(words) => toasts.fail(words),
            }
            onchange.emit(());
        })
    };
    let from_vendor = after(&say, |()| async {
        ipc::call(ImportVendorTemplates {}).await.map(words::imported)
    });
    let export = after(&say, |()| async {
        let saved = ipc::call(ExportTemplates {}).await?;
        Ok(format!("Saved as {}", saved.path))
    });
    let take = {
        let say = say.clone();
        Callback::from(move |file: web_sys::File| {
            let say = say.clone();
            spawn_local(async move { say.emit(read(file).await) });
        })
    };
    let open = {
        let picker = picker.clone();
        Callback::from(move |()| choose(&picker))
    };
    html! {
        <>
            <Popover trigger={html! { <Glyph icon={Icon::More} /> }} label="Import and export" is_menu={true} at_end={true}
                class="button button-quiet button-small button-icon">
                <MenuItem label="Import from RingCentral" icon={Icon::Sync} onpress={from_vendor} />
                <MenuItem label="Import from a file…" icon={Icon::Upload} onpress={open} />
                <MenuItem label="Export all to a file" icon={Icon::Download} onpress={export} />
            </Popover>
            <FileInput node={picker} label="File with templates" accept=".json,.csv,.txt" onchoose={take} />
        </>
    }
}

/// Does something and says what came of it.
fn after<F>(say: &Callback<Result<String, String>>, work: fn(()) -> F) -> Callback<()>
where
    F: Future<Output = Result<String, IpcError>> + 'static,
{
    let say = say.clone();
    Callback::from(move |()| {
        let say = say.clone();
        spawn_local(async move { say.emit(work(()).await.map_err(|error| error.message)) });
    })
}

async fn read(file: web_sys::File) -> Result<String, String> {
    let name = file.name();
    let bytes = browser::bytes_of(&file)
        .await
        .ok_or_else(|| format!("{name} could not be read."))?;
    let content = String::from_utf8(bytes).map_err(|_| format!("{name} holds no templates."))?;
    ipc::call(ImportTemplates { content })
        .await
        .map(words::imported)
        .map_err(|error| error.message)
}
