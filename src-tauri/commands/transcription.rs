//! The words of voicemail, and who writes them down.

use domain::ipc::voicemail::{
    CancelAllTranscriptions, CancelModelDownload, CancelTranscription, ChooseModelFile, CorrectTranscript,
    DeleteModel, DownloadModel, GetTranscript, GetTranscription, SetTranscriberKey, TestTranscriber,
    Transcribe, TranscribeAll,
};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt as _;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn get_transcript(core: State<'_, Core>, request: GetTranscript) -> Reply<GetTranscript> {
    Ok(core.get()?.get_transcript(request).await?)
}

#[tauri::command]
pub(crate) async fn transcribe(core: State<'_, Core>, request: Transcribe) -> Reply<Transcribe> {
    Ok(core.get()?.transcribe(request).await?)
}

#[tauri::command]
pub(crate) async fn transcribe_all(core: State<'_, Core>, request: TranscribeAll) -> Reply<TranscribeAll> {
    Ok(core.get()?.transcribe_all(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_transcription(
    core: State<'_, Core>,
    request: CancelTranscription,
) -> Reply<CancelTranscription> {
    Ok(core.get()?.cancel_transcription(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_all_transcriptions(
    core: State<'_, Core>,
    request: CancelAllTranscriptions,
) -> Reply<CancelAllTranscriptions> {
    Ok(core.get()?.cancel_all_transcriptions(request).await?)
}

#[tauri::command]
pub(crate) async fn correct_transcript(
    core: State<'_, Core>,
    request: CorrectTranscript,
) -> Reply<CorrectTranscript> {
    Ok(core.get()?.correct_transcript(request).await?)
}

#[tauri::command]
pub(crate) async fn get_transcription(
    core: State<'_, Core>,
    request: GetTranscription,
) -> Reply<GetTranscription> {
    Ok(core.get()?.get_transcription(request).await?)
}

#[tauri::command]
pub(crate) async fn set_transcriber_key(
    core: State<'_, Core>,
    request: SetTranscriberKey,
) -> Reply<SetTranscriberKey> {
    Ok(core.get()?.set_transcriber_key(request).await?)
}

#[tauri::command]
pub(crate) async fn test_transcriber(
    core: State<'_, Core>,
    request: TestTranscriber,
) -> Reply<TestTranscriber> {
    Ok(core.get()?.test_transcriber(request).await?)
}

#[tauri::command]
pub(crate) async fn download_model(core: State<'_, Core>, request: DownloadModel) -> Reply<DownloadModel> {
    Ok(core.get()?.download_model(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_model_download(
    core: State<'_, Core>,
    request: CancelModelDownload,
) -> Reply<CancelModelDownload> {
    Ok(core.get()?.cancel_model_download(request).await?)
}

#[tauri::command]
pub(crate) async fn delete_model(core: State<'_, Core>, request: DeleteModel) -> Reply<DeleteModel> {
    Ok(core.get()?.delete_model(request).await?)
}

/// The system's own file chooser, so that the page never learns what files there are.
#[tauri::command]
pub(crate) async fn choose_model_file<R: Runtime>(
    app: AppHandle<R>,
    core: State<'_, Core>,
    request: ChooseModelFile,
) -> Reply<ChooseModelFile> {
    let ChooseModelFile {} = request;
    let (chosen, choice) = tokio::sync::oneshot::channel();
    app.dialog()
        .file()
        .set_title("Choose a Whisper model")
        .add_filter("Whisper models", &["bin"])
        .pick_file(move |file| {
            // Nobody waits any more when the window is gone.
            let _ = chosen.send(file);
        });
    let file = choice.await.ok().flatten().and_then(|file| file.into_path().ok());
    Ok(match file {
        Some(file) => Some(core.get()?.use_model_file(&file).await?),
        None => None,
    })
}
