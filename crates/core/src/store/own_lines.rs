//! Our own numbers, extensions and queues, and their names: which of them was dialled.

use super::facts::comparable;
use super::{Result, Store};
use crate::numbers::NumberingPlan;
use domain::call::DialledLine;
use domain::phone_number::E164;
use std::sync::{Arc, PoisonError};

/// One of our lines, as the vendor describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLine {
    pub number: Option<String>,
    pub extension: Option<String>,
    /// `Sales queue`, `Main line`, `Your direct line`.
    pub name: String,
    pub is_queue: bool,
}

/// Our lines in comparable form. There are few, so they are kept in memory.
#[derive(Debug, Default)]
pub(super) struct OwnLines(Vec<Line>);

#[derive(Debug, sqlx::FromRow)]
struct Line {
    e164: Option<String>,
    extension: Option<String>,
    name: String,
    is_queue: bool,
}

impl Store {
    /// Replaces what is known of our lines. Lines with neither a number nor an extension are left out.
    pub async fn replace_own_lines(&self, lines: &[OwnLine]) -> Result<()> {
        let plan = self.numbering();
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM own_lines")
            .execute(&mut *transaction)
            .await?;
        for line in lines {
            let e164 = comparable(line.number.as_deref(), plan);
            if e164.is_none() && line.extension.is_none() {
                continue;
            }
            sqlx::query("INSERT INTO own_lines (e164, extension, name, is_queue) VALUES (?, ?, ?, ?)")
                .bind(e164)
                .bind(&line.extension)
                .bind(&line.name)
                .bind(line.is_queue)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        self.load_own_lines().await
    }

    /// Which of our lines this is; `None` when it is none that we know. A number goes before an extension, because a
    /// queue's number is answered at a person's extension.
    pub fn own_line(&self, number: Option<&str>, extension: Option<&str>) -> Option<DialledLine> {
        let plan = self.numbering();
        let lines = self.own_lines();
        let line = lines.find(comparable(number, plan).as_deref(), extension)?;
        Some(DialledLine {
            name: line.called(plan),
            number: line
                .e164
                .as_deref()
                .and_then(|e164| E164::new(e164).ok())
                .map(|e164| plan.show(&e164, None)),
            is_queue: line.is_queue,
        })
    }

    pub(super) async fn load_own_lines(&self) -> Result<()> {
        let lines = sqlx::query_as("SELECT e164, extension, name, is_queue FROM own_lines ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        *self.0.own_lines.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(OwnLines(lines));
        Ok(())
    }

    pub(super) fn own_lines(&self) -> Arc<OwnLines> {
        Arc::clone(&self.0.own_lines.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl OwnLines {
    fn find(&self, e164: Option<&str>, extension: Option<&str>) -> Option<&Line> {
        let by_number = self
            .0
            .iter()
            .find(|line| e164.is_some() && line.e164.as_deref() == e164);
        by_number.or_else(|| {
            self.0
                .iter()
                .find(|line| extension.is_some() && line.extension.as_deref() == extension)
        })
    }

    /// What to call our side of a communication: our own name for it, else the vendor's, else the number.
    pub(super) fn name(
        &self,
        e164: Option<&str>,
        extension: Option<&str>,
        vendor_name: Option<String>,
        plan: NumberingPlan,
    ) -> Option<String> {
        let known = self.find(e164, extension).map(|line| line.called(plan));
        known.or(vendor_name).or_else(|| {
            let e164 = E164::new(e164?).ok()?;
            Some(plan.show(&e164, None).formatted)
        })
    }
}

impl Line {
    /// A line that has no name is stored under its number; people are shown that as they write it, whatever the country is now.
    fn called(&self, plan: NumberingPlan) -> String {
        let number = comparable(Some(&self.name), plan).filter(|number| self.e164.as_ref() == Some(number));
        match number.and_then(|number| E164::new(number).ok()) {
            Some(e164) => plan.show(&e164, None).formatted,
            None => self.name.clone(),
        }
    }
}
