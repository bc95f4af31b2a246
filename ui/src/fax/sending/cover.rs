//! Which cover sheet, and what stands on it. How it looks is shown among the pages.

use super::readiness;
use crate::components::{Choice, TextField};
use domain::fax::{Cover, CoverSheet, CoverSheetChoice, FaxDraft};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::{AttrValue, Callback, Html, InputEvent, Properties, TargetCast as _, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: Rc<FaxDraft>,
    /// RingCentral's; none while they are not known.
    pub sheets: Vec<CoverSheetChoice>,
    pub onchange: Callback<Cover>,
}

/// The choice and the words.
#[component]
pub(super) fn CoverFields(props: &Props) -> Html {
    let cover = &props.draft.cover;
    let set = |change: fn(&mut Cover, String)| {
        let (onchange, cover) = (props.onchange.clone(), cover.clone());
        move |text: String| {
            let mut cover = cover.clone();
            change(&mut cover, text);
            onchange.emit(cover);
        }
    };
    let onsheet = {
        let (onchange, cover) = (props.onchange.clone(), cover.clone());
        Callback::from(move |sheet| {
            onchange.emit(Cover {
                sheet,
                ..cover.clone()
            });
        })
    };
    let onsubject = Callback::from(set(|cover, text| cover.subject = text));
    let set_note = set(|cover, text| cover.note = text);
    let onnote = Callback::from(move |event: InputEvent| {
        set_note(event.target_unchecked_into::<HtmlTextAreaElement>().value());
    });
    let is_too_long = readiness::is_note_too_long(&props.draft);
    html! {
        <section class="fax-section" aria-label="Cover sheet">
            <Choice<CoverSheet> label="Cover sheet" options={options(&props.sheets, cover.sheet)} value={cover.sheet} onchange={onsheet} />
            if cover.sheet == CoverSheet::Own {
                <TextField label="Subject" value={cover.subject.clone()} oninput={onsubject} />
            }
            if cover.sheet != CoverSheet::None {
                <label class={classes!("field", is_too_long.then_some("has-error"))}>
                    <span class="fax-note-label"><span class="field-label">{ "Note" }</span>
                        <span class={if is_too_long { "field-error" } else { "field-hint" }}>{ readiness::note_counter(&props.draft) }</span></span>
                    <textarea rows="4" value={cover.note.clone()} aria-invalid={is_too_long.to_string()} oninput={onnote} />
                </label>
            }
        </section>
    }
}

/// None, ours, and RingCentral's in its order; the one that is chosen even while nobody knows its name.
fn options(sheets: &[CoverSheetChoice], chosen: CoverSheet) -> Vec<(CoverSheet, AttrValue)> {
    let own = [
        (CoverSheet::None, AttrValue::Static("No cover sheet")),
        (CoverSheet::Own, AttrValue::Static("Our own")),
    ];
    let theirs = sheets.iter().map(|sheet| {
        let words = format!("RingCentral: {}", sheet.name);
        (CoverSheet::RingCentral { index: sheet.index }, words.into())
    });
    let mut all: Vec<_> = own.into_iter().chain(theirs).collect();
    if let CoverSheet::RingCentral { index } = chosen
        && !all.iter().any(|(sheet, _)| *sheet == chosen)
    {
        all.push((chosen, format!("RingCentral: number {index}").into()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_sheet_can_be_seen_before_its_name_is_known() {
        let chosen = CoverSheet::RingCentral { index: 7 };
        let unknown = options(&[], chosen);
        assert_eq!(unknown.last().map(|(sheet, _)| *sheet), Some(chosen));
        let named = CoverSheetChoice {
            index: 7,
            name: "Contempo".to_owned(),
        };
        let known = options(&[named], chosen);
        assert_eq!(known.len(), 3);
        assert_eq!(known[2].1, "RingCentral: Contempo");
    }
}
