//! The simulator as a program: starts, prints one line of JSON on standard output, serves until it is ended.

use std::io::Write;

use anyhow::Context;
use clap::Parser;
use simulator::world::Clock;
use simulator::{Options, RateLimits, Simulator};

/// A stand-in for RingCentral on 127.0.0.1.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port of the API; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of the control face; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    /// Raises the rate limits so that nobody is slowed; the machinery stays on.
    #[arg(long)]
    raise_limits: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let mut options = Options::small_company(Clock::running());
    options.port = arguments.port;
    options.control_port = arguments.control_port;
    if arguments.raise_limits {
        options.rate_limits = RateLimits::raised();
    }
    let simulator = Simulator::start(options).await?;
    let line = serde_json::to_string(&simulator.ready())?;
    let mut output = std::io::stdout().lock();
    writeln!(output, "{line}").context("cannot write to standard output")?;
    output.flush().context("cannot write to standard output")?;
    drop(output);
    tokio::signal::ctrl_c()
        .await
        .context("cannot wait for an interrupt")?;
    Ok(())
}
