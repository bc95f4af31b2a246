//! Which page one is on, and a field to go to another.

use super::STAGE;
use crate::browser;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, FocusEvent, Html, KeyboardEvent, Properties, TargetCast as _, component, html,
    use_effect_with, use_node_ref,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub current: usize,
    pub count: usize,
    pub go_to: Callback<usize>,
}

/// The field.
#[component]
pub(super) fn PageField(props: &Props) -> Html {
    let field = use_node_ref();
    let (current, count) = (props.current, props.count);
    // Written by hand: while somebody types, scrolling must not change it.
    let show = {
        let field = field.clone();
        move || {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                input.set_value(&number(current, count));
            }
        }
    };
    use_effect_with((current, count), {
        let (field, show) = (field.clone(), show.clone());
        move |_| {
            let input = field.cast::<HtmlInputElement>();
            if !input.is_some_and(|input| input.matches(":focus").unwrap_or(false)) {
                show();
            }
        }
    });
    let onchange = {
        let (go_to, show) = (props.go_to.clone(), show.clone());
        Callback::from(move |event: Event| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            match wanted(&typed, count) {
                Some(page) => go_to.emit(page),
                None => show(),
            }
        })
    };
    let onkeydown = {
        let show = show.clone();
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Escape" => {
                    event.prevent_default();
                    event.stop_propagation();
                    show();
                    browser::focus_first(STAGE);
                }
                // The field hears of the change as it loses the focus.
                "Enter" => browser::focus_first(STAGE),
                _ => {}
            }
        })
    };
    let onfocus = Callback::from(|event: FocusEvent| {
        event.target_unchecked_into::<HtmlInputElement>().select();
    });
    let onblur = Callback::from(move |_: FocusEvent| show());
    html! {
        <label class="viewer-page-field">
            <input ref={field} type="text" inputmode="numeric" autocomplete="off" size="3" maxlength="5" aria-label={format!("Page, of {count}")}
                disabled={count == 0} {onchange} {onkeydown} {onfocus} {onblur} />
            if count > 0 {
                <span class="number" aria-hidden="true">{ format!("of {count}") }</span>
                <span class="only-spoken" role="status">{ format!("Page {} of {count}", number(current, count)) }</span>
            }
        </label>
    }
}

fn number(current: usize, count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        (current + 1).to_string()
    }
}

/// The page that was typed: beyond the last one is the last one, and what is no number is none.
fn wanted(typed: &str, count: usize) -> Option<usize> {
    let number: usize = typed.trim().parse().ok()?;
    (count > 0).then(|| number.clamp(1, count) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_beyond_the_last_is_the_last_and_nonsense_is_none() {
        assert_eq!(wanted("3", 40), Some(2));
        assert_eq!(wanted(" 99 ", 40), Some(39));
        assert_eq!(wanted("0", 40), Some(0));
        assert_eq!(wanted("-1", 40), None);
        assert_eq!(wanted("three", 40), None);
        assert_eq!(wanted("1", 0), None);
    }
}
