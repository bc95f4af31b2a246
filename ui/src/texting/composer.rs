//! The place to write a text: below a conversation, or in a new text.

mod attach_button;
mod attached;
mod consent;
mod counter;
mod counting;
mod files;
mod form;
pub(crate) mod held_up;
mod picker;
mod senders;
mod sending;
mod sheet;
mod slash;
mod templates;
mod use_draft;
mod use_files;
mod writing;

pub(super) use sheet::Kept;

use crate::browser;
use crate::components::{Button, Glyph, Icon, Strip, StripKind};
use crate::hooks::Answer;
use consent::TextsAgain;
use domain::ipc::ErrorCode;
use domain::ipc::texting::Written;
use domain::outgoing::Composer;
use form::Form;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub answer: Answer<Composer>,
    /// Esc leaves the field for what is behind it; without it, Esc is not for the composer.
    #[prop_or_default]
    pub onleave: Option<Callback<()>>,
    /// What was typed goes along when the recipients change.
    #[prop_or_default]
    pub carries: bool,
    /// Put into the field when it appears, unless they are there already.
    #[prop_or_default]
    pub words: Option<String>,
    #[prop_or_default]
    pub onsent: Callback<Written>,
    /// A text that was sent from here is a draft again.
    #[prop_or_default]
    pub onback: Callback<()>,
}

/// The composer, or why there is none.
#[component]
pub(crate) fn ComposerPane(props: &Props) -> Html {
    let Answer {
        value,
        error,
        is_current,
        reload,
        ..
    } = &props.answer;
    let content = match (value, error) {
        // Somebody else's composer must not take what is typed now.
        _ if !is_current && !props.carries => coming(),
        (Some(composer), _) => match &composer.blocked {
            Some(reason) => blocked(reason, html! { <TextsAgain composer={composer.clone()} /> }),
            None => html! {
                <Form composer={composer.clone()} is_current={*is_current} reload={reload.clone()} onleave={props.onleave.clone()} carries={props.carries} words={props.words.clone()}
                    onsent={props.onsent.clone()} onback={props.onback.clone()} />
            },
        },
        (None, Some(error)) if matches!(error.code, ErrorCode::Invalid | ErrorCode::NotFound) => {
            blocked(&error.message, Html::default())
        }
        (None, Some(error)) => html! {
            <Strip kind={StripKind::Failure} text={error.message.clone()}>
                <Button label="Try again" small={true} onpress={reload.clone()} />
            </Strip>
        },
        (None, None) => coming(),
    };
    html! { <section class="composer" aria-label="Text message">{ content }</section> }
}

fn coming() -> Html {
    html! { <div class="composer-box is-coming" aria-busy="true" /> }
}

/// Reachable like the field that is not there, so that `r` tells why.
fn blocked(reason: &str, way_out: Html) -> Html {
    html! {
        <div class="composer-blocked" tabindex="-1">
            <Glyph icon={Icon::Text} /><p>{ reason.to_owned() }</p>{ way_out }
        </div>
    }
}

/// Puts the keyboard into the composer of a conversation that is open with exactly these numbers.
pub(super) fn focus_open(numbers: &[String]) -> bool {
    let mut wanted = numbers.to_vec();
    wanted.sort();
    let is_plain =
        |number: &String| number.starts_with('+') && number.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    if wanted.is_empty() || !wanted.iter().all(is_plain) {
        return false;
    }
    let selector = format!(".conversation .composer-box[data-to=\"{}\"]", wanted.join(" "));
    let found = browser::document().and_then(|document| document.query_selector(&selector).ok().flatten());
    if let Some(found) = &found {
        browser::focus_within(found, "textarea");
    }
    found.is_some()
}
