//! The two years of the demo company, looked through page by page.

use simulator::world::Clock;
use simulator::{Options, RateLimits};

use crate::document::Document;
use crate::support::{Lab, START};

const ME: &str = "/restapi/v1.0/account/~/extension/~";
const EVERYTHING: &str = "dateFrom=2020-01-01T00:00:00Z";
/// Pages of each list; the generator works the same on every day.
const PAGES: usize = 4;

/// What is wrong with the lists of the person the demo signs in as.
pub(crate) async fn look_through(document: &Document) -> Vec<String> {
    let clock = Clock::manual(START.parse().unwrap());
    let lab = Lab::serving(
        Options::demo(1, clock.clone()).rate_limits(RateLimits::raised()),
        clock,
    )
    .await;
    let token = lab.token("101").await;
    let mut findings = Vec::new();
    for (id, path) in [
        ("readAccountInfo", "/restapi/v1.0/account/~"),
        ("getAccountInfoV2", "/restapi/v2/accounts/~"),
        ("readExtension", ME),
        ("readUserPresenceStatus", &format!("{ME}/presence")),
        ("readAccountPresence", "/restapi/v1.0/account/~/presence"),
        ("listCallQueues", "/restapi/v1.0/account/~/call-queues"),
        ("listExtensionDevices", &format!("{ME}/device")),
        (
            "listDirectoryEntries",
            "/restapi/v1.0/account/~/directory/entries",
        ),
        (
            "listAccountPhoneNumbersV2",
            "/restapi/v2/accounts/~/phone-numbers",
        ),
    ] {
        let got = lab.get(&token, path).await;
        findings.extend(document.check(id, got.status, got.header("content-type"), &got.body));
    }
    for (id, path) in [
        (
            "readUserCallLog",
            format!("{ME}/call-log?view=Detailed&perPage=100&{EVERYTHING}"),
        ),
        (
            "listMessages",
            format!("{ME}/message-store?perPage=250&{EVERYTHING}"),
        ),
        ("listContacts", format!("{ME}/address-book/contact?perPage=250")),
        (
            "listExtensions",
            "/restapi/v1.0/account/~/extension?perPage=100".to_owned(),
        ),
        ("listExtensionPhoneNumbers", format!("{ME}/phone-number")),
    ] {
        let mut next = Some(path);
        let mut pages = 0;
        while let (Some(address), true) = (next.take(), pages < PAGES) {
            let page = lab.get(&token, &address).await;
            assert!(!page.records().is_empty(), "{address}");
            findings.extend(document.check(id, page.status, page.header("content-type"), &page.body));
            next = page.body["navigation"]["nextPage"]["uri"]
                .as_str()
                .map(str::to_owned);
            pages += 1;
        }
    }
    findings.truncate(50);
    findings
}
