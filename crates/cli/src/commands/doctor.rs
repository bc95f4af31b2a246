//! `doctor`.

mod desktop;

use crate::args::Account;
use crate::output::Output;
use crate::{Outcome, core, exit_code};
use switchboard_core::doctor::{Check, examine};

pub(crate) async fn run(account: &Account, output: &Output) -> Outcome {
    let config = core::config(account)?;
    let mut checks = examine(&config, &account.server).await;
    checks.extend([desktop::notifications().await, desktop::sound()]);
    output.result(&checks, || checks.iter().map(line).collect::<Vec<_>>().join("\n"));
    Ok(if checks.iter().all(|check| check.works) {
        0
    } else {
        exit_code::UNHEALTHY
    })
}

fn line(check: &Check) -> String {
    format!(
        "{} {:<14} {}",
        if check.works { "ok " } else { "BAD" },
        check.name,
        check.words
    )
}
