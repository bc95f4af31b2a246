//! Requests that only say yes, or no in the chosen state: signing in and out, synchronising, what the shell does.

use super::answers::reply;
use super::{failure, imports, states, text_answers};
use domain::ipc::calls::{IgnoreCall, ShowCaller};
use domain::ipc::contacts::{ImportContacts, PreviewImport, RefreshDirectory};
use domain::ipc::session::{
    CancelSignIn, PauseBackfill, ResumeBackfill, SignInWithBrowser, SignInWithJwt, SignOut, StartDemo,
    SyncNow,
};
use domain::ipc::settings::SendTestNotification;
use domain::ipc::{Command, ErrorCode, IpcError};
use serde_json::Value;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        SignInWithBrowser::NAME => reply(request, |_: SignInWithBrowser| refused()),
        SignInWithJwt::NAME => reply(request, |_: SignInWithJwt| refused()),
        StartDemo::NAME => reply(request, |_: StartDemo| refused()),
        CancelSignIn::NAME => reply(request, |_: CancelSignIn| Ok(())),
        SignOut::NAME => reply(request, |_: SignOut| Ok(())),
        SyncNow::NAME => reply(request, |_: SyncNow| Ok(())),
        PauseBackfill::NAME => reply(request, |_: PauseBackfill| Ok(())),
        ResumeBackfill::NAME => reply(request, |_: ResumeBackfill| Ok(())),
        SendTestNotification::NAME => reply(request, |_: SendTestNotification| Ok(())),
        RefreshDirectory::NAME => reply(request, |_: RefreshDirectory| Ok(())),
        IgnoreCall::NAME => reply(request, |_: IgnoreCall| Ok(())),
        ShowCaller::NAME => reply(request, |_: ShowCaller| Ok(())),
        PreviewImport::NAME | ImportContacts::NAME => imports::answer(name, request),
        _ => text_answers::answer(name, request),
    }
}

fn refused() -> Result<(), IpcError> {
    if states::is("refused") {
        return Err(IpcError {
            code: ErrorCode::Vendor,
            message: "RingCentral does not know this client ID. Copy it again from the application’s page in the developer console.".to_owned(),
            retry_after_seconds: None,
        });
    }
    Err(failure("there is nothing to sign in to"))
}
