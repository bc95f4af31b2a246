//! The front end.
use yew::{Html, function_component, html};

#[function_component]
fn App() -> Html {
    html! { <main><h1>{ "Switchboard" }</h1></main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
