//! What a person chooses, before and after signing in.

use crate::office::Office;
use domain::event::CoreEvent;
use domain::ipc::session::SignOut;
use domain::ipc::settings::SaveSettings;
use domain::settings::{Settings, Theme};

async fn choose(office: &Office, settings: Settings) {
    office
        .board
        .save_settings(SaveSettings { settings })
        .await
        .unwrap();
}

async fn chosen(office: &Office) -> Settings {
    office.state().await.settings
}

fn dark() -> Settings {
    Settings {
        theme: Theme::Dark,
        backfill_months: 3,
        ..Settings::default()
    }
}

#[tokio::test]
async fn what_is_chosen_before_anyone_signs_in_holds_and_outlives_the_program() {
    let mut office = Office::closed().await;
    let mut events = office.board.events();
    choose(&office, dark()).await;
    assert_eq!(events.try_next(), Some(CoreEvent::SettingsChanged));
    assert_eq!(chosen(&office).await, dark());
    office.kill_and_reopen().await;
    assert_eq!(chosen(&office).await, dark());
    office.sign_in().await;
    assert_eq!(chosen(&office).await, dark());
}

#[tokio::test]
async fn looks_stay_when_the_account_goes_and_the_accounts_own_choices_go_with_it() {
    let office = Office::open().await;
    choose(&office, dark()).await;
    office
        .board
        .sign_out(SignOut { erases_data: false })
        .await
        .unwrap();
    let signed_out = chosen(&office).await;
    assert_eq!((signed_out.theme, signed_out.backfill_months), (Theme::Dark, 24));
    // Each demo is a new account; it looks as this computer was told to look.
    office
        .board
        .sign_in_demo(office.server(), office.jwt())
        .await
        .unwrap();
    assert_eq!(chosen(&office).await.theme, Theme::Dark);
    let light = Settings {
        theme: Theme::Light,
        ..Settings::default()
    };
    choose(&office, light).await;
    office.sign_in().await;
    let back = chosen(&office).await;
    assert_eq!((back.theme, back.backfill_months), (Theme::Light, 3));
}

#[tokio::test]
async fn a_country_that_does_not_exist_is_refused_without_a_sign_in_too() {
    let office = Office::closed().await;
    let settings = Settings {
        home_country: Some("XX".to_owned()),
        ..dark()
    };
    let refused = office.board.save_settings(SaveSettings { settings }).await;
    assert!(refused.is_err());
    assert_eq!(chosen(&office).await, Settings::default());
}
