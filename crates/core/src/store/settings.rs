//! What a person chose, and the country whose numbers are written without a country code.

mod renumber;

use super::{Result, Store, StoreError};
use crate::numbers::NumberingPlan;
use domain::event::CoreEvent;
use domain::settings::Settings;
use sqlx::SqliteConnection;
use std::sync::PoisonError;

impl Store {
    /// The stored settings; the defaults before anything was stored.
    pub async fn settings(&self) -> Result<Settings> {
        Ok(self.stored_settings().await?.unwrap_or_default())
    }

    /// The stored settings, if any were.
    pub async fn stored_settings(&self) -> Result<Option<Settings>> {
        let stored: Option<String> = sqlx::query_scalar("SELECT settings FROM profile")
            .fetch_one(self.readers())
            .await?;
        let read = stored.map(|text| serde_json::from_str(&text)).transpose();
        read.map_err(|source| StoreError::Unreadable {
            field: "profile.settings",
            source: Some(source),
        })
    }

    /// Stores all settings. Another home country reads every number anew that was written without a country code.
    pub async fn save_settings(&self, settings: &Settings) -> Result<()> {
        let text = serde_json::to_string(settings).map_err(|source| StoreError::Unreadable {
            field: "profile.settings",
            source: Some(source),
        })?;
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE profile SET settings = ?, home_country = ?")
            .bind(text)
            .bind(&settings.home_country)
            .execute(&mut *transaction)
            .await?;
        let renumbered = self.renumber_for_country(&mut transaction).await?;
        transaction.commit().await?;
        self.renumbered(renumbered);
        self.changes().announce(CoreEvent::SettingsChanged);
        Ok(())
    }

    /// Remembers the account's country, as ISO 3166-1 alpha-2; used unless a person chose another.
    pub async fn set_account_country(&self, country: &str) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE profile SET account_country = ?")
            .bind(country)
            .execute(&mut *transaction)
            .await?;
        let renumbered = self.renumber_for_country(&mut transaction).await?;
        transaction.commit().await?;
        self.renumbered(renumbered);
        Ok(())
    }

    async fn renumber_for_country(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<renumber::Renumbered>> {
        let country: String =
            sqlx::query_scalar("SELECT coalesce(home_country, account_country) FROM profile")
                .fetch_one(&mut *connection)
                .await?;
        let plan = NumberingPlan::of_country(&country).unwrap_or_default();
        if plan == self.numbering() {
            return Ok(None);
        }
        Ok(Some(
            renumber::renumber(connection, plan, self.owed_since()).await?,
        ))
    }

    fn renumbered(&self, renumbered: Option<renumber::Renumbered>) {
        let Some(renumbered) = renumbered else { return };
        *self.0.numbering.write().unwrap_or_else(PoisonError::into_inner) = renumbered.plan;
        // Every number is shown in another way now, changed or not.
        self.changes()
            .announce(CoreEvent::CommunicationsChanged { ids: Vec::new() });
        self.changes()
            .announce(CoreEvent::ContactsChanged { ids: Vec::new() });
    }
}
