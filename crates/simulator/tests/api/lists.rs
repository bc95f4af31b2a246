//! Filters of lists: what they let through, and what is said to a word or a number that cannot be one.

use crate::support::Lab;

const ACCOUNT: &str = "/restapi/v1.0/account/~";
const ME: &str = "/restapi/v1.0/account/~/extension/~";

#[tokio::test]
async fn a_value_that_cannot_be_one_is_refused_by_the_name_of_its_parameter() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    for (list, query) in [
        (format!("{ACCOUNT}/extension"), "type=Wizard"),
        (format!("{ACCOUNT}/extension"), "status=Asleep"),
        (format!("{ACCOUNT}/phone-number"), "usageType=Spare"),
        (format!("{ACCOUNT}/phone-number"), "paymentType=Barter"),
        (format!("{ME}/phone-number"), "status=Odd"),
        ("/restapi/v2/accounts/~/phone-numbers".to_owned(), "tollType=Some"),
        (format!("{ME}/device"), "lineType=Crooked"),
        (format!("{ME}/device"), "feature=Wings"),
        (format!("{ACCOUNT}/directory/entries"), "type=Wizard"),
        (format!("{ACCOUNT}/directory/entries"), "showFederated=perhaps"),
        (format!("{ME}/call-log"), "view=Sideways"),
        (format!("{ME}/call-log"), "showBlocked=perhaps"),
        (format!("{ME}/call-log"), "dateFrom=yesterday"),
        (format!("{ME}/call-log"), "page=0"),
        (format!("{ME}/active-calls"), "conferenceType=Seance"),
        (format!("{ME}/call-log-sync?recordCount=5"), "showDeleted=perhaps"),
        (format!("{ME}/message-store"), "messageType=Telegram"),
        (format!("{ME}/message-store"), "perPage=many"),
        (format!("{ME}/message-sync"), "syncType=GSync"),
        (format!("{ME}/message-sync"), "ownerExtensionType=Wizard"),
    ] {
        let mark = if list.contains('?') { '&' } else { '?' };
        let got = lab.get(&token, &format!("{list}{mark}{query}")).await;
        assert_eq!((got.status, got.code()), (400, "CMN-101"), "{list} {query}");
        let name = query.split('=').next().unwrap();
        assert_eq!(got.body["errors"][0]["parameterName"], name, "{list}");
    }
}

#[tokio::test]
async fn phone_numbers_are_narrowed_down_by_every_documented_filter() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let count = async |query: &str| {
        let path = format!("/restapi/v2/accounts/~/phone-numbers?{query}");
        lab.get(&token, &path).await.records().len()
    };
    let all = count("").await;
    assert!(all > 2, "{all}");
    assert_eq!(count("status=Normal&tollType=Toll&byocNumber=false").await, all);
    for nothing in [
        "status=Pending",
        "tollType=TollFree",
        "byocNumber=true",
        "usageType=ELIN,Inventory",
    ] {
        assert_eq!(count(nothing).await, 0, "{nothing}");
    }
    assert_eq!(count("phoneNumber=15105550101").await, 1);
    assert_eq!(count("phoneNumber=%2B15105550101").await, 1);
    let owned = count("extensionStatus=Enabled").await;
    assert!(owned > 0 && owned <= all);
    assert_eq!(
        count("usageType=DirectNumber&usageType=MainCompanyNumber").await,
        count("usageType=DirectNumber").await + count("usageType=MainCompanyNumber").await
    );
}
