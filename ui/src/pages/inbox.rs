//! The inbox: the list, the conversation with whoever is open, and who that is.

mod bulk_bar;
mod choice;
mod contact_panel;
mod conversation;
mod entries;
#[cfg(test)]
pub(crate) mod fixtures;
mod keys;
mod list_pane;
mod listing;
mod row;
mod row_key;
mod rows;
mod use_item_actions;
mod use_listing;
mod use_panel;
mod use_reading;

use crate::hooks::{use_coalesced, use_command, use_core_event, use_shortcuts};
use crate::routes::Route;
use choice::Choice;
use contact_panel::ContactPanel;
use conversation::Conversation;
use domain::communication::Communication;
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::inbox::InboxTab;
use domain::ipc::inbox::OpenItem;
use keys::Step;
use list_pane::ListPane;
use row::Press;
use row_key::RowKey;
use std::rc::Rc;
use use_item_actions::{Target, use_item_actions};
use use_listing::use_listing;
use use_panel::use_panel;
use use_reading::use_reading;
use yew::{
    Callback, Html, Properties, classes, component, hook, html, use_callback, use_effect_with, use_node_ref,
    use_state,
};
use yew_router::hooks::use_navigator;

const DETAIL_PACE_MS: u32 = 250;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub open: Option<CommunicationId>,
    pub tab: InboxTab,
    pub ontab: Callback<InboxTab>,
}

