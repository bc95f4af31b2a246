mod applying;
mod attachments;
mod contacts;
mod deriving;
mod opening;
mod query_plans;
mod read_state;
mod settings;
