//! Native notifications of inbound calls on Linux, one task for each.
//!
//! They stay until the call is settled, and offer what the notice allows where the desktop's notification server has actions.

use std::collections::HashMap;

use domain::ipc::calls::{AddCaller, ShowCaller};
use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use switchboard_core::notices::{Notice, NoticeAction, NoticeSubject, NoticeTag};
use tauri::{AppHandle, Manager as _, Runtime};
use tokio::sync::oneshot;

use crate::{core::Core, windows};

/// Sent by the notification server for a click on the notification itself, which has no button.
const CLICK: &str = "default";
const OPEN: &str = "open";
const ADD_CONTACT: &str = "add-contact";

/// Those on the screen.
pub(super) struct CallNotices<R: Runtime> {
    app: AppHandle<R>,
    shown: HashMap<NoticeTag, oneshot::Sender<()>>,
}

impl<R: Runtime> CallNotices<R> {
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
            tracing::warn!(%error, "an inbound call could not be announced; its card still appears");
            return;
        }
    };
    tokio::select! {
        chosen = choice(&handle) => if let Some(action) = chosen {
            act(&app, &notice.subject, action).await;
            // Most servers take a notification away once it was clicked; those that do not would show the call for ever.
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
        .body(&notice.body)
        .hint(Hint::Category("call.incoming".to_owned()))
        .urgency(Urgency::Critical)
        .timeout(Timeout::Never);
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
    let NoticeSubject::Call(session_id) = subject else {
        windows::show_main(app);
        return;
    };
    let core = app.state::<Core>();
    let Ok(core) = core.get() else { return };
    let session_id = session_id.clone();
    let done = match action {
        NoticeAction::Open => core.show_caller(ShowCaller { session_id }).await,
        NoticeAction::AddContact => core.add_caller(AddCaller { session_id }).await,
    };
    if let Err(error) = done {
        tracing::warn!(%error, "what was chosen in a notification could not be done");
    }
}
