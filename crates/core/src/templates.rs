//! Templates: keeping them, filling them for somebody, bringing them in and taking them along.

use crate::contacts;
use crate::error::CoreError;
use crate::store::Store;
use domain::ids::{ContactId, TemplateId};
use domain::ipc::Undoable;
use domain::ipc::templates::{TemplatePreview, TemplatesImported};
use domain::segments;
use domain::template::{MessageTemplate, Template, TemplateDraft, Values, Variable};
use jiff::tz::TimeZone;
use ringcentral::api::message_templates::MessageTemplate as VendorTemplate;
use serde::{Deserialize, Serialize};

/// A name longer than this is no name.
const LONGEST_NAME: usize = 80;

/// Whose templates they are, and who makes new ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// RingCentral's id of the account.
    pub company_id: String,
    pub name: String,
    /// The direct number as a person reads it.
    pub number: Option<String>,
}

/// A file of templates.
#[derive(Debug, Serialize, Deserialize)]
struct TemplatesFile {
    templates: Vec<FiledTemplate>,
}

#[derive(Debug, Serialize, Deserialize)]
struct FiledTemplate {
    #[serde(default)]
    name: String,
    #[serde(default)]
    body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
}

/// Stores a new template, or replaces what an existing one says.
///
/// # Errors
/// [`CoreError::Invalid`] without a name or a text, [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn save(
    store: &Store,
    author: &Author,
    id: Option<TemplateId>,
    draft: TemplateDraft,
) -> Result<MessageTemplate, CoreError> {
    let draft =
        usable(draft).ok_or_else(|| CoreError::Invalid("A template needs a name and a text.".to_owned()))?;
    let id = match id {
        Some(id) => {
            store.change_template(id, &draft).await?;
            id
        }
        None => add(store, author, draft).await?,
    };
    Ok(store.template(id).await?)
}

/// A copy beside it, named after it.
///
/// # Errors
/// [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn duplicate(store: &Store, author: &Author, id: TemplateId) -> Result<MessageTemplate, CoreError> {
    let original = store.template(id).await?;
    let names: Vec<String> = store.templates().await?.into_iter().map(|one| one.name).collect();
    let name = (1..)
        .map(|number| match number {
            1 => format!("{} (copy)", original.name),
            number => format!("{} (copy {number})", original.name),
        })
        .find(|name| !names.contains(name))
        .unwrap_or(original.name);
    let draft = TemplateDraft {
        name,
        body: original.body,
        category: original.category,
    };
    let id = add(store, author, draft).await?;
    Ok(store.template(id).await?)
}

/// Deletes a template; it can be taken back.
///
/// # Errors
/// [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn delete(store: &Store, id: TemplateId) -> Result<Undoable, CoreError> {
    Ok(store.delete_template(id).await?)
}

/// What a body becomes for a contact.
///
/// # Errors
/// [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn preview(
    store: &Store,
    author: &Author,
    body: &str,
    contact: Option<ContactId>,
) -> Result<TemplatePreview, CoreError> {
    let template = match Template::parse(body) {
        Ok(template) => template,
        Err(problems) => {
            return Ok(TemplatePreview {
                text: String::new(),
                missing: Vec::new(),
                problems,
            });
        }
    };
    let values = match contact {
        Some(id) => Values::of_contact(&contacts::get(store, id).await?),
        None => Values::default(),
    };
    let filled = template.fill(&own_values(store, author, values));
    Ok(TemplatePreview {
        text: filled.text,
        missing: filled.missing,
        problems: Vec::new(),
    })
}

/// Adds what is our own: name, number, today.
pub fn own_values(store: &Store, author: &Author, values: Values) -> Values {
    let today = store.clock().now().to_zoned(TimeZone::system()).date();
    values
        .with(Variable::MyName, &author.name)
        .with(Variable::MyNumber, author.number.as_deref().unwrap_or_default())
        .with_date(today)
}

/// Copies RingCentral's own templates. They know no placeholders, so braces in them are only braces.
///
/// # Errors
/// [`CoreError::Store`].
pub async fn import_vendor(
    store: &Store,
    author: &Author,
    templates: Vec<VendorTemplate>,
) -> Result<TemplatesImported, CoreError> {
    let drafts = templates.into_iter().map(|template| TemplateDraft {
        name: template.display_name,
        body: domain::template::escape(&template.body.text),
        category: Some("RingCentral".to_owned()),
    });
    import(store, author, drafts.collect()).await
}

/// Brings in the content of a file that [`to_file`] made.
///
/// # Errors
/// [`CoreError::Invalid`] when it is no such file, [`CoreError::Store`].
pub async fn import_file(
    store: &Store,
    author: &Author,
    content: &str,
) -> Result<TemplatesImported, CoreError> {
    let file: TemplatesFile = serde_json::from_str(content.trim_start_matches('\u{feff}')).map_err(|_| {
        CoreError::Invalid("This is not a file of templates that Switchboard has saved.".to_owned())
    })?;
    let drafts = file.templates.into_iter().map(|template| TemplateDraft {
        name: template.name,
        body: template.body,
        category: template.category,
    });
    import(store, author, drafts.collect()).await
}

/// All templates as a file.
///
/// # Errors
/// [`CoreError::Store`].
pub async fn to_file(store: &Store) -> Result<String, CoreError> {
    let templates = store.templates().await?;
    let file = TemplatesFile {
        templates: templates
            .into_iter()
            .map(|template| FiledTemplate {
                name: template.name,
                body: template.body,
                category: template.category,
            })
            .collect(),
    };
    serde_json::to_string_pretty(&file)
        .map_err(|error| CoreError::internal("the templates could not be written", error))
}

async fn import(
    store: &Store,
    author: &Author,
    drafts: Vec<TemplateDraft>,
) -> Result<TemplatesImported, CoreError> {
    let held = store.templates().await?;
    let mut imported = TemplatesImported::default();
    let mut new: Vec<TemplateDraft> = Vec::new();
    for draft in drafts {
        match usable(draft) {
            None => imported.skipped += 1,
            Some(draft) if segments::count(&draft.body).over_limit => imported.skipped += 1,
            Some(draft)
                if held
                    .iter()
                    .any(|one| one.name == draft.name && one.body == draft.body)
                    || new.contains(&draft) =>
            {
                imported.unchanged += 1;
            }
            Some(draft) => {
                imported.added += 1;
                new.push(draft);
            }
        }
    }
    store.add_templates(&author.company_id, None, &new).await?;
    Ok(imported)
}

async fn add(store: &Store, author: &Author, draft: TemplateDraft) -> Result<TemplateId, CoreError> {
    let ids = store
        .add_templates(&author.company_id, Some(&author.name), &[draft])
        .await?;
    ids.into_iter().next().ok_or(CoreError::NotFound {
        what: "This template",
    })
}

/// Without blanks around it; `None` when name or text are missing.
fn usable(draft: TemplateDraft) -> Option<TemplateDraft> {
    let name: String = draft.name.trim().chars().take(LONGEST_NAME).collect();
    let body = draft.body.trim_end().to_owned();
    let category = draft
        .category
        .map(|category| category.trim().to_owned())
        .filter(|category| !category.is_empty());
    (!name.is_empty() && !body.trim().is_empty()).then_some(TemplateDraft { name, body, category })
}

#[cfg(test)]
mod tests;
