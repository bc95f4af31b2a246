//! Faxes in the real window: a document that is dropped on it arrives, and a set of plans is read.

use crate::app::App;
use crate::desktop::Desktop;
use fantoccini::Locator;
use sha2::{Digest as _, Sha256};
use simulator::media::{Document, DocumentDesign, DocumentFormat};
use simulator::scenario::{caller, incoming_fax};
use simulator::world::Clock;
use simulator::world::ids::ExtensionId;
use simulator::world::number::E164;
use simulator::world::outbound::LedgerKind;
use simulator::{Control, Options, RateLimits, Simulator};

/// Somebody nobody knows.
const STRANGER: &str = "(408) 555-0124";
/// The first person of the small company, who is signed in.
const ADA: ExtensionId = ExtensionId(809_646_016);

/// A program that reads pages, as far as this journey goes: it finds the same word on every page.
const READER: &str = r"cat > /dev/null; printf '5\t1\t1\t1\t1\t1\t170\t220\t340\t44\t96\tStirrup\n'";

const ENTER: &str = "\u{e007}";

async fn office() -> (Simulator, Control) {
    let options = Options::small_company(Clock::running()).rate_limits(RateLimits::raised());
    let simulator = Simulator::start(options).await.unwrap();
    let control = simulator.control();
    (simulator, control)
}

fn receive(control: &Control, design: DocumentDesign, pages: u32) {
    control.world(|world| {
        let from = caller(E164::nanp(408, 5_550_124), None);
        incoming_fax(world, from, ADA, design, pages, DocumentFormat::Pdf)
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pdf_that_is_dropped_on_the_window_is_faxed_as_it_is() {
    let (_simulator, control) = office().await;
    receive(&control, DocumentDesign::Letter, 1);
    let quote = Document {
        design: DocumentDesign::Quote,
        pages: 2,
        seed: 7,
        format: DocumentFormat::Pdf,
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Quote 4411.pdf");
    std::fs::write(&file, quote.render()).unwrap();
    let app = App::start().await;
    app.sign_in(&control).await;

    // It hangs over the window, which says what will become of it.
    let drag = app.desktop.drag_over("Switchboard", &[file]);
    app.until(
        "the place to drop it",
        "return document.querySelector('dialog.drop-target')?.innerText.includes('Drop to fax') ?? false",
    )
    .await;
    app.desktop.save_screenshot("fax-drop.png");
    drag.drop_here();
    app.until(
        "both pages",
        "return document.querySelectorAll('dialog[open] .fax-grid img').length === 2",
    )
    .await;

    // To whom, and away.
    app.fill_in("To", &format!("{STRANGER}{ENTER}")).await;
    app.until(
        "a fax that can be sent",
        "const send = [...document.querySelectorAll('dialog[open] button')].find((one) => one.textContent.trim() === 'Send'); \
         return send !== undefined && !send.disabled",
    )
    .await;
    app.save_screenshot("fax-ready.png").await;
    app.press("Send").await;
    app.see("leaves in").await;
    app.press("Fax").await;
    app.see("Fax sent, 2 pages").await;
    let left = control.message_ledger();
    let faxes: Vec<_> = left.iter().filter(|one| one.kind == LedgerKind::Fax).collect();
    assert_eq!(faxes.len(), 1);
    let expected = Sha256::digest(quote.render());
    let expected: String = expected.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(faxes[0].files.len(), 1);
    assert_eq!(faxes[0].files[0].sha256, expected);
    assert_eq!(faxes[0].files[0].name.as_deref(), Some("Quote 4411.pdf"));
    app.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_of_forty_plans_is_opened_enlarged_turned_and_searched() {
    let (_simulator, control) = office().await;
    receive(&control, DocumentDesign::PlanSet, 40);
    let desktop = Desktop::start();
    desktop.install("tesseract", READER);
    let app = App::start_on(desktop, &[]).await;
    app.sign_in(&control).await;
    app.press("Fax").await;
    app.press(STRANGER).await;
    app.press("Open").await;
    app.until(
        "the first page",
        "return document.querySelector('.viewer-page img') !== null",
    )
    .await;
    app.see("of 40").await;

    // Larger, turned, and on to the last page.
    let wide = "const wide = () => document.querySelector('.viewer-page').getBoundingClientRect().width;";
    app.client
        .execute(&format!("{wide} window.before = wide()"), vec![])
        .await
        .unwrap();
    app.press("Larger (+)").await;
    app.until("a larger page", &format!("{wide} return wide() > window.before"))
        .await;
    app.press("Turn right (r)").await;
    app.until(
        "the page on its side",
        "const page = document.querySelector('.viewer-page').getBoundingClientRect(); return page.width > page.height",
    )
    .await;
    let field = app.client.find(Locator::Css(".viewer-bar input")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(&format!("40{ENTER}")).await.unwrap();
    app.until(
        "the last page",
        "return [...document.querySelectorAll('.viewer-page')].some((one) => one.ariaLabel.startsWith('Page 40') && one.querySelector('img'))",
    )
    .await;

    // Its words are read, and found.
    app.press("Find words (Ctrl+F)").await;
    app.press("Read the words").await;
    app.until(
        "the field to search in",
        "return document.querySelector('.viewer-find input') !== null",
    )
    .await;
    app.fill_in("Find in this fax", "stirrup").await;
    app.until(
        "the word",
        "return document.querySelector('.viewer-found')?.innerText.includes('of 40') ?? false",
    )
    .await;
    app.save_screenshot("fax-viewer.png").await;
    app.quit().await;
}
