//! The menu in the tray by which a person says whether calls may come.
//!
//! It shows what RingCentral says, not what was clicked: a choice that is refused is taken back, and a notice says why.

use domain::{
    ipc::presence::SetOwnStatus,
    presence::{OwnPresence, StatusChoice},
};
use tauri::{
    AppHandle, Manager as _, Runtime,
    menu::{CheckMenuItem, CheckMenuItemBuilder, Submenu, SubmenuBuilder},
};

use crate::{core::Core, notifications};

/// What can be chosen: the id of the menu entry and its words.
const CHOICES: [(StatusChoice, &str, &str); 5] = [
    (StatusChoice::Available, "status-available", "Available"),
    (StatusChoice::Busy, "status-busy", "Busy"),
    (
        StatusChoice::DoNotDisturb,
        "status-do-not-disturb",
        "Do not disturb",
    ),
    (
        StatusChoice::NoQueueCalls,
        "status-no-queue-calls",
        "Do not disturb: no queue calls",
    ),
    (StatusChoice::Invisible, "status-invisible", "Invisible"),
];

/// The menu and its entries.
pub(super) struct StatusMenu<R: Runtime> {
    menu: Submenu<R>,
    entries: Vec<(StatusChoice, CheckMenuItem<R>)>,
}

impl<R: Runtime> StatusMenu<R> {
    pub(super) fn build(app: &AppHandle<R>) -> tauri::Result<Self> {
        let mut builder = SubmenuBuilder::with_id(app, "status", "My status").enabled(false);
        let mut entries = Vec::with_capacity(CHOICES.len());
        for (choice, id, words) in CHOICES {
            let entry = CheckMenuItemBuilder::with_id(id, words).build(app)?;
            builder = builder.item(&entry);
            entries.push((choice, entry));
        }
        Ok(Self {
            menu: builder.build()?,
            entries,
        })
    }

    pub(super) fn menu(&self) -> &Submenu<R> {
        &self.menu
    }

    /// Shows what is true now; `None` when nobody is signed in.
    pub(super) fn show(&self, own: Option<&OwnPresence>) -> tauri::Result<()> {
        self.menu
            .set_enabled(own.is_some_and(|own| own.hindrance.is_none()))?;
        for (choice, entry) in &self.entries {
            entry.set_checked(own.and_then(|own| own.choice) == Some(*choice))?;
        }
        Ok(())
    }
}

/// An entry of a menu was chosen; those of other menus are none of its business.
pub(super) fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    let Some((choice, ..)) = CHOICES.iter().find(|(_, own, _)| *own == id) else {
        return;
    };
    let (app, choice) = (app.clone(), *choice);
    tauri::async_runtime::spawn(async move {
        let set = match app.state::<Core>().get() {
            Ok(core) => core
                .set_own_status(SetOwnStatus { choice })
                .await
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.message),
        };
        if let Err(reason) = set {
            notifications::say(&app, "Your status was not changed", &reason);
        }
        // The desktop has ticked the entry by itself.
        super::refresh(&app);
    });
}
