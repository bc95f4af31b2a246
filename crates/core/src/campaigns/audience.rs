//! From contacts, tags, lists and pasted numbers to the people behind them, with what is known to fill a text with.

use crate::error::CoreError;
use crate::numbers::{NumberingPlan, ParsedNumber};
use crate::store::Store;
use crate::templates::{Author, own_values};
use csv::{ReaderBuilder, StringRecord};
use domain::campaign::{Audience, CsvAudience, CsvColumns};
use domain::contact::{Contact, NumberLabel};
use domain::ids::ContactId;
use domain::phone_number::E164;
use domain::template::{Values, Variable};

/// Rows of a list that are shown to recognise its columns by.
const SAMPLES: usize = 3;
/// Rows that are looked at to guess what a column holds.
const LOOKED_AT: usize = 50;

/// Somebody who is to get a text, if that is possible.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// The name, or the number as it was written.
    pub(super) label: String,
    pub(super) contact: Option<ContactId>,
    /// `None` when there is none that can be texted.
    pub(super) number: Option<E164>,
    /// It is there to receive faxes.
    pub(super) is_fax: bool,
    /// There is not even something that was meant as a number.
    pub(super) has_nothing: bool,
    pub(super) values: Values,
}

/// Everybody whom an audience names, in its order: contacts, tags, the file, pasted numbers.
pub(super) async fn candidates(
    store: &Store,
    author: &Author,
    audience: &Audience,
    from: &E164,
) -> Result<Vec<Candidate>, CoreError> {
    let plan = store.numbering();
    let own = own_values(store, author, Values::default())
        .with(Variable::MyNumber, &plan.show(from, None).formatted);
    let mut candidates = Vec::new();
    let mut ids = audience.contacts.clone();
    if !audience.tags.is_empty() {
        ids.extend(store.contacts_with_tags(&audience.tags).await?);
    }
    let held = store.contacts(&ids).await?;
    for id in &ids {
        if let Some(contact) = held.iter().find(|contact| contact.id == *id) {
            candidates.push(of_contact(&contact.clone().into_contact(plan), &own));
        }
    }
    let mut loose = match &audience.csv {
        Some(csv) => of_csv(csv, plan)?,
        None => Vec::new(),
    };
    loose.extend(of_pasted(&audience.pasted, plan));
    // A number of somebody we know brings what we know about them.
    let numbers: Vec<E164> = loose.iter().filter_map(|one| one.number.clone()).collect();
    let parties = store.parties(&numbers).await?;
    let known: Vec<ContactId> = parties
        .iter()
        .filter_map(|party| party.contact.as_ref().map(|contact| contact.id))
        .collect();
    let known = store.contacts(&known).await?;
    for mut one in loose {
        let party = one
            .number
            .as_ref()
            .and_then(|number| super::party_of(&parties, number));
        if let Some(contact) = party.and_then(|party| party.contact.as_ref()) {
            one.label.clone_from(&contact.name);
            one.contact = Some(contact.id);
            if let Some(held) = known.iter().find(|held| held.id == contact.id) {
                let known = Values::of_contact(&held.clone().into_contact(plan));
                one.values = filled_up(one.values, &known);
            }
        }
        one.values = filled_up(one.values, &own);
        candidates.push(one);
    }
    Ok(candidates)
}

/// The columns of a list, with a guess what they hold.
///
/// # Errors
/// [`CoreError::Invalid`] when there is nothing in it.
pub fn columns(content: &str, plan: NumberingPlan) -> Result<CsvColumns, CoreError> {
    let (headers, rows) = read(content)?;
    let is_number = |column: usize| {
        let values = || rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column));
        let numbers = values()
            .filter(|value| matches!(plan.parse(value), ParsedNumber::Number { .. }))
            .count();
        numbers > 0 && numbers * 2 >= values().filter(|value| !value.trim().is_empty()).count()
    };
    let number_column = (0..headers.len()).find(|column| is_number(*column));
    let values = headers
        .iter()
        .enumerate()
        .filter(|(column, _)| Some(*column) != number_column)
        .filter_map(|(column, header)| Some((column, Variable::nearest(header)?.name().to_owned())))
        .collect();
    Ok(CsvColumns {
        samples: rows
            .iter()
            .take(SAMPLES)
            .map(|row| {
                (0..headers.len())
                    .map(|column| row.get(column).unwrap_or_default().to_owned())
                    .collect()
            })
            .collect(),
        rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        headers,
        number_column,
        values,
    })
}

