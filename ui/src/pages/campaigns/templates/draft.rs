//! What the form holds, and how it becomes what is stored.

use domain::template::{MessageTemplate, TemplateDraft};

/// The form filled with a stored template.
pub(super) fn of(template: &MessageTemplate) -> TemplateDraft {
    TemplateDraft {
        name: template.name.clone(),
        body: template.body.clone(),
        category: template.category.clone(),
    }
}

/// Without blanks around the names. The text stays as it is.
pub(super) fn tidy(draft: &TemplateDraft) -> TemplateDraft {
    let category = draft
        .category
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    TemplateDraft {
        name: draft.name.trim().to_owned(),
        body: draft.body.clone(),
        category: category.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_of_blanks_is_none_and_the_text_keeps_its_own() {
        let tidied = tidy(&TemplateDraft {
            name: " Yard ".to_owned(),
            body: "Hi,\n  see you\n".to_owned(),
            category: Some("  ".to_owned()),
        });
        assert_eq!((tidied.name.as_str(), tidied.category), ("Yard", None));
        assert_eq!(tidied.body, "Hi,\n  see you\n");
    }
}
