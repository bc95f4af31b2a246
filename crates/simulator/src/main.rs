//! The simulator as a program: starts, prints one line of JSON on standard output, serves until it is ended. Logs go to
//! standard error.

use std::io::Write;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use jiff::{SignedDuration, Timestamp};
use simulator::world::Clock;
use simulator::{Client, Options, RateLimits, Simulator};

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
    /// Which company to serve.
    #[arg(long, value_enum, default_value_t = Company::Demo)]
    company: Company,
    /// The same seed and start give the same company.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Announce only these people, by extension number, in this order.
    #[arg(long, value_delimiter = ',')]
    people: Vec<String>,
    /// Where the clock starts, such as 2026-03-02T16:00:00Z; now if not given.
    #[arg(long)]
    start: Option<Timestamp>,
    /// When the demo company was first served, such as 2026-03-02T16:00:00Z: it is the same company again, with what has
    /// happened since. Now if not given.
    #[arg(long)]
    founded: Option<Timestamp>,
    /// By how many seconds the clock is off from the machine's (or from --start); negative for behind.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    clock_skew_seconds: i64,
    /// Let the demo company live: colleagues come and go, and calls come and go by themselves.
    #[arg(long)]
    alive: bool,
    /// Let the clock stand still until it is moved through the control face.
    #[arg(long)]
    manual_clock: bool,
    /// Raise the rate limits so that nobody is slowed; the machinery stays on.
    #[arg(long)]
    raise_limits: bool,
    /// The application's client id.
    #[arg(long)]
    client_id: Option<String>,
    /// The application's secret.
    #[arg(long)]
    client_secret: Option<String>,
    /// Refuse the application without its secret, as RingCentral does for server-side applications.
    #[arg(long)]
    requires_secret: bool,
    /// A redirect address to accept beside those on this computer.
    #[arg(long)]
    redirect_uri: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Company {
    /// Fourteen people, three queues, two years of calls and messages.
    Demo,
    /// Three people and a queue, without a history.
    Small,
    /// Three hundred extensions, without a history.
    Big,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let simulator = Simulator::start(options(&arguments)).await?;
    announce(&simulator, &arguments.people)?;
    wait_for_the_end().await
}

fn options(arguments: &Arguments) -> Options {
    let clock = match (arguments.manual_clock, arguments.start) {
        (true, start) => Clock::manual(start.unwrap_or_else(|| Clock::running().now())),
        (false, Some(start)) => Clock::running_from(start),
        (false, None) => Clock::running(),
    };
    let mut options = match arguments.company {
        Company::Demo => {
            let founded_at = arguments.founded.unwrap_or_else(|| clock.now());
            Options::demo_since(arguments.seed, founded_at, clock)
        }
        Company::Small => Options::small_company(clock),
        Company::Big => Options::big_company(clock),
    };
    if arguments.alive && arguments.company == Company::Demo {
        options = options.alive();
    }
    if arguments.clock_skew_seconds != 0 {
        options = options.clock_skew(SignedDuration::from_secs(arguments.clock_skew_seconds));
    }
    options.port = arguments.port;
    options.control_port = arguments.control_port;
    if arguments.raise_limits {
        options.rate_limits = RateLimits::raised();
    }
    let known = Client::default();
    options.clients = vec![Client {
        id: arguments.client_id.clone().unwrap_or(known.id),
        secret: arguments.client_secret.clone().unwrap_or(known.secret),
        requires_secret: arguments.requires_secret,
        redirect_uris: arguments.redirect_uri.clone(),
        ..Client::default()
    }];
    options
}

fn announce(simulator: &Simulator, people: &[String]) -> anyhow::Result<()> {
    let mut ready = simulator.ready();
    if !people.is_empty() {
        let chosen = people.iter().map(|number| {
            let found = ready.extensions.iter().find(|one| one.number == *number).cloned();
            found.with_context(|| format!("nobody has extension {number}"))
        });
        ready.extensions = chosen.collect::<anyhow::Result<_>>()?;
    }
    let mut output = std::io::stdout().lock();
    writeln!(output, "{}", serde_json::to_string(&ready)?).context("cannot write to standard output")?;
    output.flush().context("cannot write to standard output")
}

async fn wait_for_the_end() -> anyhow::Result<()> {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .context("cannot wait for the end")?;
        tokio::select! {
            result = interrupted => result.context("cannot wait for an interrupt"),
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    interrupted.await.context("cannot wait for an interrupt")
}
