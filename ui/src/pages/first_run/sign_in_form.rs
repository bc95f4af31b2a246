//! What a sign-in needs: server, application, and for the second door the JWT.

use super::doors::Door;
use crate::components::{Button, ButtonKind, Icon, TextArea, TextField};
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

const DEFAULT_SERVER: &str = "https://platform.ringcentral.com";
/// The address that the browser is sent back to; RingCentral must know it for the application.
const REDIRECT: &str = "http://127.0.0.1:47923/callback";

/// What was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// Empty for RingCentral's own.
    pub base_url: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    pub jwt: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub door: Door,
    /// What stands in the form at first.
    pub filled: Credentials,
    pub onsubmit: Callback<Credentials>,
    pub onback: Callback<()>,
}

/// The form.
#[component]
pub(crate) fn SignInForm(props: &Props) -> Html {
    let Credentials {
        base_url,
        client_id,
        client_secret,
        jwt,
    } = props.filled.clone();
    let base_url = Some(base_url).filter(|address| !address.is_empty());
    let server = use_state(|| base_url.unwrap_or_else(|| DEFAULT_SERVER.to_owned()));
    let client_id = use_state(|| client_id);
    let secret = use_state(|| client_secret.unwrap_or_default());
    let jwt = use_state(|| jwt.unwrap_or_default());
    let was_tried = use_state(|| false);
    let is_jwt = props.door == Door::Jwt;
    let problems = problems(&server, &client_id, is_jwt.then_some(jwt.as_str()));

    let onsubmit = {
        let (onsubmit, was_tried) = (props.onsubmit.clone(), was_tried.setter());
        let is_complete = problems == Problems::default();
        let credentials = Credentials {
            base_url: server.trim().trim_end_matches('/').to_owned(),
            client_id: client_id.trim().to_owned(),
            client_secret: Some(secret.trim().to_owned()).filter(|secret| !secret.is_empty()),
            jwt: is_jwt.then(|| jwt.split_whitespace().collect()),
        };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if is_complete {
                onsubmit.emit(credentials.clone())
            } else {
                was_tried.set(true)
            }
        })
    };
    let shown = if *was_tried { problems } else { Problems::default() };
    let set = |state: &yew::UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    html! {
        <form class="entrance-form" {onsubmit} novalidate={true}>
            <h2>{ if is_jwt { "Sign in with a JWT" } else { "Connect RingCentral" } }</h2>
            <TextField label="Client ID" value={(*client_id).clone()} oninput={set(&client_id)} autofocus={true} error={shown.client_id}
                hint="Of the application that your administrator registered in RingCentral's developer console." />
            if is_jwt {
                <TextArea label="JWT credential" value={(*jwt).clone()} oninput={set(&jwt)} placeholder="eyJ…" rows={4}
                    error={shown.jwt}
                    hint="It is kept in the keychain of this computer and nowhere else." />
            } else {
                <p class="field-hint">
                    { "The application must allow this redirect address: " }<code>{ REDIRECT }</code>
                </p>
            }
            <details class="entrance-more" open={shown.server.is_some() || props.filled.client_secret.is_some()}>
                <summary>{ "Client secret and server" }</summary>
                <TextField label="Client secret" kind="password" value={(*secret).clone()} oninput={set(&secret)}
                    hint="Only for confidential applications. Leave it empty for a public one." />
                <TextField label="Server" kind="url" value={(*server).clone()} oninput={set(&server)} error={shown.server} />
            </details>
            <footer class="entrance-actions">
                <Button label="Back" icon={Icon::Back} kind={ButtonKind::Quiet} onpress={props.onback.clone()} />
                <Button label={if is_jwt { "Sign in" } else { "Continue in the browser" }} kind={ButtonKind::Primary} submits={true} />
            </footer>
        </form>
    }
}

/// What keeps the form from being sent, field by field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Problems {
    server: Option<&'static str>,
    client_id: Option<&'static str>,
    jwt: Option<&'static str>,
}

fn problems(server: &str, client_id: &str, jwt: Option<&str>) -> Problems {
    let server = server.trim();
    let is_here = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|start| server.starts_with(start));
    Problems {
        server: (!server.starts_with("https://") && !is_here)
            .then_some("A server's address begins with https://."),
        client_id: client_id.trim().is_empty().then_some("Fill in the client ID."),
        jwt: jwt
            .filter(|jwt| jwt.trim().is_empty())
            .map(|_| "Paste the JWT credential here."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_on_this_computer_may_do_without_encryption() {
        for good in [DEFAULT_SERVER, "http://127.0.0.1:4000", "http://localhost:4000"] {
            assert_eq!(problems(good, "id", None).server, None, "{good}");
        }
        for bad in ["http://example.com", "example.com", ""] {
            assert!(problems(bad, "id", None).server.is_some(), "{bad}");
        }
    }

    #[test]
    fn the_jwt_is_missed_only_where_it_is_asked_for() {
        assert!(problems(DEFAULT_SERVER, "id", Some("  ")).jwt.is_some());
        assert_eq!(problems(DEFAULT_SERVER, "id", None), Problems::default());
    }
}
