//! What is wrong with a body, sentence by sentence, each with the way to its place.

use crate::components::{Button, ButtonKind, Glyph, Icon};
use domain::template::{ProblemKind, TemplateProblem};
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub problems: Vec<TemplateProblem>,
    /// Selects the place.
    pub onshow: Callback<TemplateProblem>,
    /// Puts this in its place.
    pub onreplace: Callback<(TemplateProblem, String)>,
}

/// The list; nothing when all is well.
#[component]
pub(super) fn Problems(props: &Props) -> Html {
    html! {
        <ul class="problems" aria-live="polite">
            { for props.problems.iter().map(|problem| {
                let show = {
                    let problem = problem.clone();
                    props.onshow.reform(move |()| problem.clone())
                };
                html! {
                    <li key={problem.start}>
                        <Glyph icon={Icon::Warning} small={true} />
                        <span>{ problem.to_string() }</span>
                        if let Some(meant) = meant(problem) {
                            <Button label={format!("Use {meant}")} kind={ButtonKind::Quiet} small={true} onpress={{
                                let problem = problem.clone();
                                props.onreplace.reform(move |()| (problem.clone(), meant.clone()))
                            }} />
                        }
                        <Button label="Show" kind={ButtonKind::Quiet} small={true} onpress={show} />
                    </li>
                }
            }) }
        </ul>
    }
}

/// What to put in place of a slip, with the default that was written.
fn meant(problem: &TemplateProblem) -> Option<String> {
    let ProblemKind::Unknown {
        suggestion: Some(variable),
        ..
    } = &problem.kind
    else {
        return None;
    };
    let default = problem
        .source
        .split_once('|')
        .and_then(|(_, rest)| rest.strip_suffix('}'));
    Some(match default {
        Some(default) => format!("{{{variable}|{default}}}"),
        None => format!("{{{variable}}}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::template::Template;

    fn first(body: &str) -> TemplateProblem {
        Template::parse(body).unwrap_err().remove(0)
    }

    #[test]
    fn a_slip_is_mended_and_its_default_stays() {
        assert_eq!(meant(&first("Hi {firstname}")).as_deref(), Some("{first_name}"));
        assert_eq!(
            meant(&first("Hi {firstname|there}")).as_deref(),
            Some("{first_name|there}")
        );
    }

    #[test]
    fn where_nothing_is_meant_nothing_is_offered() {
        assert_eq!(meant(&first("{invoice}")), None);
        assert_eq!(meant(&first("Hi {name")), None);
    }
}