/// The page.
#[component]
pub(crate) fn Inbox(props: &Props) -> Html {
    let (tab, open) = (props.tab, props.open);
    let handle = use_listing(tab);
    let actions = use_item_actions(&handle);
    let detail = use_command(open.map(|id| OpenItem { id }));
    let chosen = use_state(Choice::default);
    let (panel, toggle_panel) = use_panel();
    let list = use_node_ref();
    let navigator = use_navigator();
    let go = use_callback(navigator, |id: Option<CommunicationId>, navigator| {
        if let Some(navigator) = navigator {
            // Walking through the list must not fill the history of pages.
            navigator.replace(&id.map_or(Route::Inbox, |id| Route::Item { id: id.0 }));
        }
    });
    use_news(&detail.reload);

    let rows = handle.listing.rows.clone();
    let order: Rc<[RowKey]> = rows.iter().map(|row| RowKey::of(&row.item)).collect();
    let choice = (*chosen).clone().among(&order);
    let opened = detail.value.clone().filter(|detail| open == Some(detail.item.id));
    let open_key = opened
        .as_ref()
        .map(|detail| RowKey::of(&detail.item))
        .or_else(|| {
            let row = rows.iter().find(|row| open == Some(row.item.id))?;
            Some(RowKey::of(&row.item))
        });
    use_effect_with(open_key.clone(), {
        let tell = handle.open.clone();
        move |key| tell.emit(key.clone())
    });
    let keep_unread = use_reading(opened.clone(), {
        let set_read = actions.set_read.clone();
        Callback::from(move |target: Target| set_read.emit((vec![target], true)))
    });

    // What an action applies to: the chosen rows, else what is open.
    let targets = {
        let (rows, choice, opened) = (rows.clone(), choice.clone(), opened.clone());
        move || -> Vec<(Target, Communication)> {
            let target = |item: &Communication| ((item.id, RowKey::of(item)), item.clone());
            if choice.is_empty() {
                return opened.iter().map(|detail| target(&detail.item)).collect();
            }
            rows.iter()
                .filter(|row| choice.contains(&RowKey::of(&row.item)))
                .map(|row| target(&row.item))
                .collect()
        }
    };
    let finish = {
        let (set_done, chosen, go) = (actions.set_done.clone(), chosen.setter(), go.clone());
        let (order, rows, open_key) = (order.clone(), rows.clone(), open_key.clone());
        Callback::from(move |finished: Vec<(Target, bool)>| {
            let Some((_, was_done)) = finished.first().cloned() else {
                return;
            };
            let keys: Vec<RowKey> = finished.iter().map(|((_, key), _)| key.clone()).collect();
            if open_key.as_ref().is_some_and(|open| keys.contains(open)) {
                let next = keys::after(&order, open_key.as_ref(), &keys);
                go.emit(next.and_then(|at| rows.get(at)).map(|row| row.item.id));
            }
            chosen.set(Choice::default());
            set_done.emit((
                finished.into_iter().map(|(target, _)| target).collect(),
                !was_done,
            ));
        })
    };
    let done = {
        let (targets, finish) = (targets.clone(), finish.clone());
        Callback::from(move |()| {
            finish.emit(
                targets()
                    .into_iter()
                    .map(|(target, item)| (target, item.is_done))
                    .collect(),
            );
        })
    };
    let read = {
        let (set_read, chosen, keep_unread) = (actions.set_read.clone(), chosen.setter(), keep_unread);
        Callback::from(move |is_read: Option<bool>| {
            let targets = targets();
            let is_read = is_read.unwrap_or_else(|| targets.iter().any(|(_, item)| !item.is_read));
            if !is_read {
                keep_unread.emit(());
            }
            chosen.set(Choice::default());
            set_read.emit((targets.into_iter().map(|(target, _)| target).collect(), is_read));
        })
    };
    let press = {
        let (rows, order, choice, open_key) = (rows.clone(), order.clone(), choice.clone(), open_key.clone());
        let (chosen, go, finish) = (chosen.setter(), go.clone(), finish);
        Callback::from(move |(key, press): (RowKey, Press)| {
            let row = || rows.iter().find(|row| RowKey::of(&row.item) == key);
            match press {
                Press::Open => {
                    chosen.set(Choice::default());
                    go.emit(row().map(|row| row.item.id));
                }
                Press::Toggle => chosen.set(choice.clone().toggled(key)),
                Press::Extend => chosen.set(choice.clone().extended(&key, open_key.as_ref(), &order)),
                Press::Done => {
                    finish.emit(
                        row()
                            .map(|row| ((row.item.id, key.clone()), row.item.is_done))
                            .into_iter()
                            .collect(),
                    );
                }
            }
        })
    };
    let clear = {
        let chosen = chosen.setter();
        Callback::from(move |()| chosen.set(Choice::default()))
    };
    let close = go.reform(|()| None);
    let step = {
        let (go, rows, order, open_key) = (go.clone(), rows.clone(), order.clone(), open_key.clone());
        move |step: Step| {
            let at = keys::step(&order, open_key.as_ref(), step);
            if let Some(row) = at.and_then(|at| rows.get::<usize>(at)) {
                go.emit(Some(row.item.id));
            }
        }
    };
    let step = Callback::from(step);
    use_shortcuts(keys::shortcuts(keys::Actions {
        step: step.clone(),
        done: done.clone(),
        read: read.reform(|()| None),
        toggle: {
            let (press, open_key) = (press.clone(), open_key.clone());
            Callback::from(move |()| {
                if let Some(key) = open_key.clone() {
                    press.emit((key, Press::Toggle));
                }
            })
        },
        all: {
            let (chosen, order) = (chosen.setter(), order.clone());
            Callback::from(move |()| chosen.set(Choice::all(order.iter().cloned())))
        },
        escape: if choice.is_empty() {
            close.clone()
        } else {
            clear.clone()
        },
    }));
    let seen = {
        let set_read = actions.set_read.clone();
        Callback::from(move |item: Communication| {
            if !item.is_read {
                set_read.emit((vec![(item.id, RowKey::of(&item))], true));
            }
        })
    };
    html! {
        <div class={classes!("inbox", panel.classes())}>
            <ListPane {tab} ontab={props.ontab.clone()} handle={handle.clone()} open={open_key} {choice} onpress={press} onstep={step} ondone={done.clone()}
                onread={read.reform(Some)} onclear={clear} node={list} />
            <Conversation detail={detail} {open} ondone={done} onclose={close} onpanel={toggle_panel.clone()} shows_panel={panel.is_shown()}
                onseen={seen} />
            if let Some(detail) = opened { <ContactPanel {detail} onopen={go.reform(Some)} onclose={toggle_panel} /> }
        </div>
    }
}

/// Asks again when something changed that may concern what is open.
#[hook]
fn use_news(reload: &Callback<()>) {
    let reload = reload.clone();
    let refresh = use_coalesced(DETAIL_PACE_MS, move |()| reload.emit(()));
    use_core_event(move |event| {
        if matches!(
            event,
            CoreEvent::CommunicationsChanged { .. }
                | CoreEvent::ContactsChanged { .. }
                | CoreEvent::Overflowed
        ) {
            refresh.emit(());
        }
    });
}
