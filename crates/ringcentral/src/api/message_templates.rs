//! RingCentral's own store of prepared texts: at most 25 of one person, at most 50 of a company.
//!
//! Read only: this product keeps its templates itself and takes these over. Their texts hold no variables.
//!
//! Today's API reference leaves these operations out; its version 1.0.58 has them, the vendor's guide teaches them
//! (developers.ringcentral.com/guide/messaging/templates/overview) and its own clients use them. A server without them
//! answers 404.

use serde::Deserialize;

use super::{
    ExtensionRef, OWN, area,
    operations::{LIST_COMPANY_MESSAGE_TEMPLATES, LIST_USER_MESSAGE_TEMPLATES},
};
use crate::{
    client::{Query, Request},
    error::Error,
    id::MessageTemplateId,
    open_enum::open_enum,
    page::{Page, plain_records},
    rate_limit::Priority,
};

area! {
    /// Prepared texts. From [`crate::Client::message_templates`].
    MessageTemplates
}

impl MessageTemplates<'_> {
    /// Reads an extension's personal templates (`listUserMessageTemplates`, group Light; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn personal(
        &self,
        of: &ExtensionRef,
        priority: Priority,
    ) -> Result<Page<MessageTemplate>, Error> {
        // Without it the company's come along.
        let query = Query::default().set("scope", Some(TemplateScope::Personal));
        Request::new(&LIST_USER_MESSAGE_TEMPLATES, &[OWN, of.as_str()], priority)
            .query(query)
            .page(self.client)
            .await
    }

    /// Reads the company's templates, of all sites (`listCompanyMessageTemplates`, group Light; scope `ReadAccounts`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn of_company(&self, priority: Priority) -> Result<Page<MessageTemplate>, Error> {
        Request::new(&LIST_COMPANY_MESSAGE_TEMPLATES, &[OWN], priority)
            .page(self.client)
            .await
    }
}

open_enum! {
    /// Whose template it is.
    pub enum TemplateScope {
        Company = "Company",
        Personal = "Personal",
    }
}

/// A prepared text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageTemplate {
    /// The template.
    pub id: MessageTemplateId,
    /// Its name.
    pub display_name: String,
    /// What it says.
    pub body: TemplateBody,
    /// Whose it is.
    pub scope: Option<TemplateScope>,
    /// The site it belongs to, where a company has sites.
    pub site: Option<TemplateSite>,
}
plain_records!(MessageTemplate);

/// What a template says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TemplateBody {
    /// The words, at most 1000 UTF-16 units.
    pub text: String,
}

/// A site of the company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TemplateSite {
    /// Its id; `main-site` for the main one.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::read_page;

    #[test]
    fn templates_are_read_with_and_without_a_site() {
        let page = read_page::<MessageTemplate>(
            "listUserMessageTemplates",
            r#"{"records":[
                {"id":"29017","displayName":"Ready","body":{"text":"It is ready."},"scope":"Personal"},
                {"id":29018,"displayName":"Closed","body":{"text":"We are closed."},"scope":"Company",
                 "site":{"id":"main-site","name":"Main Site"}}]}"#,
        )
        .unwrap();
        let ids: Vec<_> = page.records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!((ids, page.malformed.len()), (vec!["29017", "29018"], 0));
        assert_eq!(page.records[1].scope, Some(TemplateScope::Company));
    }
}
