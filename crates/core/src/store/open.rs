//! Opening the file safely: refuse what is newer, say what is damaged, copy before changing the schema.
//!
//! Repairing is not tried: what the server has can be fetched again, and the damaged file is kept.

use super::{Result, StoreError};
use jiff::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::fs;

/// Every change of the schema, in order. Once released they are never edited.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

/// Enough for the window, a search and a notice at the same time.
const READERS: u32 = 4;

/// Longer than the largest import takes on a slow computer: whoever waits behind it waits and is not turned away.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

const STATEMENTS_KEPT: usize = 200;

/// Files that SQLite keeps beside the database.
const COMPANIONS: [&str; 3] = ["", "-wal", "-shm"];

/// Opens the file and returns the pool that writes and the one that reads.
pub(super) async fn open(
    file: &Path,
    migrations: &Migrator,
    now: Timestamp,
) -> Result<(SqlitePool, SqlitePool)> {
    let is_new = match fs::metadata(file).await {
        Ok(metadata) => metadata.len() == 0,
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(source) => return Err(folder(file, source)),
    };
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent)
            .await
            .map_err(|source| folder(parent, source))?;
    }
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What a person did must survive a power cut, not only a crash.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(STATEMENTS_KEPT)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000")
        // Numbers and texts must not be readable in freed pages.
        .pragma("secure_delete", "fast")
        .disable_statement_logging();

    let mut connection = options.connect().await?;
    if !is_new {
        prepare_for_migration(&mut connection, file, migrations).await?;
    }
    migrations
        .run_direct(None, &mut connection, false)
        .await
        .map_err(migration_error)?;
    sqlx::query("INSERT OR IGNORE INTO profile (id, created_at, account_country) VALUES (1, ?, 'US')")
        .bind(now.as_millisecond())
        .execute(&mut connection)
        .await?;
    connection.close().await?;

    // A connection to a file does not go away by itself, so there is no need to ask whether it is still there.
    let pool = SqlitePoolOptions::new()
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(LONGEST_WAIT);
    let writer = pool.clone().max_connections(1);
    let readers = pool.max_connections(READERS);
    Ok((
        writer.connect_with(options.clone()).await?,
        readers
            .connect_with(options.create_if_missing(false).pragma("query_only", "1"))
            .await?,
    ))
}

/// Renames the file and its companions; answers the new name of the database.
pub(super) async fn move_aside(file: &Path, now: Timestamp) -> Result<PathBuf> {
    let suffix = format!(".damaged-{}", now.strftime("%Y%m%dT%H%M%SZ"));
    for companion in COMPANIONS {
        let from = with_suffix(file, companion);
        let to = with_suffix(&with_suffix(file, &suffix), companion);
        match fs::rename(&from, &to).await {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(folder(file, source)),
        }
    }
    Ok(with_suffix(file, &suffix))
}

/// Refuses a file of a newer app, and copies the file aside when its schema is about to change.
async fn prepare_for_migration(
    connection: &mut SqliteConnection,
    file: &Path,
    migrations: &Migrator,
) -> Result<()> {
    let has_history: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')")
            .fetch_one(&mut *connection)
            .await?;
    if !has_history {
        return Ok(());
    }
    let found: i64 =
        sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success")
            .fetch_one(&mut *connection)
            .await?;
    let known = migrations
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0);
    if found > known {
        return Err(StoreError::NewerThanApp { found, known });
    }
    if found == known {
        return Ok(());
    }
    // Changing the schema of a damaged file would make it worse.
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut *connection)
        .await?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { source: None });
    }
    let copy = with_suffix(file, &format!(".before-{known}"));
    match fs::remove_file(&copy).await {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(folder(&copy, source)),
    }
    // Unlike a copy of the file, this includes what still stands in the write-ahead log.
    sqlx::query("VACUUM INTO ?")
        .bind(copy.to_string_lossy().into_owned())
        .execute(connection)
        .await?;
    Ok(())
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn folder(path: &Path, source: io::Error) -> StoreError {
    StoreError::Folder {
        path: path.to_path_buf(),
        source,
    }
}

/// A full disk or a damaged file is reported as such, whoever met it.
fn migration_error(error: sqlx::migrate::MigrateError) -> StoreError {
    match error {
        sqlx::migrate::MigrateError::Execute(source)
        | sqlx::migrate::MigrateError::ExecuteMigration(source, _) => match StoreError::from(source) {
            StoreError::Sql(source) => StoreError::Migration {
                source: sqlx::migrate::MigrateError::Execute(source),
            },
            known => known,
        },
        source => StoreError::Migration { source },
    }
}
