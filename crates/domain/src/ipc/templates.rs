//! Text templates: keeping them, seeing what becomes of one, bringing them in and taking them along.

use super::Undoable;
use super::inbox::SavedFile;
use crate::ids::{ContactId, TemplateId};
use crate::template::{MessageTemplate, TemplateDraft, TemplateProblem, Variable};
use serde::{Deserialize, Serialize};

/// What a body becomes for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePreview {
    /// With the values put in; a missing one is named in square brackets: `[company]`. Empty while there are problems.
    pub text: String,
    /// What has neither a value nor a default, each once.
    pub missing: Vec<Variable>,
    /// What is wrong with the body itself, in order.
    pub problems: Vec<TemplateProblem>,
}

/// What bringing templates in did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatesImported {
    pub added: u32,
    /// The same name with the same text was here already.
    pub unchanged: u32,
    /// Had no name or no text, or was longer than a text may be.
    pub skipped: u32,
}

super::commands! {
    /// All templates, by category and then by name; those without a category last.
    ListTemplates {} -> Vec<MessageTemplate> as "list_templates";
    /// Stores a new template, or replaces what an existing one says. A body with problems is stored as well: it is
    /// refused only when it is to be sent.
    SaveTemplate { id: Option<TemplateId>, draft: TemplateDraft } -> MessageTemplate as "save_template";
    /// A copy beside it, named after it.
    DuplicateTemplate { id: TemplateId } -> MessageTemplate as "duplicate_template";
    DeleteTemplate { id: TemplateId } -> Undoable as "delete_template";
    /// What a body becomes for this contact. Without one only our own values are there: name, number, date.
    PreviewTemplate { body: String, contact: Option<ContactId> } -> TemplatePreview as "preview_template";
    /// Copies what RingCentral's own store of templates holds: the person's and the company's.
    ImportVendorTemplates {} -> TemplatesImported as "import_vendor_templates";
    /// Saves all templates as a file into the person's download folder.
    ExportTemplates {} -> SavedFile as "export_templates";
    /// Brings in the content of such a file.
    ImportTemplates { content: String } -> TemplatesImported as "import_templates";
}
