//! A list from a spreadsheet.

use super::super::plan::PickedFile;
use super::super::use_plan::Edits;
use super::columns::Columns;
use super::decode::decode;
use crate::browser;
use crate::components::{Button, ButtonKind, FilePlace, Icon, Strip, StripKind};
use crate::format::counted;
use crate::ipc;
use domain::ipc::campaigns::ReadCampaignFile;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

/// Fifty thousand lines with everything one knows of a person are smaller.
const MOST_BYTES: f64 = 16_000_000.0;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub file: Option<PickedFile>,
    pub edits: Edits,
}

/// The place to put it, or its columns.
#[component]
pub(super) fn FromFile(props: &Props) -> Html {
    let failure = use_state(|| None::<String>);
    let is_reading = use_state(|| false);
    let take = {
        let (edits, failure, is_reading) = (props.edits.clone(), failure.setter(), is_reading.setter());
        Callback::from(move |file: web_sys::File| {
            let (edits, failure, is_reading) = (edits.clone(), failure.clone(), is_reading.clone());
            is_reading.set(true);
            failure.set(None);
            spawn_local(async move {
                match read(file).await {
                    Ok(file) => edits.edit(move |plan| plan.file = Some(file)),
                    Err(words) => failure.set(Some(words)),
                }
                is_reading.set(false);
            });
        })
    };
    let remove = {
        let edits = props.edits.clone();
        Callback::from(move |()| edits.edit(|plan| plan.file = None))
    };
    let onchange = {
        let edits = props.edits.clone();
        Callback::from(move |file: PickedFile| edits.edit(move |plan| plan.file = Some(file)))
    };
    html! {
        <div class="from-file">
            if let Some(failure) = &*failure { <Strip kind={StripKind::Failure} text={failure.clone()} /> }
            if let Some(file) = &props.file {
                <p class="from-file-name">
                    <b>{ &file.name }</b>
                    <span class="hint">{ counted(file.columns.rows.into(), "row", "rows") }</span>
                    <Button label="Remove the file" icon={Icon::Trash} kind={ButtonKind::Quiet} small={true} onpress={remove} />
                </p>
                <Columns file={file.clone()} {onchange} />
            } else if *is_reading {
                <div class="import-wait" role="status"><span class="spinner" aria-hidden="true" /><p>{ "Reading the file…" }</p></div>
            } else {
                <FilePlace text="A CSV file with one recipient per line. One column holds the numbers, the others can fill placeholders."
                    label="File with recipients" accept=".csv,.txt,.tsv,text/csv" onchoose={take} />
            }
        </div>
    }
}

async fn read(file: web_sys::File) -> Result<PickedFile, String> {
    let name = file.name();
    if file.size() > MOST_BYTES {
        return Err(format!(
            "{name} is too large for a list of recipients; was it the right file?"
        ));
    }
    let bytes = browser::bytes_of(&file)
        .await
        .ok_or_else(|| format!("{name} could not be read."))?;
    let content = decode(&bytes);
    let request = ReadCampaignFile {
        file_name: name.clone(),
        content: content.clone(),
    };
    let columns = ipc::call(request).await.map_err(|error| error.message)?;
    Ok(PickedFile {
        number_column: columns.number_column,
        values: columns.values.clone(),
        name,
        content,
        columns,
    })
}
