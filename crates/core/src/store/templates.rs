//! Stored templates. What a body means is read with [`domain::template`], here it is only text.

use super::rows::read_instant;
use super::undo::{self, UndoChange};
use super::{Result, Store, StoreError};
use domain::event::CoreEvent;
use domain::ids::TemplateId;
use domain::ipc::Undoable;
use domain::template::{MessageTemplate, Template, TemplateDraft, Variable};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// A template as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, sqlx::FromRow)]
pub(super) struct TemplateRow {
    id: i64,
    company_id: String,
    name: String,
    body: String,
    category: Option<String>,
    variables: String,
    created_by: Option<String>,
    created_at: i64,
    updated_at: i64,
}

impl Store {
    /// All templates: by category and then by name, those without a category last.
    pub async fn templates(&self) -> Result<Vec<MessageTemplate>> {
        let rows: Vec<TemplateRow> = sqlx::query_as(
            "SELECT * FROM sms_templates \
             ORDER BY category IS NULL, category COLLATE NOCASE, name COLLATE NOCASE, id",
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(TemplateRow::read).collect()
    }

    /// One template.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn template(&self, id: TemplateId) -> Result<MessageTemplate> {
        let row: Option<TemplateRow> = sqlx::query_as("SELECT * FROM sms_templates WHERE id = ?")
            .bind(id.0)
            .fetch_optional(self.readers())
            .await?;
        row.ok_or(MISSING)?.read()
    }

    /// Stores new templates, all or none.
    pub async fn add_templates(
        &self,
        company_id: &str,
        created_by: Option<&str>,
        drafts: &[TemplateDraft],
    ) -> Result<Vec<TemplateId>> {
        let now = self.clock().now().as_millisecond();
        let mut transaction = self.write().await?;
        let mut ids = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let id: i64 = sqlx::query_scalar(
                "INSERT INTO sms_templates (company_id, name, body, category, variables, created_by, created_at, \
                 updated_at) VALUES (?, ?, ?, ?, ?, ?, ?7, ?7) RETURNING id",
            )
            .bind(company_id)
            .bind(&draft.name)
            .bind(&draft.body)
            .bind(&draft.category)
            .bind(variables(&draft.body)?)
            .bind(created_by)
            .bind(now)
            .fetch_one(&mut *transaction)
            .await?;
            ids.push(TemplateId(id));
        }
        transaction.commit().await?;
        self.changes().announce(CoreEvent::TemplatesChanged);
        Ok(ids)
    }

    /// Replaces what a template says.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn change_template(&self, id: TemplateId, draft: &TemplateDraft) -> Result<()> {
        let mut transaction = self.write().await?;
        let changed = sqlx::query(
            "UPDATE sms_templates SET name = ?, body = ?, category = ?, variables = ?, updated_at = ? WHERE id = ?",
        )
        .bind(&draft.name)
        .bind(&draft.body)
        .bind(&draft.category)
        .bind(variables(&draft.body)?)
        .bind(self.clock().now().as_millisecond())
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        if changed.rows_affected() == 0 {
            return Err(MISSING);
        }
        self.changes().announce(CoreEvent::TemplatesChanged);
        Ok(())
    }

    /// Deletes a template; it can be taken back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn delete_template(&self, id: TemplateId) -> Result<Undoable> {
        let mut transaction = self.write().await?;
        let row: Option<TemplateRow> = sqlx::query_as("DELETE FROM sms_templates WHERE id = ? RETURNING *")
            .bind(id.0)
            .fetch_optional(&mut *transaction)
            .await?;
        let row = row.ok_or(MISSING)?;
        let words = format!("“{}” deleted", row.name);
        let change = UndoChange::TemplateDeleted(row);
        let token = undo::remember(&mut transaction, &change, self.clock().now()).await?;
        transaction.commit().await?;
        self.changes().announce(CoreEvent::TemplatesChanged);
        Ok(Undoable { token, words })
    }
}

const MISSING: StoreError = StoreError::NotFound {
    what: "This template",
};

/// Puts a deleted template back.
pub(super) async fn put_back(connection: &mut SqliteConnection, row: &TemplateRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO sms_templates (id, company_id, name, body, category, variables, created_by, created_at, updated_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.id)
    .bind(&row.company_id)
    .bind(&row.name)
    .bind(&row.body)
    .bind(&row.category)
    .bind(&row.variables)
    .bind(&row.created_by)
    .bind(row.created_at)
    .bind(row.updated_at)
    .execute(connection)
    .await?;
    Ok(())
}

impl TemplateRow {
    fn read(self) -> Result<MessageTemplate> {
        let variables: Vec<Variable> = serde_json::from_str(&self.variables).map_err(unreadable)?;
        Ok(MessageTemplate {
            id: TemplateId(self.id),
            name: self.name,
            body: self.body,
            category: self.category,
            variables,
            created_by: self.created_by,
            created_at: read_instant(self.created_at)?,
            updated_at: read_instant(self.updated_at)?,
        })
    }
}

/// A body with problems has none: they are known only when it is understood.
fn variables(body: &str) -> Result<String> {
    let variables = Template::parse(body).map_or_else(|_| Vec::new(), |template| template.variables());
    serde_json::to_string(&variables).map_err(unreadable)
}

fn unreadable(source: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        field: "sms_templates.variables",
        source: Some(source),
    }
}
