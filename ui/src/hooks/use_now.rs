//! The present moment, renewed each half minute, so that `owed 22 min` becomes `owed 23 min` by itself.

use crate::clock;
use crate::format::dates::Now;
use gloo_timers::callback::Interval;
use std::rc::Rc;
use yew::{
    Children, ContextProvider, Html, Properties, component, hook, html, use_context, use_effect_with,
    use_state,
};

const RENEW_MS: u32 = 30_000;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub children: Children,
}

/// Gives the moment to everything inside.
#[component]
pub(crate) fn NowProvider(props: &Props) -> Html {
    let now = use_state(|| Rc::new(clock::now()));
    {
        let now = now.setter();
        use_effect_with((), move |()| {
            let renewal = Interval::new(RENEW_MS, move || now.set(Rc::new(clock::now())));
            move || drop(renewal)
        });
    }
    html! { <ContextProvider<Rc<Now>> context={(*now).clone()}>{ props.children.clone() }</ContextProvider<Rc<Now>>> }
}

/// The moment.
#[hook]
pub(crate) fn use_now() -> Rc<Now> {
    use_context::<Rc<Now>>().unwrap_or_else(|| Rc::new(clock::now()))
}
