//! How long RingCentral keeps a voicemail or a fax, in one quiet line.

use super::{Glyph, Icon};
use crate::format::dates::Now;
use crate::format::kept_words::kept_words;
use domain::kept::Kept;
use std::rc::Rc;
use yew::{Html, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub kept: Kept,
    pub now: Rc<Now>,
}

/// Amber when it is about to be lost and no copy is here. Nothing when nothing is known.
#[component]
pub(crate) fn KeptLine(props: &Props) -> Html {
    let Some(line) = kept_words(props.kept, &props.now) else {
        return Html::default();
    };
    let icon = if line.is_near { Icon::Warning } else { Icon::Clock };
    html! {
        <p class={classes!("kept", line.is_near.then_some("is-near"))}><Glyph {icon} small={true} /><span>{ line.words }</span></p>
    }
}
