//! Which templates the list shows. Pure.

use domain::template::MessageTemplate;
use std::collections::BTreeSet;
use yew::AttrValue;

/// Of which category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Category {
    #[default]
    Any,
    None,
    Named(String),
}

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) query: String,
    pub(super) category: Category,
}

impl Filter {
    /// Every word must stand somewhere in name, text or category.
    pub(super) fn keeps(&self, template: &MessageTemplate) -> bool {
        let is_of_category = match &self.category {
            Category::Any => true,
            Category::None => template.category.is_none(),
            Category::Named(name) => template.category.as_ref() == Some(name),
        };
        let category = template.category.as_deref().unwrap_or_default();
        let all = format!("{}\n{}\n{category}", template.name, template.body).to_lowercase();
        is_of_category
            && self
                .query
                .split_whitespace()
                .all(|word| all.contains(&word.to_lowercase()))
    }
}

/// The names of the categories there are.
pub(super) fn categories(templates: &[MessageTemplate]) -> Vec<String> {
    let names: BTreeSet<&String> = templates
        .iter()
        .filter_map(|template| template.category.as_ref())
        .collect();
    names.into_iter().cloned().collect()
}

/// What can be chosen.
pub(super) fn options(templates: &[MessageTemplate]) -> Vec<(Category, AttrValue)> {
    let mut options = vec![(Category::Any, AttrValue::Static("All categories"))];
    options.extend(
        categories(templates)
            .into_iter()
            .map(|name| (Category::Named(name.clone()), name.into())),
    );
    if options.len() > 1 && templates.iter().any(|template| template.category.is_none()) {
        options.push((Category::None, "Without category".into()));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::TemplateId;
    use jiff::Timestamp;

    fn template(name: &str, body: &str, category: Option<&str>) -> MessageTemplate {
        MessageTemplate {
            id: TemplateId(1),
            name: name.to_owned(),
            body: body.to_owned(),
            category: category.map(str::to_owned),
            variables: Vec::new(),
            created_by: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn every_word_must_be_found_somewhere() {
        let one = template("Delivery window", "We deliver between 7 and 9.", Some("Yard"));
        let finds = |query: &str| {
            Filter {
                query: query.to_owned(),
                ..Filter::default()
            }
            .keeps(&one)
        };
        assert!(finds("yard WINDOW"));
        assert!(finds(""));
        assert!(!finds("window invoice"));
    }

    #[test]
    fn a_category_is_offered_once_and_the_lack_of_one_only_where_there_is_one() {
        let all = [
            template("a", "", Some("Yard")),
            template("b", "", Some("Office")),
            template("c", "", Some("Yard")),
        ];
        assert_eq!(categories(&all), ["Office", "Yard"]);
        assert_eq!(options(&all).len(), 3);
        assert_eq!(options(&[template("d", "", None)]).len(), 1);
    }

    #[test]
    fn templates_without_category_can_be_shown_alone() {
        let filter = Filter {
            category: Category::None,
            ..Filter::default()
        };
        assert!(filter.keeps(&template("d", "", None)));
        assert!(!filter.keeps(&template("a", "", Some("Yard"))));
    }
}