fn of_contact(contact: &Contact, own: &Values) -> Candidate {
    let texted = |label: NumberLabel| {
        contact
            .numbers
            .iter()
            .find(|number| number.label == label && number.number.e164.is_some())
    };
    let best = texted(NumberLabel::Mobile)
        .or_else(|| {
            contact
                .numbers
                .iter()
                .find(|number| number.label != NumberLabel::Fax && number.number.e164.is_some())
        })
        .or_else(|| texted(NumberLabel::Fax));
    Candidate {
        label: contact.name.clone(),
        contact: Some(contact.id),
        number: best.and_then(|number| number.number.e164.clone()),
        is_fax: best.is_some_and(|number| number.label == NumberLabel::Fax),
        has_nothing: contact.numbers.is_empty(),
        values: filled_up(Values::of_contact(contact), own),
    }
}

fn of_pasted(pasted: &str, plan: NumberingPlan) -> Vec<Candidate> {
    pasted
        .split(['\n', '\r', ',', ';', '\t'])
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| of_text(text, Values::default(), plan))
        .collect()
}

fn of_csv(csv: &CsvAudience, plan: NumberingPlan) -> Result<Vec<Candidate>, CoreError> {
    let (_, rows) = read(&csv.content)?;
    Ok(rows
        .iter()
        .filter(|row| row.iter().any(|field| !field.trim().is_empty()))
        .map(|row| {
            let values = csv
                .values
                .iter()
                .fold(Values::default(), |values, (column, name)| {
                    match (Variable::of_name(name), row.get(*column)) {
                        (Some(variable), Some(value)) => values.with(variable, value),
                        _ => values,
                    }
                });
            let number = row.get(csv.number_column).unwrap_or_default();
            let mut candidate = of_text(number, values, plan);
            if let Some(name) = candidate
                .values
                .get(Variable::Name)
                .or(candidate.values.get(Variable::FirstName))
            {
                candidate.label = name.to_owned();
            }
            candidate
        })
        .collect())
}

fn of_text(text: &str, values: Values, plan: NumberingPlan) -> Candidate {
    let number = match plan.parse(text) {
        ParsedNumber::Number { e164, .. } => Some(e164),
        ParsedNumber::Short(_) | ParsedNumber::Withheld | ParsedNumber::Malformed(_) => None,
    };
    let label = match &number {
        Some(number) => plan.show(number, None).formatted,
        None => text.trim().to_owned(),
    };
    let values = match &number {
        Some(_) if values.get(Variable::Number).is_none() => values.with(Variable::Number, &label),
        _ => values,
    };
    Candidate {
        has_nothing: text.trim().is_empty(),
        label,
        contact: None,
        number,
        is_fax: false,
        values,
    }
}

/// Values of `other` where there are none.
fn filled_up(values: Values, other: &Values) -> Values {
    Variable::ALL.into_iter().fold(values, |values, variable| {
        match (values.get(variable), other.get(variable)) {
            (None, Some(value)) => {
                let value = value.to_owned();
                values.with(variable, &value)
            }
            _ => values,
        }
    })
}

/// The header line and the rows below it.
fn read(content: &str) -> Result<(Vec<String>, Vec<StringRecord>), CoreError> {
    let content = content.trim_start_matches('\u{feff}');
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| {
            let first = content.lines().next().unwrap_or_default();
            first.bytes().filter(|byte| byte == delimiter).count()
        })
        .unwrap_or(b',');
    let mut records = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content.as_bytes())
        .into_records()
        .filter_map(Result::ok);
    let headers = records
        .next()
        .ok_or_else(|| CoreError::Invalid("The file is empty.".to_owned()))?;
    let headers = headers.iter().map(|header| header.trim().to_owned()).collect();
    Ok((headers, records.collect()))
}
