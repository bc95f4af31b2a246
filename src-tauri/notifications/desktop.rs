//! Native notifications on Linux, one task for each that is on the screen.
//!
//! A click opens what they are about, and they offer what the notice allows where the desktop's notification server has actions.
//! Those of a call stay until it is settled; how long others stay is the desktop's affair.

use std::collections::HashMap;

use domain::event::CoreEvent;
use domain::ipc::calls::{AddCaller, ShowCaller};
use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use switchboard_core::notices::{Notice, NoticeAction, NoticeKind, NoticeSubject, NoticeTag, NoticeUrgency};
use tauri::{AppHandle, Manager as _, Runtime};
use tokio::sync::oneshot;

use crate::{core::Core, events, windows};

/// Sent by the notification server for a click on the notification itself, which has no button.
const CLICK: &str = "default";
const OPEN: &str = "open";
const ADD_CONTACT: &str = "add-contact";

/// Those on the screen.
pub(super) struct DesktopNotices<R: Runtime> {
    app: AppHandle<R>,
    shown: HashMap<NoticeTag, oneshot::Sender<()>>,
}

impl<R: Runtime> DesktopNotices<R> {
    pub(super) fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            shown: HashMap::new(),
        }
    }

    /// Shows a notice; one with the same tag goes away.
    pub(super) fn show(&mut self, notice: Notice) {
        let (close, closing) = oneshot::channel();
        // Dropping the sender of the notice before has it closed, as sending would.
        self.shown.insert(notice.tag.clone(), close);
        self.shown.retain(|_, close| !close.is_closed());
        tauri::async_runtime::spawn(stay(self.app.clone(), notice, closing));
    }

    /// Takes a notice off the screen.
    pub(super) fn close(&mut self, tag: &NoticeTag) {
        self.shown.remove(tag);
    }
}

/// Lives as long as the notification is on the screen.
async fn stay<R: Runtime>(app: AppHandle<R>, notice: Notice, closing: oneshot::Receiver<()>) {
    let handle = match compose(&notice).show_async().await {
        Ok(handle) => handle,
        Err(error) => {
            // Neither title nor body: they name people.
            tracing::warn!(kind = ?notice.kind, %error, "a notice could not be shown");
            return;
        }
    };
    tokio::select! {
        chosen = choice(&handle) => if let Some(action) = chosen {
            act(&app, &notice.subject, action).await;
            // Most servers take a notification away once it was clicked; those that do not would show a call for ever.
            handle.close_async().await;
        },
        _ = closing => handle.close_async().await,
    }
}

fn compose(notice: &Notice) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Switchboard")
        .icon("switchboard")
        .summary(&notice.title)
        .body(&notice.body);
    if notice.kind == NoticeKind::IncomingCall {
        notification
            .hint(Hint::Category("call.incoming".to_owned()))
            .timeout(Timeout::Never);
    }
    notification.urgency(match notice.urgency {
        NoticeUrgency::Critical => Urgency::Critical,
        NoticeUrgency::Normal => Urgency::Normal,
    });
    for action in &notice.actions {
        match action {
            NoticeAction::Open => notification.action(CLICK, "Open").action(OPEN, "Open"),
            NoticeAction::AddContact => notification.action(ADD_CONTACT, "Add contact"),
        };
    }
    notification
}

/// What the person chose; `None` when the notification was put away.
async fn choice(handle: &NotificationHandle) -> Option<NoticeAction> {
    let mut chosen = None;
    handle
        .wait_for_action_async(|response| {
            chosen = match response {
                NotificationResponse::Default => Some(NoticeAction::Open),
                NotificationResponse::Action(name) if name == ADD_CONTACT => Some(NoticeAction::AddContact),
                NotificationResponse::Action(_) => Some(NoticeAction::Open),
                _ => None,
            };
        })
        .await;
    chosen
}

async fn act<R: Runtime>(app: &AppHandle<R>, subject: &NoticeSubject, action: NoticeAction) {
    let session_id = match subject {
        NoticeSubject::Call(session_id) => session_id.clone(),
        NoticeSubject::Communication(id) => {
            windows::show_main(app);
            events::emit(app, &CoreEvent::OpenCommunication { id: *id });
            return;
        }
        NoticeSubject::Nothing => {
            windows::show_main(app);
            return;
        }
    };
    let core = app.state::<Core>();
    let Ok(core) = core.get() else { return };
    let done = match action {
        NoticeAction::Open => core.show_caller(ShowCaller { session_id }).await,
        NoticeAction::AddContact => core.add_caller(AddCaller { session_id }).await,
    };
    if let Err(error) = done {
        tracing::warn!(%error, "what was chosen in a notification could not be done");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CommunicationId;

    fn notice(kind: NoticeKind, urgency: NoticeUrgency) -> Notice {
        Notice {
            tag: NoticeTag::new("fax", 7),
            kind,
            title: "Fax to Maria Lopez failed".to_owned(),
            body: "The line was busy.".to_owned(),
            actions: vec![NoticeAction::Open],
            subject: NoticeSubject::Communication(CommunicationId(7)),
            urgency,
        }
    }

    #[test]
    fn a_click_on_a_notice_of_a_fax_is_told_and_it_does_not_pass_for_a_call() {
        let shown = compose(&notice(NoticeKind::Fax, NoticeUrgency::Normal));
        assert!(shown.actions.iter().any(|action| action == CLICK));
        let is_call =
            |shown: &Notification| shown.hints.contains(&Hint::Category("call.incoming".to_owned()));
        assert!(!is_call(&shown));
        let call = compose(&notice(NoticeKind::IncomingCall, NoticeUrgency::Critical));
        assert!(is_call(&call));
    }
}
