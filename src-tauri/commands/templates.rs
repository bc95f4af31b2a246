//! Templates.

use domain::ipc::templates::{
    DeleteTemplate, DuplicateTemplate, ExportTemplates, ImportTemplates, ImportVendorTemplates,
    ListTemplates, PreviewTemplate, SaveTemplate,
};
use tauri::State;

use super::Reply;
use crate::core::Core;

#[tauri::command]
pub(crate) async fn list_templates(core: State<'_, Core>, request: ListTemplates) -> Reply<ListTemplates> {
    Ok(core.get()?.list_templates(request).await?)
}

#[tauri::command]
pub(crate) async fn save_template(core: State<'_, Core>, request: SaveTemplate) -> Reply<SaveTemplate> {
    Ok(core.get()?.save_template(request).await?)
}

#[tauri::command]
pub(crate) async fn duplicate_template(
    core: State<'_, Core>,
    request: DuplicateTemplate,
) -> Reply<DuplicateTemplate> {
    Ok(core.get()?.duplicate_template(request).await?)
}

#[tauri::command]
pub(crate) async fn delete_template(core: State<'_, Core>, request: DeleteTemplate) -> Reply<DeleteTemplate> {
    Ok(core.get()?.delete_template(request).await?)
}

#[tauri::command]
pub(crate) async fn preview_template(
    core: State<'_, Core>,
    request: PreviewTemplate,
) -> Reply<PreviewTemplate> {
    Ok(core.get()?.preview_template(request).await?)
}

#[tauri::command]
pub(crate) async fn import_vendor_templates(
    core: State<'_, Core>,
    request: ImportVendorTemplates,
) -> Reply<ImportVendorTemplates> {
    Ok(core.get()?.import_vendor_templates(request).await?)
}

#[tauri::command]
pub(crate) async fn export_templates(
    core: State<'_, Core>,
    request: ExportTemplates,
) -> Reply<ExportTemplates> {
    Ok(core.get()?.export_templates(request).await?)
}

#[tauri::command]
pub(crate) async fn import_templates(
    core: State<'_, Core>,
    request: ImportTemplates,
) -> Reply<ImportTemplates> {
    Ok(core.get()?.import_templates(request).await?)
}
