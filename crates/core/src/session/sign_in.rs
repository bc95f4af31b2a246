//! Making a client, and finding out who signed in with it.
//!
//! Which account's data is opened then, and what runs on it, is not decided here.

use super::account_secrets::{AccountSecrets, Credentials};
use super::profile::{AccountKey, Profile, SignInWay};
use crate::clock::Clock;
use crate::error::CoreError;
use crate::numbers::{NumberingPlan, ParsedNumber};
use domain::session::{Server, SignedIn};
use ringcentral::api::ExtensionRef;
use ringcentral::api::account::RegionalSettings;
use ringcentral::api::phone_numbers::UsageType;
use ringcentral::retry::RetryPolicy;
use ringcentral::{Client, Error, Priority};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A request in the background that would have to wait longer for its rate budget says so instead: the synchronisation
/// waits by its own clock and shows it.
const LONGEST_UNSEEN_WAIT: Duration = Duration::from_secs(2);

impl ringcentral::Clock for Clock {
    fn now(&self) -> jiff::Timestamp {
        Self::now(self)
    }
}

/// A client for this server that keeps its tokens in `secrets`.
///
/// # Errors
/// [`CoreError::Invalid`] when the address or the client id cannot work.
pub fn client(
    base_url: &str,
    client_id: &str,
    credentials: &Credentials,
    secrets: Arc<AccountSecrets>,
    clock: &Clock,
    rate_windows_follow_clock: bool,
) -> Result<Client, CoreError> {
    let server = Url::parse(base_url.trim()).map_err(|_| {
        CoreError::Invalid(
            "The server address is not a web address such as https://platform.ringcentral.com.".to_owned(),
        )
    })?;
    let mut config = ringcentral::Config::new(server, client_id.trim());
    config.client_secret = credentials.client_secret.clone();
    config.are_rate_windows_driven = rate_windows_follow_clock;
    config.max_background_wait = Some(LONGEST_UNSEEN_WAIT);
    // The synchronisation has its own pacing, which is seen and can be told to go on; what a person waits for is
    // tried twice.
    config.retry = RetryPolicy {
        max_tries: 1,
        ..RetryPolicy::default()
    };
    Ok(Client::new(config, secrets, Arc::new(clock.clone()))?)
}

/// Asks the server whose tokens these are.
///
/// # Errors
/// Any error of the server; a person without a readable account cannot use this program.
pub async fn who_is_it(client: &Client, server: &Server, way: SignInWay) -> Result<Profile, CoreError> {
    let account = client.account().get(Priority::Interactive).await?;
    let extension = client
        .extensions()
        .get(&ExtensionRef::Own, Priority::Interactive)
        .await?;
    let direct_number = direct_number(client).await?;
    let home_country = country(extension.regional_settings.as_ref())
        .or_else(|| country(account.regional_settings.as_ref()))
        .filter(|code| NumberingPlan::of_country(code).is_some());
    let plan = home_country
        .as_deref()
        .and_then(NumberingPlan::of_country)
        .unwrap_or_default();
    let (account_id, extension_id) = (account.id.as_str(), extension.id.as_str());
    let contact = extension.contact.as_ref();
    let brand = account
        .service_info
        .and_then(|service| service.brand)
        .and_then(|brand| brand.name);
    Ok(Profile {
        account: match way {
            SignInWay::Demo => AccountKey::demo(),
            SignInWay::Browser | SignInWay::Jwt => {
                AccountKey::real(&server.base_url, account_id, extension_id)
            }
        },
        signed_in: SignedIn {
            name: extension
                .name
                .clone()
                .unwrap_or_else(|| "Somebody without a name".to_owned()),
            extension: extension.extension_number.clone().unwrap_or_default(),
            company: contact
                .and_then(|contact| contact.company.clone())
                .or(brand)
                .unwrap_or_default(),
            direct_number: direct_number.map(|number| formatted(&plan, &number)),
            is_demo: way == SignInWay::Demo,
            server: server.base_url.clone(),
        },
        way,
        base_url: server.base_url.clone(),
        client_id: server.client_id.clone(),
        account_id: account_id.to_owned(),
        extension_id: extension_id.to_owned(),
        home_country,
    })
}

async fn direct_number(client: &Client) -> Result<Option<String>, CoreError> {
    match client
        .phone_numbers()
        .of_extension(&ExtensionRef::Own, Priority::Interactive)
        .await
    {
        Ok(numbers) => Ok(numbers
            .records
            .into_iter()
            .filter(|number| number.usage_type == Some(UsageType::DirectNumber))
            .max_by_key(|number| number.is_primary)
            .map(|number| number.phone_number)),
        // Only decoration.
        Err(Error::Forbidden { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn country(settings: Option<&RegionalSettings>) -> Option<String> {
    settings?.home_country.as_ref()?.iso_code.clone()
}

fn formatted(plan: &NumberingPlan, number: &str) -> String {
    match plan.parse(number) {
        ParsedNumber::Number { e164, extension } => plan.show(&e164, extension.as_deref()).formatted,
        _ => number.to_owned(),
    }
}
