//! Text campaigns: one text to many people, what became of it, and the templates such texts are made from.

mod campaign_words;
mod detail;
mod list;
mod progress;
mod templates;
mod unfinished;
mod use_changes;
mod wizard;

pub(crate) use unfinished::UnfinishedHost;

use crate::components::{Tab, Tabs};
use crate::routes::Route;
use detail::Detail;
use domain::ids::CampaignId;
use list::CampaignList;
use templates::Templates;
use wizard::Wizard;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

/// Which part of the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    List,
    New,
    Open(CampaignId),
    Templates,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub part: Part,
}

/// The page.
#[component]
pub(crate) fn Campaigns(props: &Props) -> Html {
    let navigator = use_navigator();
    let go = Callback::from(move |route: Route| {
        if let Some(navigator) = &navigator {
            navigator.push(&route);
        }
    });
    let content = match props.part {
        Part::New => return html! { <Wizard {go} /> },
        Part::Open(id) => return html! { <Detail key={id.0} {id} {go} /> },
        Part::List => html! { <CampaignList go={go.clone()} /> },
        Part::Templates => html! { <Templates /> },
    };
    let tabs = [(Route::Campaigns, "Campaigns"), (Route::Templates, "Templates")];
    let selected = if props.part == Part::Templates {
        Route::Templates
    } else {
        Route::Campaigns
    };
    let tabs = tabs.map(|(value, label)| Tab {
        value,
        label: label.into(),
        count: 0,
    });
    html! {
        <section class="page campaigns" aria-label="Text campaigns">
            <header class="campaigns-head">
                <Tabs<Route> tabs={tabs.to_vec()} {selected} label="Text campaigns" onselect={go} />
            </header>
            { content }
        </section>
    }
}
