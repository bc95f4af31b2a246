//! Writing texts, and what is on its way.

use domain::ipc::texting::{
    AttachPicture, ComposeReply, ComposeTo, DetachPicture, DiscardText, EditText, GetComposer, GetOutbox,
    ListSenders, NoteConsent, ResendText, RestoreText, RetryOutbox, RetryText, SaveDraft, SendText,
    TakeBackText,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn compose_to(core: State<'_, Core>, request: ComposeTo) -> Reply<ComposeTo> {
    Ok(core.get()?.compose_to(request).await?)
}

#[tauri::command]
pub(crate) async fn compose_reply(core: State<'_, Core>, request: ComposeReply) -> Reply<ComposeReply> {
    Ok(core.get()?.compose_reply(request).await?)
}

#[tauri::command]
pub(crate) async fn get_composer(core: State<'_, Core>, request: GetComposer) -> Reply<GetComposer> {
    Ok(core.get()?.get_composer(request).await?)
}

#[tauri::command]
pub(crate) async fn list_senders(core: State<'_, Core>, request: ListSenders) -> Reply<ListSenders> {
    Ok(core.get()?.list_senders(request).await?)
}

#[tauri::command]
pub(crate) async fn save_draft(core: State<'_, Core>, request: SaveDraft) -> Reply<SaveDraft> {
    Ok(core.get()?.save_draft(request).await?)
}

#[tauri::command]
pub(crate) async fn attach_picture(core: State<'_, Core>, request: AttachPicture) -> Reply<AttachPicture> {
    Ok(core.get()?.attach_picture(request).await?)
}

#[tauri::command]
pub(crate) async fn detach_picture(core: State<'_, Core>, request: DetachPicture) -> Reply<DetachPicture> {
    Ok(core.get()?.detach_picture(request).await?)
}

#[tauri::command]
pub(crate) async fn send_text(core: State<'_, Core>, request: SendText) -> Reply<SendText> {
    Ok(core.get()?.send_text(request).await?)
}

#[tauri::command]
pub(crate) async fn take_back_text(core: State<'_, Core>, request: TakeBackText) -> Reply<TakeBackText> {
    Ok(core.get()?.take_back_text(request).await?)
}

#[tauri::command]
pub(crate) async fn retry_text(core: State<'_, Core>, request: RetryText) -> Reply<RetryText> {
    Ok(core.get()?.retry_text(request).await?)
}

#[tauri::command]
pub(crate) async fn resend_text(core: State<'_, Core>, request: ResendText) -> Reply<ResendText> {
    Ok(core.get()?.resend_text(request).await?)
}

#[tauri::command]
pub(crate) async fn edit_text(core: State<'_, Core>, request: EditText) -> Reply<EditText> {
    Ok(core.get()?.edit_text(request).await?)
}

#[tauri::command]
pub(crate) async fn discard_text(core: State<'_, Core>, request: DiscardText) -> Reply<DiscardText> {
    Ok(core.get()?.discard_text(request).await?)
}

#[tauri::command]
pub(crate) async fn restore_text(core: State<'_, Core>, request: RestoreText) -> Reply<RestoreText> {
    Ok(core.get()?.restore_text(request).await?)
}

#[tauri::command]
pub(crate) async fn note_consent(core: State<'_, Core>, request: NoteConsent) -> Reply<NoteConsent> {
    Ok(core.get()?.note_consent(request).await?)
}

#[tauri::command]
pub(crate) async fn get_outbox(core: State<'_, Core>, request: GetOutbox) -> Reply<GetOutbox> {
    Ok(core.get()?.get_outbox(request).await?)
}

#[tauri::command]
pub(crate) async fn retry_outbox(core: State<'_, Core>, request: RetryOutbox) -> Reply<RetryOutbox> {
    Ok(core.get()?.retry_outbox(request).await?)
}
