//! The words by which an item was found, for whoever shows it to mark them.

use domain::ids::CommunicationId;
use std::rc::Rc;
use yew::{
    Callback, Children, ContextProvider, Html, Properties, component, hook, html, use_context, use_state,
};

/// What was looked for when an item was opened from the results of a search.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sought {
    found: Option<(CommunicationId, Rc<[String]>)>,
    /// Says by which words an item was found.
    pub tell: Callback<(CommunicationId, Vec<String>)>,
}

impl Sought {
    /// The words by which this item was found; none when it was opened in another way.
    pub(crate) fn words(&self, item: CommunicationId) -> Rc<[String]> {
        match &self.found {
            Some((found, words)) if *found == item => words.clone(),
            _ => Rc::default(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Lets everything inside tell and ask.
#[component]
pub(crate) fn SoughtHost(props: &Props) -> Html {
    let found = use_state(|| None);
    let tell = {
        let found = found.setter();
        yew::use_callback((), move |(item, words): (CommunicationId, Vec<String>), ()| {
            found.set(Some((item, words.into())));
        })
    };
    let sought = Sought {
        found: (*found).clone(),
        tell,
    };
    html! { <ContextProvider<Sought> context={sought}>{ props.children.clone() }</ContextProvider<Sought>> }
}

/// What was looked for; nothing outside of a [`SoughtHost`].
#[hook]
pub(crate) fn use_sought() -> Sought {
    use_context::<Sought>().unwrap_or_else(|| Sought {
        found: None,
        tell: Callback::noop(),
    })
}
