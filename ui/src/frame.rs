//! The frame around every page: navigation, top bar, what is wrong at the moment.

mod account_menu;
mod demo_menu;
mod help;
mod outbox;
mod own_status;
mod rail;
mod search;
mod session_strip;
mod sync_state;
mod top_bar;

use crate::calling::CallingHost;
use crate::fax::FaxDeskHost;
use crate::hooks::{Shortcut, use_core_event, use_shortcuts};
use crate::ipc;
use crate::live_calls::LiveCallsHost;
use crate::pages::campaigns::{Campaigns, Part, UnfinishedHost};
use crate::pages::contacts::{AddCaller, Contacts};
use crate::pages::first_run::FirstRun;
use crate::pages::inbox::Inbox;
use crate::pages::live::{Live, Part as LivePart};
use crate::pages::overview::Overview;
use crate::pages::settings::SettingsPage;
use crate::pages::team::Team;
use crate::presence::OwnPresenceHost;
use crate::routes::Route;
use crate::texting::TextingHost;
use crate::voicemail::SoughtHost;
use domain::event::CoreEvent;
use domain::ids::{CampaignId, CommunicationId, ContactId};
use domain::inbox::InboxTab;
use domain::ipc::session::TakeStartingLink;
use help::Help;
use rail::Rail;
use session_strip::SessionStrip;
use top_bar::TopBar;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, component, html, use_effect_with, use_state};
use yew_router::Switch;
use yew_router::hooks::use_navigator;

/// The main window once somebody is signed in.
#[component]
pub(crate) fn Frame() -> Html {
    let shows_help = use_state(|| false);
    let navigator = use_navigator();
    use_core_event(move |event| {
        if let (CoreEvent::OpenCommunication { id }, Some(navigator)) = (event, &navigator) {
            navigator.push(&Route::Item { id: id.0 });
        }
    });
    // The link that the app was started with is followed like one that comes later.
    use_effect_with((), |()| {
        spawn_local(async {
            if let Ok(Some(event)) = ipc::call(TakeStartingLink {}).await {
                ipc::announce(&event);
            }
        });
    });
    let set_help = |shows: bool| {
        let shows_help = shows_help.setter();
        Callback::from(move |()| shows_help.set(shows))
    };
    let (open_help, close_help) = (set_help(true), set_help(false));
    use_shortcuts(vec![Shortcut::key("?", {
        let open_help = open_help.clone();
        move |()| open_help.emit(())
    })]);
    // Kept here, so that one comes back to the tab one left.
    let tab = use_state(InboxTab::default);
    let render = {
        let (shown, set) = (*tab, tab.setter());
        let ontab = Callback::from(move |tab| set.set(tab));
        Callback::from(move |route| page(route, shown, &ontab))
    };
    html! {
        <SoughtHost>
        <OwnPresenceHost>
        <LiveCallsHost>
        <TextingHost>
            <CallingHost>
            <FaxDeskHost>
                <UnfinishedHost>
                    <div class="frame">
                        <Rail />
                        <TopBar onhelp={open_help} />
                        <div class="frame-content">
                            <SessionStrip />
                            <main class="frame-page"><Switch<Route> render={render} /></main>
                        </div>
                        <AddCaller />
                        if *shows_help { <Help onclose={close_help} /> }
                    </div>
                </UnfinishedHost>
            </FaxDeskHost>
            </CallingHost>
        </TextingHost>
        </LiveCallsHost>
        </OwnPresenceHost>
        </SoughtHost>
    }
}

fn page(route: Route, tab: InboxTab, ontab: &Callback<InboxTab>) -> Html {
    match route {
        Route::Overview => html! { <Overview ontab={ontab.clone()} /> },
        Route::Team => html! { <Team /> },
        Route::Live => html! { <Live part={LivePart::Calls} /> },
        Route::SupervisionLog => html! { <Live part={LivePart::Log} /> },
        Route::Inbox => html! { <Inbox {tab} ontab={ontab.clone()} /> },
        Route::Item { id } => html! { <Inbox open={CommunicationId(id)} {tab} ontab={ontab.clone()} /> },
        Route::Contacts => html! { <Contacts /> },
        Route::Contact { id } => html! { <Contacts open={ContactId(id)} /> },
        Route::Campaigns => html! { <Campaigns part={Part::List} /> },
        Route::NewCampaign => html! { <Campaigns part={Part::New} /> },
        Route::Campaign { id } => html! { <Campaigns part={Part::Open(CampaignId(id))} /> },
        Route::Templates => html! { <Campaigns part={Part::Templates} /> },
        Route::Settings => html! { <SettingsPage /> },
        Route::SignIn => html! { <FirstRun /> },
    }
}
