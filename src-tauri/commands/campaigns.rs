//! Texts to many people.

use domain::ipc::campaigns::{
    CancelCampaign, CheckCampaign, ExportCampaign, GetCampaign, ListCampaignResults, ListCampaigns, ListTags,
    PauseCampaign, ReadCampaignFile, ResumeCampaign, RetryCampaign, StartCampaign,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn read_campaign_file(
    core: State<'_, Core>,
    request: ReadCampaignFile,
) -> Reply<ReadCampaignFile> {
    Ok(core.get()?.read_campaign_file(request).await?)
}

#[tauri::command]
pub(crate) async fn list_tags(core: State<'_, Core>, request: ListTags) -> Reply<ListTags> {
    Ok(core.get()?.list_tags(request).await?)
}

#[tauri::command]
pub(crate) async fn check_campaign(core: State<'_, Core>, request: CheckCampaign) -> Reply<CheckCampaign> {
    Ok(core.get()?.check_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn start_campaign(core: State<'_, Core>, request: StartCampaign) -> Reply<StartCampaign> {
    Ok(core.get()?.start_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn list_campaigns(core: State<'_, Core>, request: ListCampaigns) -> Reply<ListCampaigns> {
    Ok(core.get()?.list_campaigns(request).await?)
}

#[tauri::command]
pub(crate) async fn get_campaign(core: State<'_, Core>, request: GetCampaign) -> Reply<GetCampaign> {
    Ok(core.get()?.get_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn list_campaign_results(
    core: State<'_, Core>,
    request: ListCampaignResults,
) -> Reply<ListCampaignResults> {
    Ok(core.get()?.list_campaign_results(request).await?)
}

#[tauri::command]
pub(crate) async fn pause_campaign(core: State<'_, Core>, request: PauseCampaign) -> Reply<PauseCampaign> {
    Ok(core.get()?.pause_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn retry_campaign(core: State<'_, Core>, request: RetryCampaign) -> Reply<RetryCampaign> {
    Ok(core.get()?.retry_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn resume_campaign(core: State<'_, Core>, request: ResumeCampaign) -> Reply<ResumeCampaign> {
    Ok(core.get()?.resume_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn cancel_campaign(core: State<'_, Core>, request: CancelCampaign) -> Reply<CancelCampaign> {
    Ok(core.get()?.cancel_campaign(request).await?)
}

#[tauri::command]
pub(crate) async fn export_campaign(core: State<'_, Core>, request: ExportCampaign) -> Reply<ExportCampaign> {
    Ok(core.get()?.export_campaign(request).await?)
}
