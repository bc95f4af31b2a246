//! Where a service in the network is reached, which model it shall use, and its key.

use super::key_field::KeyField;
use super::settled_field::SettledField;
use domain::settings::Settings;
use domain::transcription::{CloudSettings, TranscriberKind, TranscriberState};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub state: TranscriberState,
    pub settings: Settings,
    pub onchange: Callback<Settings>,
    pub reload: Callback<()>,
}

/// The fields.
#[component]
pub(super) fn Cloud(props: &Props) -> Html {
    let kind = props.state.kind;
    let Some(cloud) = cloud(&mut props.settings.clone(), kind).map(|cloud| cloud.clone()) else {
        return Html::default();
    };
    let change = |set: fn(&mut CloudSettings, String)| {
        let (settings, onchange) = (props.settings.clone(), props.onchange.clone());
        Callback::from(move |text: String| {
            let mut settings = settings.clone();
            if let Some(cloud) = self::cloud(&mut settings, kind) {
                set(cloud, text);
            }
            onchange.emit(settings);
        })
    };
    let (address, model) = if kind == TranscriberKind::Gemini {
        ("https://generativelanguage.googleapis.com", "The default model")
    } else {
        ("https://api.openai.com/v1", "whisper-1")
    };
    html! {
        <div class="cloud-fields">
            <KeyField {kind} has_key={props.state.has_key} reload={props.reload.clone()} />
            <div class="cloud-pair">
                <SettledField label="Address" kind="url" value={cloud.endpoint} placeholder={address} hint="Empty takes the usual one."
                    onchange={change(|cloud, text| cloud.endpoint = text)} />
                <SettledField label="Model" value={cloud.model} placeholder={model} onchange={change(|cloud, text| cloud.model = text)} />
            </div>
        </div>
    }
}

fn cloud(settings: &mut Settings, kind: TranscriberKind) -> Option<&mut CloudSettings> {
    match kind {
        TranscriberKind::Gemini => Some(&mut settings.transcription.gemini),
        TranscriberKind::OpenAi => Some(&mut settings.transcription.open_ai),
        TranscriberKind::RingCentral | TranscriberKind::ThisComputer => None,
    }
}
