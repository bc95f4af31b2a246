//! The consent page: who you are, what the application wants, Allow or Deny. Plain HTML, no script.

use axum::http::{HeaderName, StatusCode, header};
use bytes::Bytes;
use url::Url;

use super::authorize::Asked;
use super::{OAuth, Person, token_text};
use crate::api::reply::Reply;
use crate::api::request::Query;

/// Fields of the authorize request that the form carries through.
const CARRIED: &[&str] = &[
    "client_id",
    "response_type",
    "redirect_uri",
    "state",
    "scope",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1c2733;--soft:#5b6773;--line:#d5dbe1;--paper:#fff;--back:#eef1f4;--act:#066fac}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9ba7b3;--line:#3a4652;--paper:#1f2831;--back:#141a20;--act:#4aa8de}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
main{max-width:30rem;margin:6vh auto;background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.75rem}
h1{font-size:1.25rem;margin:0 0 .25rem}p{color:var(--soft);margin:.25rem 0 1rem}
fieldset{border:1px solid var(--line);border-radius:8px;padding:0;margin:0 0 1rem;max-height:19rem;overflow:auto}
legend{margin-left:.75rem;padding:0 .25rem;color:var(--soft)}
label{display:flex;gap:.75rem;padding:.5rem .9rem;align-items:baseline}label:hover{background:var(--back)}
label span{flex:1}label small{color:var(--soft)}details{margin:0 0 1.25rem;color:var(--soft)}
div{display:flex;gap:.75rem;justify-content:flex-end}
button{font:inherit;padding:.5rem 1.25rem;border-radius:6px;border:1px solid var(--line);background:transparent;color:inherit}
button.allow{background:var(--act);border-color:var(--act);color:#fff}button:focus-visible,input:focus-visible{outline:2px solid var(--act);outline-offset:2px}
footer{margin-top:1rem;font-size:.8rem;color:var(--soft)}";

/// Renders the page for a checked request.
pub(super) fn page(oauth: &OAuth, fields: &Query, asked: &Asked<'_>) -> Reply {
    let client_name = oauth
        .client(asked.client_id)
        .map_or("An application", |client| client.name.as_str());
    let permissions = oauth
        .client(asked.client_id)
        .map(|client| client.permissions.join(", "));
    let hidden: String = CARRIED
        .iter()
        .filter_map(|name| fields.one(name).map(|value| (name, value)))
        .map(|(name, value)| format!("<input type=hidden name={name} value=\"{}\">", escape(value)))
        .collect();
    let chosen = preselected(&oauth.people, fields.one("login_hint"));
    let people: String = oauth
        .people
        .iter()
        .map(|person| {
            let checked =
                if chosen.is_some_and(|c| c.extension_id == person.extension_id) { " checked" } else { "" };
            format!(
                "<label><input type=radio name=person required value={}{checked}><span>{}</span><small>{} &middot; \
                 {}</small></label>",
                person.extension_id,
                escape(&person.name),
                escape(&person.job_title),
                escape(&person.extension_number)
            )
        })
        .collect();
    let nonce = token_text::random_text(12);
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Sign in to the demo company</title><style nonce=\"{nonce}\">{STYLE}</style><main>\
         <h1>{client}</h1><p>wants to see and use your calls and messages.</p>\
         <form method=post action=authorize>{hidden}<fieldset><legend>Sign in as</legend>{people}</fieldset>\
         <details><summary>Permissions asked for</summary>{permissions}</details>\
         <div><button name=decision value=deny formnovalidate>Deny</button>\
         <button class=allow name=decision value=allow>Allow</button></div></form>\
         <footer>A simulator on this computer. It is not RingCentral, and no real account is involved.</footer></main>",
        client = escape(client_name),
        permissions = escape(&permissions.unwrap_or_default()),
    );
    Reply::content(StatusCode::OK, "text/html; charset=utf-8", Bytes::from(html))
        .header(
            header::CONTENT_SECURITY_POLICY,
            &content_security_policy(&nonce, asked),
        )
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(HeaderName::from_static("x-frame-options"), "DENY")
}

/// Browsers apply `form-action` to the redirect after a form too, so the redirect's origin has to be allowed.
fn content_security_policy(nonce: &str, asked: &Asked<'_>) -> String {
    let back = match Url::parse(&asked.redirect_uri) {
        Ok(url) if url.origin().is_tuple() => url.origin().ascii_serialization(),
        Ok(url) => format!("{}:", url.scheme()),
        Err(_) => String::new(),
    };
    format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self' {back}; frame-ancestors 'none'; base-uri 'none'"
    )
}

fn preselected<'a>(people: &'a [Person], hint: Option<&str>) -> Option<&'a Person> {
    let hinted = hint.and_then(|hint| {
        people
            .iter()
            .find(|person| person.email == hint || person.extension_number == hint)
    });
    hinted.or_else(|| people.first())
}

fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut out, character| {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                other => out.push(other),
            }
            out
        })
}
