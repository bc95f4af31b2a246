//! RingCentral's own store of text templates: personal ones and the company's
//! (developers.ringcentral.com/guide/messaging/templates/overview).

use std::collections::BTreeMap;

use super::World;
use super::ids::ExtensionId;

/// How many a person may keep.
pub const MOST_PERSONAL: usize = 25;
/// How many the company may keep.
pub const MOST_COMPANY: usize = 50;

/// Whose template it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateScope {
    /// One person's.
    Personal(ExtensionId),
    /// Everybody's, kept by administrators.
    Company,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTemplate {
    /// Identifier.
    pub id: u64,
    /// Whose.
    pub scope: TemplateScope,
    /// Its name.
    pub display_name: String,
    /// The text.
    pub text: String,
}

/// Why a template was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// There is no such template.
    #[error("there is no template {0}")]
    NoSuchTemplate(u64),
    /// The store is full.
    #[error("no more than {0} templates can be kept")]
    TooMany(usize),
    /// Company templates have names of their own.
    #[error("another company template has this name")]
    NameTaken,
}

/// All templates.
#[derive(Debug, Default)]
pub(super) struct TextTemplates {
    by_id: BTreeMap<u64, TextTemplate>,
    last: u64,
}

impl World {
    /// Templates of one scope, oldest first.
    pub fn text_templates(&self, scope: TemplateScope) -> impl Iterator<Item = &TextTemplate> {
        self.text_templates
            .by_id
            .values()
            .filter(move |template| template.scope == scope)
    }

    /// One template of a scope.
    pub fn text_template(&self, scope: TemplateScope, id: u64) -> Option<&TextTemplate> {
        let found = self.text_templates.by_id.get(&id);
        found.filter(|template| template.scope == scope)
    }

    /// Keeps a new template.
    ///
    /// # Errors
    /// When there are too many, or its name is taken.
    pub fn add_text_template(
        &mut self,
        scope: TemplateScope,
        display_name: &str,
        text: &str,
    ) -> Result<TextTemplate, TemplateError> {
        const FIRST: u64 = 21_440_000;
        let most = match scope {
            TemplateScope::Personal(_) => MOST_PERSONAL,
            TemplateScope::Company => MOST_COMPANY,
        };
        if self.text_templates(scope).count() >= most {
            return Err(TemplateError::TooMany(most));
        }
        self.check_name(scope, display_name, None)?;
        self.text_templates.last += 1;
        let template = TextTemplate {
            id: FIRST + self.text_templates.last,
            scope,
            display_name: display_name.to_owned(),
            text: text.to_owned(),
        };
        self.text_templates.by_id.insert(template.id, template.clone());
        Ok(template)
    }

    /// Changes a template's name, text or both.
    ///
    /// # Errors
    /// When there is none, or the name is taken.
    pub fn edit_text_template(
        &mut self,
        scope: TemplateScope,
        id: u64,
        display_name: Option<&str>,
        text: Option<&str>,
    ) -> Result<TextTemplate, TemplateError> {
        if let Some(name) = display_name {
            self.check_name(scope, name, Some(id))?;
        }
        let found = self.text_templates.by_id.get_mut(&id);
        let template = found
            .filter(|template| template.scope == scope)
            .ok_or(TemplateError::NoSuchTemplate(id))?;
        if let Some(name) = display_name {
            name.clone_into(&mut template.display_name);
        }
        if let Some(text) = text {
            text.clone_into(&mut template.text);
        }
        Ok(template.clone())
    }

    /// Throws a template away.
    ///
    /// # Errors
    /// When there is none.
    pub fn delete_text_template(&mut self, scope: TemplateScope, id: u64) -> Result<(), TemplateError> {
        if self.text_template(scope, id).is_none() {
            return Err(TemplateError::NoSuchTemplate(id));
        }
        self.text_templates.by_id.remove(&id);
        Ok(())
    }

    fn check_name(&self, scope: TemplateScope, name: &str, own: Option<u64>) -> Result<(), TemplateError> {
        let is_taken = scope == TemplateScope::Company
            && self
                .text_templates(scope)
                .any(|other| Some(other.id) != own && other.display_name == name);
        if is_taken {
            Err(TemplateError::NameTaken)
        } else {
            Ok(())
        }
    }
}
