//! Pause, resume, try again, cancel, export.

use crate::components::{Button, ButtonKind, Dialog, Icon, use_toasts};
use crate::format::counted;
use crate::ipc;
use domain::campaign::{Campaign, CampaignState};
use domain::ipc::campaigns::{CancelCampaign, ExportCampaign, PauseCampaign, ResumeCampaign, RetryCampaign};
use domain::ipc::{Command, IpcError};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub campaign: Rc<Campaign>,
    /// Something was done to it.
    pub onchange: Callback<()>,
}

/// The buttons. Cancelling asks first, because it cannot be taken back.
#[component]
pub(super) fn Actions(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_busy = use_state(|| false);
    let asks = use_state(|| false);
    let id = props.campaign.id;
    let set_asks = |shows: bool| {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(shows))
    };
    let run = {
        let (is_busy, onchange, toasts) = (is_busy.setter(), props.onchange.clone(), toasts.clone());
        Callback::from(move |wish: Wish| {
            let (is_busy, onchange, toasts) = (is_busy.clone(), onchange.clone(), toasts.clone());
            is_busy.set(true);
            spawn_local(async move {
                match wish.carry_out(id).await {
                    Ok(Some(words)) => toasts.say(words),
                    Ok(None) => {}
                    Err(error) => toasts.fail(error.message),
                }
                is_busy.set(false);
                onchange.emit(());
            });
        })
    };
    let press = |wish: Wish| run.reform(move |()| wish);
    let cancel = {
        let (asks, run) = (asks.setter(), run.clone());
        Callback::from(move |()| {
            asks.set(false);
            run.emit(Wish::Cancel);
        })
    };
    let state = props.campaign.state;
    let can_cancel = matches!(state, CampaignState::Running | CampaignState::Paused);
    let retryable = props.campaign.counts.retryable;
    let waiting = counted(props.campaign.counts.waiting.into(), "message", "messages");
    let footer = html! {
        <>
            <Button label="Let it go on" onpress={set_asks(false)} />
            <Button label="Cancel the campaign" kind={ButtonKind::Danger} onpress={cancel} />
        </>
    };
    html! {
        <div class="campaign-actions">
            if state == CampaignState::Running {
                <Button label="Pause" icon={Icon::Pause} disabled={*is_busy} onpress={press(Wish::Pause)} />
            }
            if state == CampaignState::Paused {
                <Button label="Resume" icon={Icon::Play} kind={ButtonKind::Primary} disabled={*is_busy} onpress={press(Wish::Resume)} />
            }
            if retryable > 0 && state != CampaignState::Cancelled {
                <Button label={format!("Try {retryable} again")} icon={Icon::Sync} disabled={*is_busy} onpress={press(Wish::Retry)}
                    hint="RingCentral did not take these over, and another try can help" />
            }
            if can_cancel {
                <Button label="Cancel…" kind={ButtonKind::Danger} disabled={*is_busy} onpress={set_asks(true)} />
            }
            <Button label="Export" icon={Icon::Download} disabled={*is_busy} hint="The result per recipient as a CSV file" onpress={press(Wish::Export)} />
            if *asks && can_cancel {
                <Dialog title="Cancel this campaign?" onclose={set_asks(false)} {footer}>
                    <p>{ format!("{waiting} will not be sent, and the campaign cannot be taken up again. What has left stays sent.") }</p>
                </Dialog>
            }
        </div>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Pause,
    Resume,
    Retry,
    Cancel,
    Export,
}

impl Wish {
    /// Does it; says something where the page itself does not show it.
    async fn carry_out(self, id: domain::ids::CampaignId) -> Result<Option<String>, IpcError> {
        match self {
            Self::Pause => done(PauseCampaign { id }).await,
            Self::Resume => done(ResumeCampaign { id }).await,
            Self::Retry => ipc::call(RetryCampaign { id }).await.map(|_| None),
            Self::Cancel => done(CancelCampaign { id }).await,
            Self::Export => {
                let saved = ipc::call(ExportCampaign { id }).await?;
                Ok(Some(format!("Saved as {}", saved.path)))
            }
        }
    }
}

async fn done<C: Command<Reply = ()>>(command: C) -> Result<Option<String>, IpcError> {
    ipc::call(command).await.map(|()| None)
}
