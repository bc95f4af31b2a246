//! What a campaign is to be, step by step, and what is still in its way. Pure.
//!
//! How many people it reaches exactly is for the core to say; until then there is an upper bound.

use crate::format::counted;
use domain::campaign::{Audience, CampaignCheck, CampaignDraft, CsvAudience, CsvColumns};
use domain::contact::Contact;
use domain::ids::TemplateId;
use domain::outgoing::Sender;
use domain::template::Template;

/// The four steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    #[default]
    Who,
    What,
    Check,
    Send,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Who, Self::What, Self::Check, Self::Send];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Who => "Who",
            Self::What => "What",
            Self::Check => "Check",
            Self::Send => "Send",
        }
    }

    pub(super) fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    pub(super) fn before(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }
}

/// A list from a file, with what its columns hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PickedFile {
    pub(super) name: String,
    pub(super) content: String,
    pub(super) columns: CsvColumns,
    pub(super) number_column: Option<usize>,
    pub(super) values: Vec<(usize, String)>,
}

/// Everything chosen so far.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(super) step: Step,
    /// Empty until somebody names it.
    pub(crate) name: String,
    pub(super) people: Vec<Contact>,
    /// With the number of contacts that have them.
    pub(super) tags: Vec<(String, u32)>,
    pub(super) file: Option<PickedFile>,
    pub(super) pasted: String,
    pub(super) from: Option<Sender>,
    pub(super) template: Option<TemplateId>,
    pub(super) body: String,
    pub(super) adds_opt_out_line: bool,
    pub(super) waits_for_morning: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            step: Step::Who,
            name: String::new(),
            people: Vec::new(),
            tags: Vec::new(),
            file: None,
            pasted: String::new(),
            from: None,
            template: None,
            body: String::new(),
            adds_opt_out_line: true,
            waits_for_morning: true,
        }
    }
}

impl Plan {
    /// How many recipients there are at most: duplicates and people who cannot be texted are still among them.
    pub(super) fn most_recipients(&self) -> u64 {
        let tags: u64 = self.tags.iter().map(|(_, count)| u64::from(*count)).sum();
        self.people.len() as u64 + tags + self.rows_of_file() + pasted_numbers(&self.pasted)
    }

    /// Rows that can be used: none before somebody says where the numbers stand.
    pub(super) fn rows_of_file(&self) -> u64 {
        self.file
            .as_ref()
            .filter(|file| file.number_column.is_some())
            .map_or(0, |file| file.columns.rows.into())
    }

    /// As the core takes it, once there is a number to send from. `day` names a campaign that has no name.
    pub(super) fn draft(&self, day: &str) -> Option<CampaignDraft> {
        Some(CampaignDraft {
            name: self.name_or_default(day),
            from: self.from.as_ref()?.number.e164.clone()?,
            audience: self.audience(),
            body: self.body.trim().to_owned(),
            adds_opt_out_line: self.adds_opt_out_line,
            waits_for_morning: self.waits_for_morning,
        })
    }

    pub(super) fn name_or_default(&self, day: &str) -> String {
        match self.name.trim() {
            "" => format!("Campaign of {day}"),
            name => name.to_owned(),
        }
    }

    fn audience(&self) -> Audience {
        Audience {
            contacts: self.people.iter().map(|contact| contact.id).collect(),
            tags: self.tags.iter().map(|(tag, _)| tag.clone()).collect(),
            pasted: self.pasted.clone(),
            csv: self.file.as_ref().and_then(|file| {
                Some(CsvAudience {
                    file_name: file.name.clone(),
                    content: file.content.clone(),
                    number_column: file.number_column?,
                    values: file.values.clone(),
                })
            }),
        }
    }

    /// What keeps one from going on, as an instruction; `None` when nothing does.
    pub(super) fn obstacle(&self, check: Option<&CampaignCheck>) -> Option<String> {
        let words = match self.step {
            Step::Who => self.lacks_people()?,
            Step::What => self.lacks_text()?,
            Step::Check | Step::Send => match check {
                None => "",
                Some(check) if !check.problems.is_empty() => "Mend the text first.",
                Some(check) if check.recipients == 0 => "Nobody is left who could get it.",
                Some(_) => return None,
            },
        };
        Some(words.to_owned())
    }

    fn lacks_people(&self) -> Option<&'static str> {
        if self.file.is_some() && self.rows_of_file() == 0 {
            Some("Say which column of the file holds the numbers.")
        } else if self.most_recipients() == 0 {
            Some("Choose at least one person, tag, file or number.")
        } else {
            None
        }
    }

    fn lacks_text(&self) -> Option<&'static str> {
        if self.from.is_none() {
            Some("Choose the number to send from.")
        } else if self.body.trim().is_empty() {
            Some("Write a text, or choose a template.")
        } else if Template::parse(&self.body).is_err() {
            Some("Mend the marked places in the text.")
        } else {
            None
        }
    }

    /// The farthest step that can be gone to from here.
    pub(super) fn reached(&self) -> Step {
        if self.lacks_people().is_some() {
            Step::Who
        } else if self.lacks_text().is_some() {
            Step::What
        } else {
            // Sending needs a look at the check.
            self.step.max(Step::Check)
        }
    }

    /// `Up to 214 recipients`, and after the check how many there are.
    pub(super) fn summary(&self, check: Option<&CampaignCheck>) -> String {
        match check {
            Some(check) => counted(check.recipients.into(), "recipient", "recipients"),
            None => match self.most_recipients() {
                0 => "Nobody chosen yet".to_owned(),
                most => format!("Up to {}", counted(most, "recipient", "recipients")),
            },
        }
    }
}

/// How many entries of a pasted text could be numbers.
pub(super) fn pasted_numbers(text: &str) -> u64 {
    text.split(['\n', '\r', ',', ';', '\t'])
        .filter(|entry| entry.chars().any(|letter| letter.is_ascii_digit()))
        .count() as u64
}

#[cfg(test)]
mod tests;
